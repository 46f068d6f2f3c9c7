#include "key/key_rules.hpp"

#include <openssl/core_names.h>
#include <openssl/objects.h>
#include <sodium.h>

#include <array>
#include <string>

#include "key/curve.hpp"

namespace cardea {
namespace {

std::unexpected<Error> unusable(std::string why) {
  return failure(ErrorCode::key_unusable, PrivateText{std::move(why)});
}

openssl::Number number_of(const EVP_PKEY* key, const char* parameter) {
  BIGNUM* number = nullptr;
  EVP_PKEY_get_bn_param(key, parameter, &number);
  return openssl::Number{number};
}

Done check_rsa(const EVP_PKEY* key) {
  const auto modulus = number_of(key, OSSL_PKEY_PARAM_RSA_N);
  const auto exponent = number_of(key, OSSL_PKEY_PARAM_RSA_E);
  if (!modulus || !exponent) return unusable("the RSA key is not whole");
  const int bits = BN_num_bits(modulus.get());
  if (bits < kLeastRsaBits || bits > kMostRsaBits) {
    return unusable("an RSA key has 2048 to 8192 bits, this one " + std::to_string(bits));
  }
  if (BN_is_odd(modulus.get()) == 0) return unusable("the RSA modulus is even");
  return check_rsa_exponent(exponent.get());
}

Done check_ec(const EVP_PKEY* key, Algorithm algorithm) {
  std::array<char, 64> group{};
  int is_explicit = 0;
  EVP_PKEY_get_int_param(key, OSSL_PKEY_PARAM_EC_DECODED_FROM_EXPLICIT_PARAMS, &is_explicit);
  const bool is_named = EVP_PKEY_get_group_name(key, group.data(), group.size(), nullptr) == 1;
  if (!is_named || is_explicit != 0) return unusable("the curve is not one that has a name");
  const auto curve = curve_of(algorithm);
  if (group.data() != std::string_view{curve.openssl_name}) {
    return unusable(std::string(name_of(algorithm)) + " needs a key on " + curve.jwk_name);
  }
  return {};
}

Done check_ed25519(const EVP_PKEY* key) {
  std::array<unsigned char, crypto_core_ed25519_BYTES> point{};
  std::size_t size = point.size();
  if (EVP_PKEY_get_raw_public_key(key, point.data(), &size) != 1 || size != point.size()) {
    return unusable("the Ed25519 key is not whole");
  }
  if (crypto_core_ed25519_is_valid_point(point.data()) != 1) {
    return unusable("the public key is no point of Ed25519's main subgroup");
  }
  return {};
}

}  // namespace

Done check_rsa_exponent(const BIGNUM* exponent) {
  constexpr int kMostBits = 256;
  constexpr BN_ULONG kLeast = 65537;
  const int bits = BN_num_bits(exponent);
  if (BN_is_odd(exponent) == 0 || bits > kMostBits || (bits <= 17 && BN_get_word(exponent) < kLeast)) {
    return unusable("an RSA exponent is odd and from 65537 up, under 2^256");
  }
  return {};
}

Done check_key(const EVP_PKEY* key, Algorithm algorithm) {
  const auto type = key_type_of(algorithm);
  if (type == KeyType::oct) return unusable(std::string(name_of(algorithm)) + " needs a shared secret");
  const char* const wanted = type == KeyType::rsa ? "RSA" : type == KeyType::ec ? "EC" : "ED25519";
  if (EVP_PKEY_is_a(key, wanted) != 1) return unusable(std::string(name_of(algorithm)) + " needs another kind of key");
  if (type == KeyType::rsa) return check_rsa(key);
  return type == KeyType::ec ? check_ec(key, algorithm) : check_ed25519(key);
}

}  // namespace cardea
