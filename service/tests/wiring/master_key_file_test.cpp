#include <cardea/service/wiring/master_key_file.hpp>

#include <gtest/gtest.h>

#include <latch>
#include <set>
#include <thread>
#include <vector>

#include "temporary_folder.hpp"

namespace cardea::service {
namespace {

using std::filesystem::perms;

constexpr std::string_view kLine = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

std::string text_of(const Result<MasterKeys>& keys) { return std::string(keys.value().text().expose()); }

Error refusal_of(const std::filesystem::path& path) {
  const auto keys = MasterKeyFile::at(path).read();
  return keys ? Error{ErrorCode::internal_error, PublicText{"the file was read"}} : keys.error();
}

TEST(MasterKeyFile, IsMadeOnceAndKeptForItsOwnerOnly) {
  const TemporaryFolder folder;
  const auto file = MasterKeyFile::at(folder / "cardea.master-key");
  EXPECT_FALSE(file.exists());
  const auto made = text_of(file.read_or_make());
  EXPECT_TRUE(file.exists());
  EXPECT_EQ(std::filesystem::status(file.path()).permissions(), perms{0600});
  EXPECT_EQ(text_of(file.read()), made);
  EXPECT_EQ(text_of(file.read_or_make()), made);
}

TEST(MasterKeyFile, IsOneForManyWhoMakeItAtOnce) {
  const TemporaryFolder folder;
  const auto file = MasterKeyFile::at(folder / "cardea.master-key");
  std::vector<std::string> texts(8);
  std::latch start{8};
  std::vector<std::jthread> threads;
  for (auto& text : texts) {
    threads.emplace_back([&] {
      start.arrive_and_wait();
      text = text_of(file.read_or_make());
    });
  }
  threads.clear();
  EXPECT_EQ(std::set<std::string>(texts.begin(), texts.end()), std::set{text_of(file.read())});
}

TEST(MasterKeyFile, IsNotMadeForWhoOnlyReads) {
  const TemporaryFolder folder;
  const auto path = folder / "cardea.master-key";
  const auto refusal = refusal_of(path);
  EXPECT_EQ(refusal.code(), ErrorCode::master_key_unusable);
  EXPECT_EQ(refusal.public_text(), path.string() +
                                       ": is missing, and the database has keys that only it opens; restore it from "
                                       "your backup, or name it by master_key_file");
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(MasterKeyFile, IsReadWithOneKeyOrMany) {
  const TemporaryFolder folder;
  const auto text = std::string(kLine) + "\n" + std::string(kLine.rbegin() + 1, kLine.rend()) + "A\n";
  EXPECT_EQ(text_of(MasterKeyFile::at(folder.write("one", kLine)).read()), std::string(kLine) + "\n");
  EXPECT_EQ(text_of(MasterKeyFile::at(folder.write("two", text, perms{0400})).read()), text);
}

TEST(MasterKeyFile, IsRefusedWhenOthersCanReadIt) {
  const TemporaryFolder folder;
  const auto path = folder.write("cardea.master-key", kLine, perms{0640});
  for (const auto& refusal : {refusal_of(path), MasterKeyFile::at(path).read_or_make().error()}) {
    EXPECT_EQ(refusal.code(), ErrorCode::file_unusable);
    EXPECT_TRUE(refusal.public_text().contains("run chmod 600")) << refusal.public_text();
  }
}

TEST(MasterKeyFile, IsRefusedWhenItIsSomethingElseAndIsLeftAsItIs) {
  const TemporaryFolder folder;
  const auto path = folder.write("cardea.master-key", std::string(kLine) + "\nhunter2-hunter2\n");
  for (const auto& refusal : {refusal_of(path), MasterKeyFile::at(path).read_or_make().error()}) {
    EXPECT_EQ(refusal.code(), ErrorCode::master_key_unusable);
    EXPECT_EQ(refusal.public_text(), path.string() +
                                         ": is no master key: line 2 is not 32 bytes of base64url; restore it from "
                                         "your backup, or name the right file by master_key_file");
  }
  EXPECT_EQ(std::filesystem::file_size(path), kLine.size() + 17);
  EXPECT_EQ(refusal_of(folder.write("empty", "")).code(), ErrorCode::master_key_unusable);
  EXPECT_EQ(refusal_of(folder.write("long", std::string(5000, 'A'))).code(), ErrorCode::file_unusable);
}

TEST(MasterKeyFile, CannotBeMadeWhereThereIsNoFolder) {
  const TemporaryFolder folder;
  const auto path = folder / "absent" / "cardea.master-key";
  const auto made = MasterKeyFile::at(path).read_or_make();
  ASSERT_FALSE(made.has_value());
  EXPECT_EQ(made.error().public_text(), path.string() + ": cannot be made: No such file or directory");
}

TEST(MasterKeyFile, TakesANewMasterKeyInFrontAndThenDropsTheOldOne) {
  const TemporaryFolder folder;
  const auto file = MasterKeyFile::at(folder / "cardea.master-key");
  const auto old = file.read_or_make().value();
  const auto both = old.with_new_first().value();
  ASSERT_TRUE(file.write(both).has_value());
  EXPECT_EQ(text_of(file.read()), both.text().expose());
  ASSERT_TRUE(file.write(both.first_only()).has_value());
  EXPECT_EQ(file.read().value().keys().size(), 1U);
  EXPECT_NE(text_of(file.read()), old.text().expose());
  EXPECT_EQ(std::filesystem::status(file.path()).permissions(), perms{0600});
}

}  // namespace
}  // namespace cardea::service
