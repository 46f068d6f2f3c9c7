#include <algorithm>
#include <boost/json/array.hpp>
#include <cardea/core/key/jwk.hpp>
#include <set>

#include "key/curve.hpp"
#include "key/jwk_members.hpp"

namespace cardea {
namespace {

namespace json = boost::json;

std::unexpected<Error> unusable(std::string why) {
  return failure(ErrorCode::key_unusable, PrivateText{std::move(why)});
}

std::optional<KeyType> type_named(std::string_view kty) {
  for (const auto type : {KeyType::oct, KeyType::rsa, KeyType::ec, KeyType::okp}) {
    if (kty == name_of(type)) return type;
  }
  return std::nullopt;
}

Result<std::optional<KeyId>> id_of(const json::object& members) {
  const auto kid = text_member(members, "kid");
  if (!kid) return failure(kid.error());
  if (!*kid) return std::nullopt;
  auto id = KeyId::parse(**kid);
  if (!id) return failure(std::move(id).error());
  return *std::move(id);
}

// An empty set stands for a key that does not say.
Result<std::set<std::string_view>> operations_of(const json::object& members) {
  const auto* value = members.if_contains("key_ops");
  std::set<std::string_view> operations;
  if (value == nullptr) return operations;
  const auto* array = value->if_array();
  if (array == nullptr || array->empty()) return unusable("key_ops is not a list of operations");
  for (const auto& operation : *array) {
    if (!operation.is_string()) return unusable("key_ops has something else than strings");
    if (!operations.insert(operation.get_string()).second) return unusable("key_ops repeats an operation");
  }
  return operations;
}

bool is_signature_operation(std::string_view operation) { return operation == "sign" || operation == "verify"; }

// What `use` and `key_ops` allow (RFC 7517 sections 4.2 and 4.3).
Result<bool> may_verify(const json::object& members) {
  const auto use = text_member(members, "use");
  if (!use) return failure(use.error());
  const auto operations = operations_of(members);
  if (!operations) return failure(operations.error());
  if (*use && !operations->empty()) {
    const bool for_signatures = std::ranges::any_of(*operations, is_signature_operation);
    const bool for_all = std::ranges::all_of(*operations, is_signature_operation);
    if (**use == "sig" ? !for_all : for_signatures) return unusable("use and key_ops contradict each other");
  }
  return (!*use || **use == "sig") && (operations->empty() || operations->contains("verify"));
}

// Whose algorithm this is, also for those that are not done here. Empty: not one that signs.
std::optional<KeyType> type_of_algorithm(std::string_view alg) {
  if (alg.starts_with("HS")) return KeyType::oct;
  if (alg.starts_with("RS") || alg.starts_with("PS")) return KeyType::rsa;
  if (alg.starts_with("ES")) return KeyType::ec;
  if (alg.starts_with("Ed")) return KeyType::okp;
  return std::nullopt;
}

// Of a key that does not say: every one that it serves (RFC 7520 sections 4.1 and 4.2 use one RSA key for two).
Result<std::vector<Algorithm>> served_by(const json::object& members, KeyType type) {
  const auto crv = text_member(members, "crv");
  if (!crv) return failure(crv.error());
  std::vector<Algorithm> algorithms;
  for (const auto algorithm : all_algorithms()) {
    if (key_type_of(algorithm) != type) continue;
    if (type == KeyType::ec && *crv != curve_of(algorithm).jwk_name) continue;
    if (type == KeyType::okp && *crv != "Ed25519") continue;
    algorithms.push_back(algorithm);
  }
  return algorithms;
}

// The algorithms that the key is for by its own word, or else by its kind; none if that is not for signatures.
Result<std::vector<Algorithm>> algorithms_of(const json::object& members, KeyType type) {
  const auto alg = text_member(members, "alg");
  if (!alg) return failure(alg.error());
  if (!*alg) return served_by(members, type);
  if (**alg == "none" || type_of_algorithm(**alg).value_or(type) != type) {
    return unusable("alg is not one of a key of this kind");
  }
  std::vector<Algorithm> algorithms;
  if (const auto algorithm = parse_algorithm(**alg)) algorithms.push_back(*algorithm);
  return algorithms;
}

Result<std::vector<VerificationKey>> symmetric_keys(const json::object& members, std::vector<Algorithm> algorithms,
                                                    const std::optional<KeyId>& id) {
  const auto secret = bytes_member(members, "k");
  if (!secret) return failure(secret.error());
  if (!members.contains("alg")) {
    std::erase_if(algorithms, [&](auto algorithm) { return secret->size() < hash_size_of(algorithm); });
    if (algorithms.empty()) return unusable("the secret is too short for any algorithm");
  }
  std::vector<VerificationKey> keys;
  for (const auto algorithm : algorithms) {
    auto key = HmacKey::from_secret(*secret, algorithm, id);
    if (!key) return failure(std::move(key).error());
    keys.emplace_back(*std::move(key));
  }
  return keys;
}

Result<std::vector<VerificationKey>> asymmetric_keys(const json::object& members,
                                                     const std::vector<Algorithm>& algorithms,
                                                     const std::optional<KeyId>& id) {
  std::vector<VerificationKey> keys;
  for (const auto algorithm : algorithms) {
    auto key = PublicKey::from_jwk(members, algorithm, id);
    if (!key) return failure(std::move(key).error());
    keys.emplace_back(*std::move(key));
  }
  return keys;
}

}  // namespace

Result<Jwk> read_jwk(const json::object& members) {
  const auto kty = text_member(members, "kty");
  if (!kty) return failure(kty.error());
  if (!*kty) return unusable("kty is missing");
  const auto type = type_named(**kty);
  if (!type) return Jwk{};
  Jwk jwk;
  jwk.kind = *type == KeyType::oct ? KeyKind::symmetric : KeyKind::asymmetric;

  auto id = id_of(members);
  if (!id) return failure(std::move(id).error());
  jwk.id = *std::move(id);
  const auto verifies = may_verify(members);
  if (!verifies) return failure(verifies.error());
  if (!*verifies) return jwk;

  auto algorithms = algorithms_of(members, *type);
  if (!algorithms) return failure(std::move(algorithms).error());
  auto keys = *type == KeyType::oct ? symmetric_keys(members, *std::move(algorithms), jwk.id)
                                    : asymmetric_keys(members, *algorithms, jwk.id);
  if (!keys) return failure(std::move(keys).error());
  jwk.verification_keys = *std::move(keys);
  return jwk;
}

}  // namespace cardea
