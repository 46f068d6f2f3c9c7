#include "database/postgresql_address.hpp"

#include <libpq-fe.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

namespace cardea::sql {
namespace {

using Parameter = std::pair<std::string, std::string>;

constexpr std::array<std::string_view, 15> kTaken{"user",
                                                  "password",
                                                  "passfile",
                                                  "host",
                                                  "hostaddr",
                                                  "port",
                                                  "dbname",
                                                  "sslmode",
                                                  "sslcert",
                                                  "sslkey",
                                                  "sslrootcert",
                                                  "connect_timeout",
                                                  "application_name",
                                                  "target_session_attrs",
                                                  "sslcrl"};

// A peer that is gone without a word is noticed within seconds; all but the encoding can be said otherwise.
constexpr std::array<std::pair<const char*, const char*>, 6> kDefaults{{{"connect_timeout", "5"},
                                                                        {"application_name", "cardea"},
                                                                        {"tcp_user_timeout", "5000"},
                                                                        {"keepalives_idle", "5"},
                                                                        {"keepalives_interval", "2"},
                                                                        {"keepalives_count", "3"}}};

bool is_taken(std::string_view name) { return std::ranges::find(kTaken, name) != kTaken.end(); }

bool is_set(const std::vector<Parameter>& parameters, std::string_view name) {
  return std::ranges::find(parameters, name, &Parameter::first) != parameters.end();
}

bool is_number(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || c == ','; });
}

void append_encoded(std::string& url, std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (plain) {
      url += c;
    } else {
      url.append({'%', kHex[byte >> 4U], kHex[byte & 15U]});
    }
  }
}

std::expected<std::vector<Parameter>, std::string> parsed(const std::string& url) {
  if (url.find('\0') != url.npos) return std::unexpected("has a NUL in it; leave it out");
  char* problem = nullptr;
  const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options{PQconninfoParse(url.c_str(), &problem),
                                                                             &PQconninfoFree};
  PQfreemem(problem);  // it quotes the URL
  if (!options) {
    return std::unexpected(
        "is no PostgreSQL URL; write postgresql://USER:PASSWORD@HOST:PORT/DATABASE?sslmode=verify-full, with %40 for "
        "an @, %2F for a / and %25 for a % in the password");
  }
  std::vector<Parameter> found;
  for (const auto* option = options.get(); option->keyword != nullptr; ++option) {
    if (option->val != nullptr) found.emplace_back(option->keyword, option->val);
  }
  return found;
}

}  // namespace

std::expected<Secret, std::string> postgresql_address(const std::string& url) {
  if (!url.contains("://"))
    return std::unexpected("is no PostgreSQL URL; write postgresql://, then USER:PASSWORD@HOST");
  auto parameters = parsed(url);
  if (!parameters) return std::unexpected(std::move(parameters).error());
  for (const auto& [name, value] : *parameters) {
    if (!is_taken(name)) {
      return std::unexpected("has the parameter " + name +
                             ", which is not taken; the others are sslmode, sslrootcert, sslcert, sslkey, sslcrl, "
                             "passfile, connect_timeout, application_name, target_session_attrs and host");
    }
    if ((name == "port" || name == "connect_timeout") && !is_number(value)) {
      return std::unexpected("has a " + name +
                             " that is no number; write digits, with %3A for a : and %2F for a / in the password");
    }
  }
  for (const auto& [name, value] : kDefaults) {
    if (!is_set(*parameters, name)) parameters->emplace_back(name, value);
  }
  parameters->emplace_back("client_encoding", "UTF8");
  std::string address = "postgresql://";
  for (auto& [name, value] : *parameters) {
    address.append(address.ends_with('/') ? "?" : "&").append(name).append("=");
    append_encoded(address, value);
    wipe(value);
  }
  return Secret{std::move(address)};
}

}  // namespace cardea::sql
