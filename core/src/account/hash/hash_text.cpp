#include "account/hash/hash_text.hpp"

#include <sodium.h>

#include <algorithm>
#include <charconv>

namespace cardea {
namespace {

constexpr std::string_view kCryptAlphabet = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

std::string to_base64(std::string_view bytes, int variant) {
  std::string text(sodium_base64_encoded_len(bytes.size(), variant), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                    variant);
  text.pop_back();  // the terminating NUL
  return text;
}

}  // namespace

std::unexpected<Error> unsupported_hash(std::string reason) {
  return failure(ErrorCode::password_hash_unsupported, PublicText{std::move(reason)});
}

bool HashText::take(std::string_view literal) noexcept {
  if (!rest_.starts_with(literal)) return false;
  rest_.remove_prefix(literal.size());
  return true;
}

std::optional<std::uint32_t> HashText::take_number() noexcept {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
  if (error != std::errc{} || rest_.front() == '0') return std::nullopt;
  rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
  return value;
}

std::string_view HashText::take_field() noexcept {
  const auto field = rest_.substr(0, rest_.find('$'));
  rest_.remove_prefix(std::min(field.size() + 1, rest_.size()));
  return field;
}

std::string_view HashText::take_characters(std::size_t size) noexcept {
  if (rest_.size() < size) return {};
  const auto taken = rest_.substr(0, size);
  rest_.remove_prefix(size);
  return taken;
}

std::optional<std::string> decode_base64(std::string_view text, HashBase64 kind) {
  std::string original{text};
  if (kind == HashBase64::with_dot) {
    if (original.contains('+')) return std::nullopt;
    std::ranges::replace(original, '.', '+');
  }
  std::string bytes(text.size() / 4 * 3 + 3, '\0');
  std::size_t size = 0;
  const int variant =
      kind == HashBase64::padded ? sodium_base64_VARIANT_ORIGINAL : sodium_base64_VARIANT_ORIGINAL_NO_PADDING;
  const char* end = nullptr;
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), original.data(), original.size(),
                        nullptr, &size, &end, variant) != 0 ||
      end != original.data() + original.size()) {
    return std::nullopt;
  }
  bytes.resize(size);
  return bytes;
}

std::string to_padded_base64(std::string_view bytes) { return to_base64(bytes, sodium_base64_VARIANT_ORIGINAL); }

std::string to_unpadded_base64(std::string_view bytes) {
  return to_base64(bytes, sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
}

std::optional<std::uint32_t> crypt_value(char c) noexcept {
  const auto value = kCryptAlphabet.find(c);
  return value == std::string_view::npos ? std::nullopt : std::optional{static_cast<std::uint32_t>(value)};
}

bool is_crypt_text(std::string_view text) noexcept {
  return std::ranges::all_of(text, [](char c) { return kCryptAlphabet.contains(c); });
}

}  // namespace cardea
