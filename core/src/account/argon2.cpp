#include "account/argon2.hpp"

#include <sodium.h>

#include <array>
#include <cerrno>
#include <charconv>

namespace cardea {
namespace {

constexpr std::uint32_t kMostLanes = 4;
constexpr std::size_t kLongestHash = 512;
constexpr std::size_t kSaltBytes = 16;
constexpr std::size_t kHashBytes = 32;

bool take(std::string_view& text, std::string_view prefix) noexcept {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

std::optional<std::uint32_t> take_number(std::string_view& text) noexcept {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || text.front() == '0') return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return value;
}

bool bounded(const Argon2Parameters& parameters) noexcept {
  return parameters.memory_kib <= HashCost::kMostMemoryKib && parameters.passes <= HashCost::kMostPasses &&
         parameters.lanes <= kMostLanes;
}

template <std::size_t N>
std::string random_base64() {
  std::array<unsigned char, N> bytes;
  randombytes_buf(bytes.data(), bytes.size());
  constexpr std::size_t length = sodium_base64_ENCODED_LEN(N, sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
  std::string text(length, '\0');
  sodium_bin2base64(text.data(), length, bytes.data(), bytes.size(), sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
  text.pop_back();  // the terminating NUL
  return text;
}

}  // namespace

std::optional<Argon2Parameters> parse_argon2_parameters(std::string_view hash) noexcept {
  Argon2Parameters parameters;
  parameters.is_argon2id = take(hash, "$argon2id$");
  if (!parameters.is_argon2id && !take(hash, "$argon2i$")) return std::nullopt;
  if (!take(hash, "v=19$m=")) return std::nullopt;
  const auto memory = take_number(hash);
  if (!memory || !take(hash, ",t=")) return std::nullopt;
  const auto passes = take_number(hash);
  if (!passes || !take(hash, ",p=")) return std::nullopt;
  const auto lanes = take_number(hash);
  if (!lanes || !take(hash, "$")) return std::nullopt;
  parameters.memory_kib = *memory;
  parameters.passes = *passes;
  parameters.lanes = *lanes;
  return bounded(parameters) ? std::optional{parameters} : std::nullopt;
}

Result<std::string> hash_argon2id(std::string_view password, HashCost cost) {
  std::array<char, crypto_pwhash_argon2id_STRBYTES> text{};
  if (crypto_pwhash_argon2id_str(text.data(), password.data(), password.size(), cost.passes(),
                                 std::size_t{cost.memory_kib()} * 1024) != 0) {
    return failure(ErrorCode::service_unavailable, PrivateText{"no memory for a password hash"});
  }
  return std::string{text.data()};
}

Result<bool> verify_argon2(std::string_view password, std::string_view hash) {
  const auto parameters = parse_argon2_parameters(hash);
  if (!parameters || hash.size() > kLongestHash || hash.contains('\0')) {
    return failure(ErrorCode::password_hash_unsupported, PrivateText{"argon2 string malformed or out of bounds"});
  }
  const std::string text{hash};
  const auto verify = parameters->is_argon2id ? crypto_pwhash_argon2id_str_verify : crypto_pwhash_argon2i_str_verify;
  errno = 0;
  if (verify(text.c_str(), password.data(), password.size()) == 0) return true;
  if (errno == EINVAL) return false;
  if (errno == ENOMEM) return failure(ErrorCode::service_unavailable, PrivateText{"no memory for a password hash"});
  return failure(ErrorCode::password_hash_unsupported, PrivateText{"argon2 string malformed"});
}

std::string decoy_argon2id(HashCost cost) {
  return "$argon2id$v=19$m=" + std::to_string(cost.memory_kib()) + ",t=" + std::to_string(cost.passes()) + ",p=1$" +
         random_base64<kSaltBytes>() + "$" + random_base64<kHashBytes>();
}

}  // namespace cardea
