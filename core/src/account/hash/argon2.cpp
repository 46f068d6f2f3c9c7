#include "account/hash/argon2.hpp"

#include <sodium.h>

#include <array>
#include <cardea/core/base/secret.hpp>
#include <cerrno>
#include <memory>
#include <new>
#include <optional>

#include "account/hash/hash_text.hpp"

namespace cardea {
namespace {

constexpr std::size_t kSaltBytes = 16;
constexpr std::size_t kHashBytes = 32;
constexpr std::size_t kLeastSaltBytes = 8, kLeastHashBytes = 16, kMostBytes = 128;  // of those that are read
constexpr std::uint32_t kLeastKibOfALane = 8;

// Takes everything up to the salt.
std::optional<Argon2Parameters> take_parameters(HashText& text) noexcept {
  Argon2Parameters parameters;
  parameters.is_argon2id = text.take("$argon2id$");
  if (!parameters.is_argon2id && !text.take("$argon2i$")) return std::nullopt;
  if (!text.take("v=19$m=")) return std::nullopt;
  const auto memory = text.take_number();
  if (!memory || !text.take(",t=")) return std::nullopt;
  const auto passes = text.take_number();
  if (!passes || !text.take(",p=")) return std::nullopt;
  const auto lanes = text.take_number();
  if (!lanes || !text.take("$")) return std::nullopt;
  parameters.memory_kib = *memory;
  parameters.passes = *passes;
  parameters.lanes = *lanes;
  return parameters;
}

Done check_bounds(const Argon2Parameters& parameters, std::uint32_t most_lanes) {
  if (parameters.memory_kib > HashCost::kMostMemoryKib) return unsupported_hash("argon2 with more than 256 MiB");
  if (parameters.passes > HashCost::kMostPasses) return unsupported_hash("argon2 with more than 10 passes");
  if (parameters.lanes > most_lanes) {
    return unsupported_hash("argon2 with more than " + std::to_string(most_lanes) + " lanes");
  }
  return {};
}

bool is_base64_of(std::string_view text, std::size_t least_bytes) {
  const auto bytes = decode_base64(text, HashBase64::unpadded);
  return bytes && bytes->size() >= least_bytes && bytes->size() <= kMostBytes;
}

std::unexpected<Error> no_memory() {
  return failure(ErrorCode::service_unavailable, PrivateText{"no memory for a password hash"});
}

// What libsodium derives itself, as all of those that hash_argon2id has made.
bool can_be_derived(const Argon2Parameters& parameters, std::string_view salt) noexcept {
  return parameters.is_argon2id && parameters.lanes == 1 && parameters.passes >= crypto_pwhash_argon2id_OPSLIMIT_MIN &&
         salt.size() == crypto_pwhash_argon2id_SALTBYTES;
}

Result<Secret> derive(std::string_view password, const Argon2Parameters& parameters, std::string_view salt,
                      std::size_t size) {
  std::string key(size, '\0');
  if (crypto_pwhash_argon2id(reinterpret_cast<unsigned char*>(key.data()), key.size(), password.data(), password.size(),
                             reinterpret_cast<const unsigned char*>(salt.data()), parameters.passes,
                             std::size_t{parameters.memory_kib} * 1024, crypto_pwhash_argon2id_ALG_ARGON2ID13) != 0) {
    return no_memory();
  }
  return Secret{std::move(key)};
}

bool there_is_memory_for(const Argon2Parameters& parameters) {
  const std::unique_ptr<char[]> room{new (std::nothrow) char[std::size_t{parameters.memory_kib} * 1024]};
  return room != nullptr;
}

// To libsodium a hash that it has no memory for does not match.
Result<bool> verify_as_text(std::string_view password, const std::string& hash, const Argon2Parameters& parameters) {
  const auto verify = parameters.is_argon2id ? crypto_pwhash_argon2id_str_verify : crypto_pwhash_argon2i_str_verify;
  errno = 0;
  if (verify(hash.c_str(), password.data(), password.size()) == 0) return true;
  if (errno != EINVAL) return unsupported_hash("malformed argon2");
  if (!there_is_memory_for(parameters)) return no_memory();
  return false;
}

template <std::size_t N>
std::string random_base64() {
  std::array<char, N> bytes;
  randombytes_buf(bytes.data(), bytes.size());
  return to_unpadded_base64({bytes.data(), bytes.size()});
}

}  // namespace

Result<Argon2Parameters> read_argon2_parameters(std::string_view hash, std::uint32_t most_lanes) {
  HashText text{hash};
  const auto parameters = take_parameters(text);
  if (!parameters) return unsupported_hash("argon2 of another version than 19, or malformed");
  if (auto bounded = check_bounds(*parameters, most_lanes); !bounded) return failure(std::move(bounded).error());
  return *parameters;
}

Done check_argon2(std::string_view hash, std::uint32_t most_lanes) {
  const auto parameters = read_argon2_parameters(hash, most_lanes);
  if (!parameters) return failure(parameters.error());
  HashText text{hash};
  take_parameters(text);
  const auto salt = text.take_field();
  if (parameters->memory_kib < kLeastKibOfALane * parameters->lanes || !is_base64_of(salt, kLeastSaltBytes) ||
      !is_base64_of(text.rest(), kLeastHashBytes)) {
    return unsupported_hash("malformed argon2");
  }
  return {};
}

Result<std::string> hash_argon2id(std::string_view password, HashCost cost) {
  std::array<char, crypto_pwhash_argon2id_STRBYTES> text{};
  if (crypto_pwhash_argon2id_str(text.data(), password.data(), password.size(), cost.passes(),
                                 std::size_t{cost.memory_kib()} * 1024) != 0) {
    return no_memory();
  }
  return std::string{text.data()};
}

Result<bool> verify_argon2(std::string_view password, std::string_view hash, std::uint32_t most_lanes) {
  if (auto checked = check_argon2(hash, most_lanes); !checked) return failure(std::move(checked).error());
  HashText text{hash};
  const auto parameters = take_parameters(text).value();
  const auto salt = decode_base64(text.take_field(), HashBase64::unpadded).value();
  const auto digest = decode_base64(text.rest(), HashBase64::unpadded).value();
  if (!can_be_derived(parameters, salt)) return verify_as_text(password, std::string{hash}, parameters);
  const auto derived = derive(password, parameters, salt, digest.size());
  if (!derived) return failure(derived.error());
  return equal_in_constant_time(derived->expose(), digest);
}

std::string decoy_argon2id(HashCost cost) {
  return "$argon2id$v=19$m=" + std::to_string(cost.memory_kib()) + ",t=" + std::to_string(cost.passes()) + ",p=1$" +
         random_base64<kSaltBytes>() + "$" + random_base64<kHashBytes>();
}

}  // namespace cardea
