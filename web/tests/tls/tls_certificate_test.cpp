#include <gmock/gmock.h>

#include <cardea/web/tls/tls_certificate.hpp>
#include <fstream>
#include <iterator>

#include "remote/test_authority.hpp"

namespace cardea::web {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::TestAuthority;

std::string content_of(const std::filesystem::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string problem_of(const std::string& chain, const std::string& key) {
  const auto certificate = TlsCertificate::from_pem(chain, Secret::copy_of(key));
  return certificate ? "none" : std::string(certificate.error().public_text());
}

class TlsCertificateTest : public ::testing::Test {
 protected:
  TestAuthority authority_;
  const testing::TestCertificate issued_ =
      authority_.issue("DNS:auth.example.com,DNS:*.example.org,IP:192.0.2.1,IP:::1");
  const std::string chain_ = content_of(issued_.certificate) + content_of(authority_.certificate());
  const std::string key_ = content_of(issued_.key);
};

TEST_F(TlsCertificateTest, SaysForWhomItIsAndForHowLong) {
  const auto certificate = TlsCertificate::from_pem(chain_, Secret::copy_of(key_)).value();
  EXPECT_THAT(certificate->names(), ElementsAre("auth.example.com", "*.example.org", "192.0.2.1", "::1"));
  EXPECT_EQ(certificate->valid_until() - certificate->valid_from(), std::chrono::days{2});
}

TEST_F(TlsCertificateTest, IsRefusedWithTheReason) {
  EXPECT_EQ(problem_of(chain_, key_), "none");
  EXPECT_THAT(problem_of("", key_), HasSubstr("the certificate cannot be read"));
  EXPECT_THAT(problem_of(key_, key_), HasSubstr("the certificate cannot be read"));
  EXPECT_THAT(problem_of(chain_, ""), HasSubstr("the key cannot be read"));
  EXPECT_THAT(problem_of(chain_, chain_), HasSubstr("the key cannot be read"));
}

TEST_F(TlsCertificateTest, WantsTheKeyThatBelongsToIt) {
  const TestAuthority other;
  EXPECT_THAT(problem_of(chain_, content_of(other.issue("DNS:a").key)), HasSubstr("not that of the certificate"));
}

TEST_F(TlsCertificateTest, WantsAKeyWithoutAPassphrase) {
  const auto locked = authority_.certificate().parent_path() / "locked.key";
  const auto command = "openssl ec -aes256 -passout pass:secret -in '" + issued_.key.string() + "' -out '" +
                       locked.string() + "' 2> /dev/null";
  ASSERT_EQ(std::system(command.c_str()), 0);  // NOLINT(cert-env33-c): openssl, with arguments that stand here
  EXPECT_THAT(problem_of(chain_, content_of(locked)), HasSubstr("without a passphrase"));
}

TEST_F(TlsCertificateTest, IsRefusedWhenItIsWeak) {
  const auto weak = (authority_.certificate().parent_path() / "weak").string();
  const auto command = "openssl req -x509 -newkey rsa:1024 -nodes -days 2 -subj /CN=weak -keyout '" + weak +
                       ".key' -out '" + weak + ".pem' 2> /dev/null";
  ASSERT_EQ(std::system(command.c_str()), 0);  // NOLINT(cert-env33-c): openssl, with arguments that stand here
  EXPECT_THAT(problem_of(content_of(weak + ".pem"), content_of(weak + ".key")), HasSubstr("too weak"));
}

}  // namespace
}  // namespace cardea::web
