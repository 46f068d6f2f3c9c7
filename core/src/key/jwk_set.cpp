#include <boost/json/array.hpp>
#include <cardea/core/base/strict_json.hpp>
#include <cardea/core/key/jwk.hpp>
#include <cardea/core/key/jwk_set.hpp>
#include <set>

namespace cardea {
namespace {

namespace json = boost::json;

constexpr StrictJsonLimits kLimits{.max_depth = 8, .max_size = 1024 * 1024};

std::unexpected<Error> unusable(std::string why) {
  return failure(ErrorCode::key_set_unusable, PrivateText{std::move(why)});
}

// Collects the keys of a set, and what makes the set as a whole unusable.
class Collector {
 public:
  Done add(const json::value& value) {
    ++position_;
    const auto* members = value.if_object();
    if (members == nullptr) return unusable(here() + "not an object");
    auto jwk = read_jwk(*members);
    if (!jwk) return unusable(here() + std::string(jwk.error().private_text()));
    has_symmetric_ |= jwk->kind == KeyKind::symmetric;
    has_asymmetric_ |= jwk->kind == KeyKind::asymmetric;
    if (has_symmetric_ && has_asymmetric_) return unusable("symmetric and asymmetric keys in one set");
    if (jwk->id && !ids_.insert(*jwk->id).second) return unusable(here() + "its kid is another key's too");
    for (auto& key : jwk->verification_keys) keys_.push_back(std::move(key));
    return {};
  }

  Result<VerificationKeySet> finish() && { return VerificationKeySet::of(std::move(keys_)); }

 private:
  std::string here() const { return "key " + std::to_string(position_) + ": "; }

  std::size_t position_ = 0;
  bool has_symmetric_ = false;
  bool has_asymmetric_ = false;
  std::set<KeyId> ids_;
  std::vector<VerificationKey> keys_;
};

}  // namespace

Result<VerificationKeySet> read_jwk_set(std::string_view text) {
  const auto value = parse_strict_json(text, kLimits);
  if (!value) return unusable(std::string(value.error().private_text()));
  const auto* members = value->if_object();
  if (members == nullptr) return unusable("not a JSON object");

  Collector collector;
  const auto* keys = members->if_contains("keys");
  if (keys == nullptr) {
    if (auto added = collector.add(*value); !added) return failure(std::move(added).error());
    return std::move(collector).finish();
  }
  const auto* array = keys->if_array();
  if (array == nullptr) return unusable("keys is not an array");
  for (const auto& key : *array) {
    if (auto added = collector.add(key); !added) return failure(std::move(added).error());
  }
  return std::move(collector).finish();
}

}  // namespace cardea
