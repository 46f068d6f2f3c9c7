#include <sodium.h>

#include <algorithm>
#include <cardea/core/base/base64url.hpp>
#include <cardea/core/key/master_key.hpp>
#include <string>
#include <string_view>

#include "base/sodium_ready.hpp"

namespace cardea {
namespace {

constexpr std::size_t kLineSize = base64url_size_of(MasterKeys::kKeyBytes);

std::unexpected<Error> unusable(std::string problem) {
  return failure(ErrorCode::master_key_unusable, PrivateText{std::move(problem)});
}

std::string line(std::size_t index) { return "line " + std::to_string(index + 1); }

Secret random_key() {
  make_sodium_ready();
  std::string bytes(MasterKeys::kKeyBytes, '\0');
  randombytes_buf(bytes.data(), bytes.size());
  return Secret{std::move(bytes)};
}

// Empty: the line is no key.
Secret key_of(std::string_view text) {
  std::string bytes(MasterKeys::kKeyBytes, '\0');
  const bool is_key = text.size() == kLineSize && from_base64url(text, bytes);
  Secret key{std::move(bytes)};
  return is_key ? std::move(key) : Secret{};
}

std::string_view without_final_newline(std::string_view text) {
  if (text.ends_with('\n')) text.remove_suffix(1);
  return text;
}

}  // namespace

Result<MasterKeys> MasterKeys::parse(const Secret& text) {
  std::vector<Secret> keys;
  auto rest = without_final_newline(text.expose());
  for (bool more = true; more;) {
    if (keys.size() == kMostKeys) return unusable("there are more than " + std::to_string(kMostKeys) + " lines");
    const auto end = rest.find('\n');
    auto key = key_of(rest.substr(0, end));
    if (key.empty()) return unusable(line(keys.size()) + " is not 32 bytes of base64url");
    const auto same = std::ranges::find_if(
        keys, [&](const Secret& other) { return equal_in_constant_time(other.expose(), key.expose()); });
    if (same != keys.end()) {
      return unusable(line(keys.size()) + " repeats " + line(static_cast<std::size_t>(same - keys.begin())));
    }
    keys.push_back(std::move(key));
    more = end != rest.npos;
    if (more) rest.remove_prefix(end + 1);
  }
  return MasterKeys{std::move(keys)};
}

MasterKeys MasterKeys::generate() {
  std::vector<Secret> keys;
  keys.push_back(random_key());
  return MasterKeys{std::move(keys)};
}

Result<MasterKeys> MasterKeys::with_new_first() const {
  if (keys_.size() == kMostKeys) {
    return failure(ErrorCode::conflict, PrivateText{"there are " + std::to_string(kMostKeys) + " master keys already"});
  }
  std::vector<Secret> keys;
  keys.push_back(random_key());
  for (const auto& key : keys_) keys.push_back(key.clone());
  return MasterKeys{std::move(keys)};
}

MasterKeys MasterKeys::first_only() const {
  std::vector<Secret> keys;
  keys.push_back(keys_.front().clone());
  return MasterKeys{std::move(keys)};
}

Secret MasterKeys::text() const {
  std::string text;
  text.reserve(keys_.size() * (kLineSize + 1));  // no reallocation leaves a copy behind
  for (const auto& key : keys_) {
    append_base64url(text, key.expose());
    text += '\n';
  }
  return Secret{std::move(text)};
}

}  // namespace cardea
