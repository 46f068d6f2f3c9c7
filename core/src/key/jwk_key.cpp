#include "key/jwk_key.hpp"

#include <openssl/core_names.h>
#include <openssl/param_build.h>

#include <algorithm>
#include <array>
#include <cardea/core/base/base64url.hpp>

#include "key/curve.hpp"
#include "key/jwk_members.hpp"
#include "key/key_rules.hpp"

namespace cardea {
namespace {

namespace json = boost::json;

constexpr std::size_t kMostRsaBytes = kMostRsaBits / 8;
constexpr std::size_t kEd25519Size = 32;
constexpr char kUncompressedPoint = 0x04;  // SEC 1 section 2.3.3

std::unexpected<Error> unusable(std::string why) {
  return failure(ErrorCode::key_unusable, PrivateText{std::move(why)});
}

struct RsaMember {
  const char* jwk;
  const char* openssl;
};
constexpr std::array kRsaPublic{RsaMember{"n", OSSL_PKEY_PARAM_RSA_N}, RsaMember{"e", OSSL_PKEY_PARAM_RSA_E}};
constexpr std::array kRsaPrivate{
    RsaMember{"d", OSSL_PKEY_PARAM_RSA_D},          RsaMember{"p", OSSL_PKEY_PARAM_RSA_FACTOR1},
    RsaMember{"q", OSSL_PKEY_PARAM_RSA_FACTOR2},    RsaMember{"dp", OSSL_PKEY_PARAM_RSA_EXPONENT1},
    RsaMember{"dq", OSSL_PKEY_PARAM_RSA_EXPONENT2}, RsaMember{"qi", OSSL_PKEY_PARAM_RSA_COEFFICIENT1}};

openssl::Number number_of(std::string_view bytes) {
  return openssl::Number{BN_bin2bn(openssl::bytes_of(bytes.data()), static_cast<int>(bytes.size()), nullptr)};
}

// Collects a key's parts for OpenSSL. It keeps views: what is added outlives build().
class KeyBuilder {
 public:
  void add(const char* name, std::string_view octets) {
    OSSL_PARAM_BLD_push_octet_string(builder_.get(), name, octets.data(), octets.size());
  }
  void add_name(const char* name, const char* text) { OSSL_PARAM_BLD_push_utf8_string(builder_.get(), name, text, 0); }
  void add(const char* name, const BIGNUM* number) { OSSL_PARAM_BLD_push_BN(builder_.get(), name, number); }

  Result<openssl::Key> build(const char* type, int selection) {
    const openssl::ErrorsCleared errors;
    const std::unique_ptr<OSSL_PARAM, Wipe> parameters{OSSL_PARAM_BLD_to_param(builder_.get())};
    const openssl::KeyContext context{EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr)};
    EVP_PKEY* key = nullptr;
    if (!parameters || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
        EVP_PKEY_fromdata(context.get(), &key, selection, parameters.get()) != 1) {
      return unusable("the members make no key");
    }
    return openssl::Key{key};
  }

 private:
  struct Wipe {
    void operator()(OSSL_PARAM* parameters) const noexcept {
      for (auto* each = parameters; each->key != nullptr; ++each) OPENSSL_cleanse(each->data, each->data_size);
      OSSL_PARAM_free(parameters);
    }
  };
  std::unique_ptr<OSSL_PARAM_BLD, openssl::Free<OSSL_PARAM_BLD_free>> builder_{OSSL_PARAM_BLD_new()};
};

Result<openssl::Key> rsa_key_of(const json::object& members, bool with_private) {
  std::vector<RsaMember> wanted(kRsaPublic.begin(), kRsaPublic.end());
  if (with_private) {
    if (members.contains("oth")) return unusable("an RSA key with more than two primes is not used here");
    // All the others or none (RFC 7518 section 6.3.2).
    const bool whole = std::ranges::any_of(
        kRsaPrivate, [&](auto& row) { return row.jwk != kRsaPrivate[0].jwk && members.contains(row.jwk); });
    wanted.insert(wanted.end(), kRsaPrivate.begin(), whole ? kRsaPrivate.end() : kRsaPrivate.begin() + 1);
  }
  KeyBuilder builder;
  std::vector<openssl::Number> numbers;
  for (const auto& [name, parameter] : wanted) {
    const auto bytes = number_member(members, name, kMostRsaBytes);
    if (!bytes) return failure(bytes.error());
    builder.add(parameter, numbers.emplace_back(number_of(bytes->expose())).get());
  }
  if (auto checked = check_rsa_exponent(numbers[1].get()); !checked) return failure(std::move(checked).error());
  return builder.build("RSA", with_private ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY);
}

Result<openssl::Key> ec_key_of(const json::object& members, Algorithm algorithm, bool with_private) {
  const auto curve = curve_of(algorithm);
  const auto x = bytes_member(members, "x", curve.size);
  const auto y = bytes_member(members, "y", curve.size);
  if (!x || !y) return failure((x ? y : x).error());
  const auto point = std::string(1, kUncompressedPoint).append(x->expose()).append(y->expose());
  KeyBuilder builder;
  builder.add_name(OSSL_PKEY_PARAM_GROUP_NAME, curve.openssl_name);
  builder.add(OSSL_PKEY_PARAM_PUB_KEY, point);
  if (!with_private) return builder.build("EC", EVP_PKEY_PUBLIC_KEY);
  const auto d = bytes_member(members, "d", curve.size);
  if (!d) return failure(d.error());
  const auto number = number_of(d->expose());
  builder.add(OSSL_PKEY_PARAM_PRIV_KEY, number.get());
  return builder.build("EC", EVP_PKEY_KEYPAIR);
}

Result<openssl::Key> ed25519_public_key_of(const json::object& members) {
  const openssl::ErrorsCleared errors;
  const auto x = bytes_member(members, "x", kEd25519Size);
  if (!x) return failure(x.error());
  return openssl::Key{
      EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, openssl::bytes_of(x->expose().data()), x->size())};
}

