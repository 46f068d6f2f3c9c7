// A source of keys that can be asked for more, and that counts how often it was.
#pragma once

#include <cardea/core/token/key_source.hpp>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "token/signed_text.hpp"

namespace cardea::test {

inline constexpr std::string_view kOtherSecret = "another-secret-of-forty-characters-or-so";

inline VerificationKeySet keys_of(std::initializer_list<std::string_view> secrets) {
  std::vector<VerificationKey> keys;
  for (const auto secret : secrets) keys.emplace_back(key_of(secret));
  return VerificationKeySet::of(std::move(keys)).value();
}

// Signed by the HS256 key of that secret, and naming it.
inline std::string token_by(std::string_view secret, std::string_view claims) {
  const std::string kid{VerificationKey{key_of(secret)}.id().text()};
  return signed_text(R"({"alg":"HS256","typ":"JWT","kid":")" + kid + "\"}", claims, secret);
}

// Not for several threads.
class LearningKeys final : public KeySource {
 public:
  explicit LearningKeys(VerificationKeySet keys) { set(std::move(keys)); }

  void set(VerificationKeySet keys) { keys_ = std::make_shared<const JwsVerifier>(std::move(keys)); }
  void will_learn(VerificationKeySet keys) { lesson_ = std::move(keys); }
  // By whoever else asks, just before this source is next asked whether it may learn.
  void is_learned_by_another(VerificationKeySet keys) { lesson_of_another_ = std::move(keys); }

  std::shared_ptr<const JwsVerifier> keys_at(Instant) const override { return keys_; }
  bool may_learn(Instant) const noexcept override {
    if (lesson_of_another_) keys_ = std::make_shared<const JwsVerifier>(*std::exchange(lesson_of_another_, {}));
    return lesson_ || is_down;
  }
  Done learn(Instant) override {
    ++questions;
    if (is_down) return failure(ErrorCode::key_set_unavailable, PrivateText{"the issuer does not answer"});
    set(*std::exchange(lesson_, {}));
    return {};
  }

  int questions = 0;
  bool is_down = false;

 private:
  mutable std::shared_ptr<const JwsVerifier> keys_;
  std::optional<VerificationKeySet> lesson_;
  mutable std::optional<VerificationKeySet> lesson_of_another_;
};

}  // namespace cardea::test
