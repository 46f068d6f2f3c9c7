#include <gtest/gtest.h>

#include <cardea/service/files/systemd_credential.hpp>
#include <cardea/service/wiring/master_key_file.hpp>

#include "temporary_folder.hpp"

namespace cardea::service {
namespace {

using std::filesystem::perms;

const std::string kLine = std::string(43, 'A') + "\n";

TEST(SystemdCredential, IsTheFileInTheCredentialsDirectory) {
  const TemporaryFolder folder;
  const auto path = folder.write("cardea.master-key", kLine, perms{0400});
  const Texts environment{{"CREDENTIALS_DIRECTORY", (folder / "").string()}};
  const auto found = systemd_credential(environment, "cardea.master-key");
  ASSERT_TRUE(found.has_value());
  EXPECT_TRUE(std::filesystem::equivalent(*found, path));
  EXPECT_TRUE(MasterKeyFile::at(*found).read().has_value());
}

TEST(SystemdCredential, IsNoneWithoutTheDirectoryOrTheFile) {
  const TemporaryFolder folder;
  EXPECT_EQ(systemd_credential({}, "cardea.master-key"), std::nullopt);
  EXPECT_EQ(systemd_credential({{"CREDENTIALS_DIRECTORY", ""}}, "."), std::nullopt);
  EXPECT_EQ(systemd_credential({{"CREDENTIALS_DIRECTORY", (folder / "").string()}}, "cardea.master-key"), std::nullopt);
}

}  // namespace
}  // namespace cardea::service