// OpenSSL makes the public half itself: the JWK's has to be the same.
Result<openssl::Key> ed25519_private_key_of(const json::object& members) {
  const openssl::ErrorsCleared errors;
  const auto stated = ed25519_public_key_of(members);
  if (!stated) return failure(stated.error());
  const auto d = bytes_member(members, "d", kEd25519Size);
  if (!d) return failure(d.error());
  openssl::Key key{
      EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, openssl::bytes_of(d->expose().data()), d->size())};
  if (!key || EVP_PKEY_eq(key.get(), stated->get()) != 1) return unusable("d and x do not belong together");
  return key;
}

Done check_member(const json::object& members, std::string_view name, std::string_view wanted) {
  const auto text = text_member(members, name);
  if (!text) return failure(text.error());
  if (!*text || **text != wanted) return unusable(std::string(name) + " is not " + std::string(wanted));
  return {};
}

// kty and crv are the algorithm's.
Done check_kind(const json::object& members, Algorithm algorithm) {
  const auto type = key_type_of(algorithm);
  if (auto kty = check_member(members, "kty", name_of(type)); !kty) return kty;
  if (type == KeyType::ec) return check_member(members, "crv", curve_of(algorithm).jwk_name);
  if (type == KeyType::okp) return check_member(members, "crv", "Ed25519");
  return {};
}

Secret parameter_of(const EVP_PKEY* key, const char* name, std::size_t width = 0) {
  BIGNUM* raw = nullptr;
  if (EVP_PKEY_get_bn_param(key, name, &raw) != 1) return {};
  const openssl::Number number{raw};
  std::string bytes(std::max(width, static_cast<std::size_t>(BN_num_bytes(raw))), '\0');
  BN_bn2binpad(raw, openssl::bytes_of(bytes.data()), static_cast<int>(bytes.size()));
  return Secret{std::move(bytes)};
}

std::string public_text_of(const EVP_PKEY* key, const char* name, std::size_t width = 0) {
  return to_base64url(parameter_of(key, name, width).expose());
}

Secret text_of(const Secret& bytes) { return Secret{to_base64url(bytes.expose())}; }

using RawGetter = int (*)(const EVP_PKEY*, unsigned char*, std::size_t*);

Secret raw_ed25519(RawGetter get, const EVP_PKEY* key) {
  std::string bytes(kEd25519Size, '\0');
  std::size_t size = bytes.size();
  get(key, openssl::bytes_of(bytes.data()), &size);
  return Secret{std::move(bytes)};
}

}  // namespace

Result<openssl::Key> public_key_of(const json::object& members, Algorithm algorithm) {
  if (auto kind = check_kind(members, algorithm); !kind) return failure(std::move(kind).error());
  switch (key_type_of(algorithm)) {
    case KeyType::rsa: return rsa_key_of(members, false);
    case KeyType::ec: return ec_key_of(members, algorithm, false);
    case KeyType::okp: return ed25519_public_key_of(members);
    case KeyType::oct: break;
  }
  return unusable(std::string(name_of(algorithm)) + " needs a shared secret");
}

Result<openssl::Key> private_key_of(const json::object& members, Algorithm algorithm) {
  if (auto kind = check_kind(members, algorithm); !kind) return failure(std::move(kind).error());
  switch (key_type_of(algorithm)) {
    case KeyType::rsa: return rsa_key_of(members, true);
    case KeyType::ec: return ec_key_of(members, algorithm, true);
    case KeyType::okp: return ed25519_private_key_of(members);
    case KeyType::oct: break;
  }
  return unusable(std::string(name_of(algorithm)) + " needs a shared secret");
}

std::vector<std::pair<std::string, std::string>> public_members_of(const EVP_PKEY* key, Algorithm algorithm) {
  if (key_type_of(algorithm) == KeyType::rsa) {
    return {{"e", public_text_of(key, OSSL_PKEY_PARAM_RSA_E)},
            {"kty", "RSA"},
            {"n", public_text_of(key, OSSL_PKEY_PARAM_RSA_N)}};
  }
  if (key_type_of(algorithm) == KeyType::okp) {
    return {{"crv", "Ed25519"},
            {"kty", "OKP"},
            {"x", to_base64url(raw_ed25519(EVP_PKEY_get_raw_public_key, key).expose())}};
  }
  const auto curve = curve_of(algorithm);
  return {{"crv", curve.jwk_name},
          {"kty", "EC"},
          {"x", public_text_of(key, OSSL_PKEY_PARAM_EC_PUB_X, curve.size)},
          {"y", public_text_of(key, OSSL_PKEY_PARAM_EC_PUB_Y, curve.size)}};
}

std::vector<std::pair<std::string, Secret>> private_members_of(const EVP_PKEY* key, Algorithm algorithm) {
  std::vector<std::pair<std::string, Secret>> members;
  if (key_type_of(algorithm) == KeyType::rsa) {
    for (const auto& [name, parameter] : kRsaPrivate) {
      auto value = parameter_of(key, parameter);
      if (!value.empty()) members.emplace_back(name, text_of(value));
    }
  } else if (key_type_of(algorithm) == KeyType::okp) {
    members.emplace_back("d", text_of(raw_ed25519(EVP_PKEY_get_raw_private_key, key)));
  } else {
    members.emplace_back("d", text_of(parameter_of(key, OSSL_PKEY_PARAM_PRIV_KEY, curve_of(algorithm).size)));
  }
  return members;
}

}  // namespace cardea
