#include <cardea/service/files/file.hpp>

#include <gtest/gtest.h>

#include <atomic>
#include <fstream>
#include <latch>
#include <thread>
#include <vector>

#include "temporary_folder.hpp"

namespace cardea::service {
namespace {

using std::filesystem::perms;

auto files_in(const TemporaryFolder& folder) {
  const std::filesystem::directory_iterator files(folder / "");
  return std::distance(begin(files), end(files));
}

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
  EXPECT_EQ(files_in(folder), 1);
}

TEST(SecretFile, IsMadeWholeByOneOfManyThreadsAtOnce) {
  const TemporaryFolder folder;
  const auto path = folder / "secret";
  std::atomic<int> made = 0;
  std::latch start{8};
  std::vector<std::jthread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      start.arrive_and_wait();
      if (create_secret_file(path, Secret{std::string(60000, 's')}).value()) ++made;
      EXPECT_EQ(read_secret_file(path, 60000)->size(), 60000U);
    });
  }
  threads.clear();
  EXPECT_EQ(made, 1);
  EXPECT_EQ(files_in(folder), 1);
}

TEST(SecretFile, IsReplacedWithTheSameCareWhenThatIsAskedFor) {
  const TemporaryFolder folder;
  const auto path = folder.write("secret", "first", perms{0644});
  ASSERT_TRUE(replace_secret_file(path, Secret::copy_of("second\n")).has_value());
  EXPECT_EQ(std::filesystem::status(path).permissions(), perms{0600});
  EXPECT_EQ(read_secret_file(path, 64)->expose(), "second");
  EXPECT_EQ(files_in(folder), 1);
}

TEST(SecretFile, IsMadeByAReplacementOfNothing) {
  const TemporaryFolder folder;
  ASSERT_TRUE(replace_secret_file(folder / "secret", Secret::copy_of("open sesame")).has_value());
  EXPECT_EQ(std::filesystem::status(folder / "secret").permissions(), perms{0600});
  EXPECT_EQ(read_secret_file(folder / "secret", 64)->expose(), "open sesame");
}

TEST(SecretFile, StaysOpenWithItsOldContentForWhoReadsItDuringAReplacement) {
  const TemporaryFolder folder;
  const auto path = folder.write("secret", "first");
  std::ifstream reader(path);
  ASSERT_TRUE(replace_secret_file(path, Secret::copy_of("second")).has_value());
  std::string read;
  reader >> read;
  EXPECT_EQ(read, "first");
}

TEST(SecretFile, IsReplacedWhereALinkStoodAndNotWhereItPointedTo) {
  const TemporaryFolder folder;
  const auto target = folder.write("target", "first");
  std::filesystem::create_symlink(target, folder / "link");
  ASSERT_TRUE(replace_secret_file(folder / "link", Secret::copy_of("second")).has_value());
  EXPECT_EQ(read_secret_file(target, 64)->expose(), "first");
  EXPECT_TRUE(std::filesystem::is_regular_file(std::filesystem::symlink_status(folder / "link")));
}

TEST(SecretFile, CannotReplaceAFolderAndLeavesNothingBesideIt) {
  const TemporaryFolder folder;
  const auto path = folder / "secret";
  std::filesystem::create_directory(path);
  const auto replaced = replace_secret_file(path, Secret::copy_of("open sesame"));
  ASSERT_FALSE(replaced.has_value());
  EXPECT_EQ(replaced.error().code(), ErrorCode::file_unusable);
  EXPECT_EQ(replaced.error().public_text(), path.string() + ": cannot be replaced: Is a directory");
  EXPECT_EQ(files_in(folder), 1);
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
