// The keys that a verifier trusts, and the rule that finds the one for a token.
#pragma once

#include <cardea/core/key/verification_key.hpp>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace cardea {

class VerificationKeySet {
 public:
  VerificationKeySet() = default;
  VerificationKeySet(VerificationKey key) { keys_.push_back(std::move(key)); }
  // Error: key_set_unusable if two keys have the same id and the same algorithm.
  static Result<VerificationKeySet> of(std::vector<VerificationKey> keys);

  // By id; without one, only if exactly one key is for the algorithm. The key decides the algorithm: one that is for
  // another is never the answer. Errors: token_key_unknown, token_algorithm_refused.
  Result<const VerificationKey*> find(std::optional<std::string_view> id, Algorithm algorithm) const;

  std::span<const VerificationKey> keys() const noexcept { return keys_; }
  bool empty() const noexcept { return keys_.empty(); }

 private:
  std::vector<VerificationKey> keys_;
};

}  // namespace cardea
