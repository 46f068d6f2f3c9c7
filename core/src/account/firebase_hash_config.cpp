#include <algorithm>
#include <cardea/core/account/firebase_hash_config.hpp>
#include <charconv>
#include <map>
#include <optional>

#include "account/hash/firebase_scrypt.hpp"
#include "account/hash/hash_text.hpp"

namespace cardea {
namespace {

constexpr std::size_t kSignerKeyBytes = 64;
constexpr std::uint32_t kMostRounds = 8, kMostMemoryCost = 14;  // of Firebase

std::unexpected<Error> unusable(const std::string& member) {
  return failure(ErrorCode::configuration_invalid,
                 PublicText{"the Firebase hash parameters have no usable " + member +
                            "; they are the text that the console shows, hash_config { algorithm: SCRYPT, … }"});
}

// Firebase writes both alphabets of RFC 4648, with padding and without.
std::optional<std::string> decode(std::string_view text) {
  std::string plain{text};
  std::ranges::replace(plain, '-', '+');
  std::ranges::replace(plain, '_', '/');
  plain.erase(plain.find_last_not_of('=') + 1);
  return decode_base64(plain, HashBase64::unpadded);
}

// "name: value," by name; what is no such pair is left out.
std::map<std::string_view, std::string_view, std::less<>> members_of(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n,{}";
  std::map<std::string_view, std::string_view, std::less<>> members;
  for (auto colon = text.find(':'); colon != std::string_view::npos; colon = text.find(':')) {
    const auto before = text.substr(0, colon);
    const auto name = before.substr(before.find_last_of(kBlank) + 1);
    text.remove_prefix(colon + 1);
    text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
    const auto value = text.substr(0, text.find_first_of(kBlank));
    members.emplace(name, value);
    text.remove_prefix(value.size());
  }
  return members;
}

// 0 for what is no number in bounds.
std::uint32_t number_in(std::string_view text, std::uint32_t most) noexcept {
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size() && number <= most ? number : 0;
}

}  // namespace

Result<FirebaseHashConfig> FirebaseHashConfig::parse(std::string_view text) {
  auto members = members_of(text);
  if (members["algorithm"] != "SCRYPT") return unusable("algorithm: SCRYPT");
  auto key = decode(members["base64_signer_key"]);
  if (!key || key->size() != kSignerKeyBytes) return unusable("base64_signer_key");
  auto separator = decode(members["base64_salt_separator"]);
  if (!separator) return unusable("base64_salt_separator");
  FirebaseHashConfig config;
  config.signer_key_ = Secret{*std::move(key)};
  config.salt_separator_ = *std::move(separator);
  config.rounds_ = number_in(members["rounds"], kMostRounds);
  if (config.rounds_ == 0) return unusable("rounds");
  config.memory_cost_ = number_in(members["mem_cost"], kMostMemoryCost);
  if (config.memory_cost_ == 0) return unusable("mem_cost");
  return config;
}

Result<PasswordHash> FirebaseHashConfig::hash_of(std::string_view salt, std::string_view password_hash) const {
  const auto own_salt = decode(salt);
  auto encrypted = decode(password_hash);
  if (!own_salt || !encrypted || encrypted->size() != kSignerKeyBytes) {
    return unsupported_hash("malformed Firebase scrypt");
  }
  std::ranges::transform(*encrypted, signer_key_.expose(), encrypted->begin(),
                         [](char a, char b) { return static_cast<char>(a ^ b); });
  const ScryptHash hash{{memory_cost_, rounds_, 1}, *own_salt + salt_separator_, *std::move(encrypted)};
  return PasswordHash{to_firebase_scrypt(hash)};
}

}  // namespace cardea
