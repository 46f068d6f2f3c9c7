#include "diagnosis/check_configuration.hpp"

#include <algorithm>
#include <cardea/core/base/clock.hpp>
#include <cardea/service/wiring/configured_secret.hpp>
#include <cardea/service/wiring/server_certificate.hpp>
#include <cardea/service/wiring/token_rules.hpp>

#include "diagnosis/findings.hpp"

namespace cardea::service {
namespace {

constexpr std::chrono::days kRenewal{10};  // what renews certificates by itself has done it by then

std::string file_of(const ConfigSources& sources) {
  if (sources.file) return sources.file->string();
  const auto named = sources.environment.find("CARDEA_CONFIG");
  return named == sources.environment.end() ? std::string{} : named->second;
}

// "listen, database from flags".
std::string keys_from(const LoadedConfig& loaded, ConfigSource source, const std::string& name) {
  std::string keys;
  for (const auto& setting : loaded.settings) {
    if (setting.source != source) continue;
    keys.append(keys.empty() ? "" : ", ").append(setting.option->key);
  }
  return keys.empty() ? keys : keys + " from " + name + "; ";
}

// "a, b"; "nobody by name" of a certificate that nobody would accept.
std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const auto& name : names) text.append(text.empty() ? "" : ", ").append(name);
  return text.empty() ? "nobody by name" : text;
}

}  // namespace

Finding check_sources(const LoadedConfig& loaded, const ConfigSources& sources) {
  const auto file = file_of(sources);
  auto given = keys_from(loaded, ConfigSource::flag, "flags") +
               keys_from(loaded, ConfigSource::environment, "the environment") +
               keys_from(loaded, ConfigSource::file, file);
  const auto rest = given.empty() ? "every option has its default" : "the others have their defaults";
  return ok("configuration", std::move(given) + rest);
}

Finding check_listen(const Config& config) {
  const auto address = config.listen.text();
  if (config.listen.is_loopback()) return ok("listen", address + ", for this machine alone");
  if (config.listen.systemd) return ok("listen", "at what systemd opens; the .socket unit says who reaches it");
  if (config.demo) {
    return problem("listen", address + " can be reached by others, and everybody knows the demo passwords",
                   "listen on 127.0.0.1, or leave --demo out");
  }
  if (config.tls_certificate) return ok("listen", address + ", by TLS");
  return warning("listen", address + " can be reached by others, and Cardea speaks HTTP without TLS there",
                 "set tls_certificate, or listen on 127.0.0.1 behind a proxy that speaks TLS");
}

Finding check_certificate(const Config& config, Instant now) {
  constexpr std::string_view kCheck = "certificate";
  const auto certificate = server_certificate_of(config);
  if (!certificate) return problem(std::string(kCheck), certificate.error());
  const auto renew = "renew it, and send SIGHUP to the server";
  const auto wrong = time_problem_of(**certificate, now);
  if (!wrong.empty()) return problem(std::string(kCheck), wrong, renew);
  const auto until = (*certificate)->valid_until();
  const auto what = "for " + joined((*certificate)->names()) + " until " + to_rfc3339(until);
  if (until - now < kRenewal) return warning(std::string(kCheck), what, renew);
  return ok(std::string(kCheck), what);
}

Finding check_issuer(const Config& config) {
  const auto issuer = issuer_of(config).value;
  if (is_symmetric(config.signing_algorithm) || config.issuer) {
    return ok("issuer", config.issuer ? *config.issuer : "none, as tokens of the profile tutorial have it");
  }
  return warning("issuer", "is not set; tokens say " + issuer, "set it to the URL by which others reach this service");
}

Finding check_secret(const Config& config) {
  const auto secret = configured_secret_of(config);
  if (!secret) return problem("secret", secret.error());
  if (!secret->warning.empty()) {
    return warning("secret", secret->warning, "it is for the demo alone: anybody can forge tokens");
  }
  return ok("secret", "jwt_secret is long enough, and no placeholder");
}

}  // namespace cardea::service
