#include <algorithm>
#include <boost/json/array.hpp>
#include <cardea/core/base/base64url.hpp>
#include <cardea/core/key/jwk.hpp>
#include <set>

namespace cardea {
namespace {

namespace json = boost::json;

std::unexpected<Error> unusable(std::string why) {
  return failure(ErrorCode::key_unusable, PrivateText{std::move(why)});
}

// Absent is an empty optional.
Result<std::optional<std::string_view>> text_member(const json::object& members, std::string_view name) {
  const auto* value = members.if_contains(name);
  if (value == nullptr) return std::nullopt;
  if (!value->is_string()) return unusable(std::string(name) + " is not a string");
  return std::string_view{value->get_string()};
}

KeyKind kind_named(std::string_view kty) {
  if (kty == "oct") return KeyKind::symmetric;
  return kty == "RSA" || kty == "EC" || kty == "OKP" ? KeyKind::asymmetric : KeyKind::unknown;
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

// Signature algorithms of RFC 7518 and RFC 8037 that no symmetric key can have.
bool is_for_other_keys(std::string_view alg) {
  return alg == "none" || alg == "EdDSA" || alg.starts_with("RS") || alg.starts_with("PS") || alg.starts_with("ES");
}

// The algorithms that the key is for by its own word; none if that is not for signatures.
Result<std::vector<Algorithm>> algorithms_of(const json::object& members, std::size_t secret_size) {
  const auto alg = text_member(members, "alg");
  if (!alg) return failure(alg.error());
  std::vector<Algorithm> algorithms;
  if (*alg) {
    if (is_for_other_keys(**alg)) return unusable("alg is not one of a symmetric key");
    if (const auto algorithm = parse_algorithm(**alg)) algorithms.push_back(*algorithm);
    return algorithms;
  }
  std::ranges::copy_if(all_algorithms(), std::back_inserter(algorithms),
                       [&](auto algorithm) { return secret_size >= hash_size_of(algorithm); });
  if (algorithms.empty()) return unusable("the secret is too short for any algorithm");
  return algorithms;
}

Result<Secret> secret_of(const json::object& members) {
  const auto k = text_member(members, "k");
  if (!k) return failure(k.error());
  if (!*k) return unusable("k is missing");
  auto bytes = from_base64url(**k);
  if (!bytes) return unusable("k is not base64url");
  return Secret{*std::move(bytes)};
}

Result<std::vector<VerificationKey>> symmetric_keys(const json::object& members, const std::optional<KeyId>& id) {
  const auto secret = secret_of(members);
  if (!secret) return failure(secret.error());
  const auto algorithms = algorithms_of(members, secret->size());
  if (!algorithms) return failure(algorithms.error());
  std::vector<VerificationKey> keys;
  for (const auto algorithm : *algorithms) {
    auto key = HmacKey::from_secret(*secret, algorithm, id);
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
  Jwk jwk;
  jwk.kind = kind_named(**kty);
  if (jwk.kind == KeyKind::unknown) return jwk;

  auto id = id_of(members);
  if (!id) return failure(std::move(id).error());
  jwk.id = *std::move(id);
  const auto verifies = may_verify(members);
  if (!verifies) return failure(verifies.error());
  if (jwk.kind == KeyKind::asymmetric || !*verifies) return jwk;

  auto keys = symmetric_keys(members, jwk.id);
  if (!keys) return failure(std::move(keys).error());
  jwk.verification_keys = *std::move(keys);
  return jwk;
}

}  // namespace cardea
