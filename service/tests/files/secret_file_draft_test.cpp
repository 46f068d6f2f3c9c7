#include <cardea/service/files/secret_file_draft.hpp>

#include <gtest/gtest.h>

#include <cardea/service/files/file.hpp>

#include "temporary_folder.hpp"

namespace cardea::service {
namespace {

using std::filesystem::perms;

class SecretFileDraftTest : public testing::Test {
 protected:
  std::ptrdiff_t files() const {
    const std::filesystem::directory_iterator entries(folder / "");
    return std::distance(begin(entries), end(entries));
  }
  std::string content() const { return read_file(path, 64).value().bytes; }

  TemporaryFolder folder;
  const std::filesystem::path path = folder / "file";
};

TEST_F(SecretFileDraftTest, HasItsNameOnlyWhenItIsWhole) {
  {
    auto draft = SecretFileDraft::begin(path).value();
    ASSERT_TRUE(draft.write("first,"));
    ASSERT_TRUE(draft.write("second"));
    EXPECT_FALSE(std::filesystem::exists(path));
    EXPECT_TRUE(draft.create().value());
  }
  EXPECT_EQ(content(), "first,second");
  EXPECT_EQ(std::filesystem::status(path).permissions(), perms{0600});
  EXPECT_EQ(files(), 1);
}

TEST_F(SecretFileDraftTest, LeavesNothingUnlessItIsFinished) {
  {
    auto draft = SecretFileDraft::begin(path).value();
    ASSERT_TRUE(draft.write("half"));
    EXPECT_EQ(files(), 1);
  }
  EXPECT_EQ(files(), 0);
}

TEST_F(SecretFileDraftTest, LeavesWhatIsThereUnlessItIsToReplaceIt) {
  folder.write("file", "old");
  {
    auto draft = SecretFileDraft::begin(path).value();
    ASSERT_TRUE(draft.write("new"));
    EXPECT_FALSE(draft.create().value());
    EXPECT_EQ(content(), "old");
    EXPECT_TRUE(draft.replace());
  }
  EXPECT_EQ(content(), "new");
  EXPECT_EQ(files(), 1);
}

TEST_F(SecretFileDraftTest, CannotBeginWhereThereIsNoFolder) {
  const auto refused = SecretFileDraft::begin(folder / "none" / "file");
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code(), ErrorCode::file_unusable);
  EXPECT_TRUE(refused.error().public_text().contains("cannot be made"));
}

}  // namespace
}  // namespace cardea::service
