#include <gtest/gtest.h>

#include <cardea/core/key/verification_key_set.hpp>

namespace cardea {
namespace {

VerificationKey key_named(std::string_view id, Algorithm algorithm, char fill = 's') {
  return VerificationKey{
      HmacKey::from_secret(Secret{std::string(64, fill)}, algorithm, KeyId::parse(id).value()).value()};
}

VerificationKeySet set_of(std::vector<VerificationKey> keys) { return VerificationKeySet::of(std::move(keys)).value(); }

ErrorCode refusal(const VerificationKeySet& keys, std::optional<std::string_view> id, Algorithm algorithm) {
  return keys.find(id, algorithm).error().code();
}

TEST(VerificationKeySet, FindsAKeyByItsIdAndAlgorithmTogether) {
  const auto keys =
      set_of({key_named("a", Algorithm::hs256), key_named("a", Algorithm::hs512), key_named("b", Algorithm::hs256)});
  EXPECT_EQ(keys.find("a", Algorithm::hs256).value(), &keys.keys()[0]);
  EXPECT_EQ(keys.find("a", Algorithm::hs512).value(), &keys.keys()[1]);
  EXPECT_EQ(keys.find("b", Algorithm::hs256).value(), &keys.keys()[2]);
}

TEST(VerificationKeySet, SaysWhetherTheKeyOrItsAlgorithmIsTheOneThatDoesNotFit) {
  const auto keys = set_of({key_named("a", Algorithm::hs256), key_named("b", Algorithm::hs512)});
  EXPECT_EQ(refusal(keys, "a", Algorithm::hs512), ErrorCode::token_algorithm_refused);
  EXPECT_EQ(refusal(keys, "a", Algorithm::hs384), ErrorCode::token_algorithm_refused);
  EXPECT_EQ(refusal(keys, "c", Algorithm::hs256), ErrorCode::token_key_unknown);
  EXPECT_EQ(refusal(keys, "", Algorithm::hs256), ErrorCode::token_key_unknown);
  EXPECT_EQ(refusal(keys, std::nullopt, Algorithm::hs384), ErrorCode::token_algorithm_refused);
}

TEST(VerificationKeySet, NeedsNoIdWhenExactlyOneKeyIsForTheAlgorithm) {
  const auto keys =
      set_of({key_named("a", Algorithm::hs256), key_named("b", Algorithm::hs512), key_named("c", Algorithm::hs512)});
  EXPECT_EQ(keys.find(std::nullopt, Algorithm::hs256).value(), &keys.keys()[0]);
  EXPECT_EQ(refusal(keys, std::nullopt, Algorithm::hs512), ErrorCode::token_key_unknown);
}

TEST(VerificationKeySet, FindsNothingWhenItIsEmpty) {
  EXPECT_TRUE(VerificationKeySet{}.empty());
  EXPECT_EQ(refusal(VerificationKeySet{}, std::nullopt, Algorithm::hs256), ErrorCode::token_key_unknown);
  EXPECT_EQ(refusal(VerificationKeySet{}, "a", Algorithm::hs256), ErrorCode::token_key_unknown);
}

TEST(VerificationKeySet, RefusesTwoKeysOfOneIdAndAlgorithm) {
  const auto keys = VerificationKeySet::of(
      {key_named("a", Algorithm::hs256, 's'), key_named("b", Algorithm::hs256), key_named("a", Algorithm::hs256, 't')});
  ASSERT_FALSE(keys);
  EXPECT_EQ(keys.error().code(), ErrorCode::key_set_unusable);
}

}  // namespace
}  // namespace cardea
