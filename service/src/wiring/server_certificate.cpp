#include <cardea/core/base/clock.hpp>
#include <cardea/service/files/file.hpp>
#include <cardea/service/wiring/server_certificate.hpp>

namespace cardea::service {
namespace {

constexpr std::size_t kLongestFile = 256 * 1024;

std::unexpected<Error> refused(std::string sentence) {
  return failure(ErrorCode::configuration_invalid, PublicText{std::move(sentence)});
}

}  // namespace

Result<std::shared_ptr<const web::TlsCertificate>> server_certificate_of(const Config& config) {
  if (!config.tls_certificate && !config.tls_key) return nullptr;
  if (!config.tls_key) return refused("tls_key: is not set; name the file with the key of tls_certificate");
  if (!config.tls_certificate) return refused("tls_certificate: is not set; name the file that tls_key belongs to");
  const auto chain = read_file(*config.tls_certificate, kLongestFile);
  if (!chain) return failure(chain.error());
  const auto key = read_secret_file(*config.tls_key, kLongestFile);
  if (!key) return failure(key.error());
  auto certificate = web::TlsCertificate::from_pem(chain->bytes, *key);
  if (certificate) return certificate;
  return refused("tls_certificate " + config.tls_certificate->string() + ", tls_key " + config.tls_key->string() +
                 ": " + std::string(certificate.error().public_text()));
}

std::string time_problem_of(const web::TlsCertificate& certificate, Instant now) {
  if (now < certificate.valid_from())
    return "the certificate is not valid before " + to_rfc3339(certificate.valid_from());
  if (now >= certificate.valid_until())
    return "the certificate has expired at " + to_rfc3339(certificate.valid_until());
  return {};
}

}  // namespace cardea::service
