// The certificate that the server speaks TLS with, from the files that the configuration names.
#pragma once

#include <cardea/service/config/config.hpp>
#include <cardea/web/tls/tls_certificate.hpp>
#include <memory>

namespace cardea::service {

// Null: none is configured. Errors: configuration_invalid (one of the two files is not named, the key is another's, the
// certificate is too weak), file_unusable (a key that others can read).
Result<std::shared_ptr<const web::TlsCertificate>> server_certificate_of(const Config& config);

// What is wrong with its time; empty: nothing.
std::string time_problem_of(const web::TlsCertificate& certificate, Instant now);

}  // namespace cardea::service
