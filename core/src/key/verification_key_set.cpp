#include <algorithm>
#include <cardea/core/key/verification_key_set.hpp>

namespace cardea {
namespace {

// The one key of `keys` that is for the algorithm; none if there are several.
template <class Keys>
const VerificationKey* only_key_for(Algorithm algorithm, const Keys& keys) {
  const VerificationKey* only = nullptr;
  for (const auto& key : keys) {
    if (key.algorithm() != algorithm) continue;
    if (only != nullptr) return nullptr;
    only = &key;
  }
  return only;
}

}  // namespace

Result<VerificationKeySet> VerificationKeySet::of(std::vector<VerificationKey> keys) {
  for (auto key = keys.begin(); key != keys.end(); ++key) {
    const auto twin = std::any_of(std::next(key), keys.end(), [&](const auto& other) {
      return other.id() == key->id() && other.algorithm() == key->algorithm();
    });
    if (twin) return failure(ErrorCode::key_set_unusable, PrivateText{"two keys have the same kid"});
  }
  VerificationKeySet set;
  set.keys_ = std::move(keys);
  return set;
}

Result<const VerificationKey*> VerificationKeySet::find(std::optional<std::string_view> id, Algorithm algorithm) const {
  if (!id) {
    if (const auto* only = only_key_for(algorithm, keys_)) return only;
    const bool wrong_algorithm =
        !keys_.empty() && std::ranges::none_of(keys_, [&](const auto& key) { return key.algorithm() == algorithm; });
    return failure(wrong_algorithm ? ErrorCode::token_algorithm_refused : ErrorCode::token_key_unknown);
  }
  bool known = false;
  for (const auto& key : keys_) {
    if (key.id().text() != *id) continue;
    if (key.algorithm() == algorithm) return &key;
    known = true;
  }
  return failure(known ? ErrorCode::token_algorithm_refused : ErrorCode::token_key_unknown);
}

}  // namespace cardea
