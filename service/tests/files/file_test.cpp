#include <cardea/service/files/file.hpp>

#include <gtest/gtest.h>

#include "temporary_folder.hpp"

namespace cardea::service {
namespace {

using std::filesystem::perms;

TEST(SecretFile, IsMadeForItsOwnerOnlyAndReadBack) {
  const TemporaryFolder folder;
  const auto path = folder / "secret";
  EXPECT_EQ(create_secret_file(path, Secret::copy_of("open sesame\n")).value(), true);
  EXPECT_EQ(std::filesystem::status(path).permissions(), perms{0600});
  EXPECT_EQ(read_secret_file(path, 64)->expose(), "open sesame");
}

TEST(SecretFile, IsNeverReplaced) {
  const TemporaryFolder folder;
  const auto path = folder.write("secret", "first");
  EXPECT_EQ(create_secret_file(path, Secret::copy_of("second")).value(), false);
  EXPECT_EQ(read_secret_file(path, 64)->expose(), "first");
}

TEST(SecretFile, LeavesNothingBesideIt) {
  const TemporaryFolder folder;
  ASSERT_TRUE(create_secret_file(folder / "secret", Secret::copy_of("open sesame")).has_value());
  const std::filesystem::directory_iterator files(folder / "");
  EXPECT_EQ(std::distance(begin(files), end(files)), 1);
}

TEST(SecretFile, IsRefusedWhenTheGroupOrTheWorldCanReadIt) {
  const TemporaryFolder folder;
  for (const auto mode : {perms{0640}, perms{0604}, perms{0644}}) {
    const auto secret = read_secret_file(folder.write("secret", "open sesame", mode), 64);
    ASSERT_FALSE(secret.has_value());
    EXPECT_EQ(secret.error().code(), ErrorCode::file_unusable);
    EXPECT_TRUE(secret.error().public_text().contains("run chmod 600")) << secret.error().public_text();
  }
}

TEST(SecretFile, CannotBeMadeWhereThereIsNoFolder) {
  const TemporaryFolder folder;
  const auto path = folder / "absent" / "secret";
  const auto made = create_secret_file(path, Secret::copy_of("open sesame"));
  ASSERT_FALSE(made.has_value());
  EXPECT_EQ(made.error().public_text(), path.string() + ": cannot be made: No such file or directory");
}

TEST(ReadFile, RefusesMoreThanItsLimit) {
  const TemporaryFolder folder;
  EXPECT_EQ(read_file(folder.write("four", "abcd"), 4)->bytes, "abcd");
  const auto path = folder.write("five", "abcde");
  EXPECT_EQ(read_file(path, 4).error().public_text(), path.string() + ": is longer than 4 bytes");
}

TEST(ReadFile, RefusesAFolder) {
  const TemporaryFolder folder;
  EXPECT_EQ(read_file(folder / "", 4).error().code(), ErrorCode::file_unusable);
}

}  // namespace
}  // namespace cardea::service
