// A certificate authority that lives as long as the test, made by the `openssl` command.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>

namespace cardea::web::testing {

struct TestCertificate {
  std::filesystem::path certificate;
  std::filesystem::path key;
};

class TestAuthority {
 public:
  TestAuthority() {
    std::string name = (std::filesystem::temp_directory_path() / "cardea-test-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    folder_ = name;
    make("ca", "-subj '/CN=test authority'");
  }
  TestAuthority(const TestAuthority&) = delete;
  TestAuthority& operator=(const TestAuthority&) = delete;
  ~TestAuthority() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  std::filesystem::path certificate() const { return folder_ / "ca.pem"; }

  // `names` as OpenSSL writes them: DNS:localhost,IP:127.0.0.1.
  TestCertificate issue(const std::string& names) const {
    make("server", "-subj /CN=server -addext subjectAltName=" + names + " -addext basicConstraints=critical,CA:FALSE" +
                       " -CA '" + certificate().string() + "' -CAkey '" + (folder_ / "ca.key").string() + "'");
    return {folder_ / "server.pem", folder_ / "server.key"};
  }

 private:
  void make(const std::string& name, const std::string& arguments) const {
    const auto path = (folder_ / name).string();
    const auto command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -keyout '" +
                         path + ".key' -out '" + path + ".pem' " + arguments + " 2> '" + path + ".log'";
    // NOLINTNEXTLINE(cert-env33-c): openssl, with the arguments of these tests
    if (std::system(command.c_str()) != 0) throw std::runtime_error("openssl made no certificate: " + command);
  }

  std::filesystem::path folder_;
};

}  // namespace cardea::web::testing
