// What every KeyStore does, sentence by sentence of cardea/core/key/key_store.hpp.
//
// A store's test defines a type with a `KeyStore& store()` over an empty store of its own, and writes
//   INSTANTIATE_TYPED_TEST_SUITE_P(Memory, KeyStoreContract, MemoryKeyStores);
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <cardea/core/key/key_store.hpp>
#include <latch>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace cardea {

inline KeyId key_id(std::string_view text) { return KeyId::parse(text).value(); }

template <class Stores>
class KeyStoreContract : public testing::Test {
 protected:
  using seconds = std::chrono::seconds;
  using microseconds = std::chrono::microseconds;

  KeyStore& store() { return stores_.store(); }

  StoredKey first_key(std::string_view id) const {
    return {.id = key_id(id),
            .algorithm = Algorithm::hs256,
            .sealed = "sealed " + std::string(id),
            .created_at = noon,
            .signs_from = later,
            .longest_token = seconds{1800},
            .succeeds = std::nullopt,
            .retired_at = std::nullopt};
  }
  StoredKey successor(std::string_view id, std::string_view of) const {
    auto key = first_key(id);
    key.succeeds = key_id(of);
    return key;
  }
  // The store has the keys a and b.
  void add_two() {
    ASSERT_TRUE(store().add(first_key("a")).value());
    ASSERT_TRUE(store().add(successor("b", "a")).value());
  }
  StoredKey found(std::string_view id) {
    const auto keys = store().list().value();
    for (const auto& key : keys) {
      if (key.id == key_id(id)) return key;
    }
    ADD_FAILURE() << "no key " << id;
    return first_key(id);
  }

  // Adds `key_of(0)` to `key_of(count - 1)` at the same time: how many were the first.
  template <class KeyOf>
  int count_added_at_once(int count, KeyOf key_of) {
    std::atomic<int> added = 0;
    std::latch start{count};
    std::vector<std::jthread> threads;
    for (int i = 0; i < count; ++i) {
      threads.emplace_back([&, i] {
        start.arrive_and_wait();
        if (store().add(key_of(i)).value()) ++added;
      });
    }
    threads.clear();
    return added;
  }

  const Instant noon = parse_instant("2026-01-01T12:00:00Z").value();
  const Instant later = parse_instant("2026-01-01T13:00:00Z").value();

 private:
  Stores stores_;
};

TYPED_TEST_SUITE_P(KeyStoreContract);

TYPED_TEST_P(KeyStoreContract, ListsAnEmptyStoreAsNothing) { EXPECT_TRUE(this->store().list().value().empty()); }

TYPED_TEST_P(KeyStoreContract, ListsWhatWasAddedAsItWas) {
  auto key = this->first_key("a");
  EXPECT_TRUE(this->store().add(key).value());
  auto next = this->successor("b", "a");
  next.longest_token = std::chrono::seconds{0};
  next.retired_at = this->later;
  EXPECT_TRUE(this->store().add(next).value());
  EXPECT_EQ(this->store().list().value(), (std::vector{key, next}));
}

TYPED_TEST_P(KeyStoreContract, ListsInTheOrderOfAdditionWhateverTheIdsAndTimes) {
  auto oldest = this->first_key("m");
  auto middle = this->successor("z", "m");
  auto newest = this->successor("a", "z");
  middle.created_at = oldest.created_at - std::chrono::hours{1};
  newest.signs_from = oldest.signs_from - std::chrono::hours{1};
  for (const auto& key : {oldest, middle, newest}) EXPECT_TRUE(this->store().add(key).value());
  EXPECT_TRUE(this->store().replace_sealed(oldest.id, oldest.sealed, "again").value());
  oldest.sealed = "again";
  EXPECT_EQ(this->store().list().value(), (std::vector{oldest, middle, newest}));
}

TYPED_TEST_P(KeyStoreContract, KeepsEveryTimeToTheMicrosecond) {
  auto key = this->first_key("a");
  key.created_at = this->noon + std::chrono::microseconds{123457};
  key.signs_from = this->noon + std::chrono::microseconds{1};
  key.retired_at = this->noon - std::chrono::microseconds{1};
  EXPECT_TRUE(this->store().add(key).value());
  EXPECT_EQ(this->found("a"), key);

  EXPECT_TRUE(this->store().add(this->successor("b", "a")).value());
  const auto odd = this->noon + std::chrono::microseconds{999999};
  EXPECT_TRUE(this->store().start_signing(key_id("b"), odd).has_value());
  EXPECT_TRUE(this->store().retire(key_id("b"), odd).has_value());
  EXPECT_EQ(this->found("b").signs_from, odd);
  EXPECT_EQ(this->found("b").retired_at, odd);
}

TYPED_TEST_P(KeyStoreContract, KeepsEveryAlgorithm) {
  std::optional<KeyId> last;
  for (const auto algorithm : all_algorithms()) {
    auto key = this->first_key(name_of(algorithm));
    key.algorithm = algorithm;
    key.succeeds = last;
    EXPECT_TRUE(this->store().add(key).value()) << name_of(algorithm);
    EXPECT_EQ(this->found(name_of(algorithm)).algorithm, algorithm);
    last = key.id;
  }
}

TYPED_TEST_P(KeyStoreContract, KeepsEveryValidText) {
  std::string longest_id;
  for (int i = 0; i < 128; ++i) longest_id += "\xF0\x9F\x94\x91";
  auto key = this->first_key(longest_id);
  key.sealed = "$x'\"%:id;--\\ \xC3\xA9" + std::string(20000, '_');
  EXPECT_TRUE(this->store().add(key).value());
  const auto next = this->successor(" 'x' OR :id = \"\\", longest_id);
  EXPECT_TRUE(this->store().add(next).value());
  EXPECT_EQ(this->store().list().value(), (std::vector{key, next}));
}

TYPED_TEST_P(KeyStoreContract, TellsIdsApartByteByByte) {
  EXPECT_TRUE(this->store().add(this->first_key("key")).value());
  EXPECT_TRUE(this->store().add(this->successor("KEY", "key")).value());
  EXPECT_TRUE(this->store().add(this->successor("key ", "KEY")).value());
  EXPECT_TRUE(this->store().retire(key_id("KEY"), this->later).has_value());
  EXPECT_EQ(this->found("key").retired_at, std::nullopt);
  EXPECT_EQ(this->found("KEY").retired_at, this->later);
  EXPECT_EQ(this->found("key ").retired_at, std::nullopt);
}

TYPED_TEST_P(KeyStoreContract, AddsOneFirstKeyOnly) {
  EXPECT_TRUE(this->store().add(this->first_key("a")).value());
  EXPECT_FALSE(this->store().add(this->first_key("b")).value());
  EXPECT_EQ(this->store().list().value(), std::vector{this->first_key("a")});
}

TYPED_TEST_P(KeyStoreContract, AddsOneSuccessorOfAKeyOnly) {
  this->add_two();
  EXPECT_FALSE(this->store().add(this->successor("c", "a")).value());
  EXPECT_TRUE(this->store().add(this->successor("c", "b")).value());
  EXPECT_EQ(this->store().list().value(),
            (std::vector{this->first_key("a"), this->successor("b", "a"), this->successor("c", "b")}));
}

TYPED_TEST_P(KeyStoreContract, RefusesAnIdThatIsTaken) {
  this->add_two();
  for (const auto* taken : {"a", "b"}) {
    const auto refusal = this->store().add(this->successor(taken, "b"));
    ASSERT_FALSE(refusal.has_value()) << taken;
    EXPECT_EQ(refusal.error().code(), ErrorCode::conflict) << taken;
  }
  EXPECT_EQ(this->store().list().value(), (std::vector{this->first_key("a"), this->successor("b", "a")}));
  EXPECT_TRUE(this->store().add(this->successor("c", "b")).value()) << "a refusal leaves the place free";
}

TYPED_TEST_P(KeyStoreContract, AnswersFalseForAKeyThatIsAddedAgain) {
  this->add_two();
  EXPECT_FALSE(this->store().add(this->first_key("a")).value());
  EXPECT_FALSE(this->store().add(this->successor("b", "a")).value());
}

TYPED_TEST_P(KeyStoreContract, AddsOneOfTheFirstKeysOfManyAtOnce) {
  const auto key_of = [&](int thread) { return this->first_key("from " + std::to_string(thread)); };
  EXPECT_EQ(this->count_added_at_once(8, key_of), 1);
  EXPECT_EQ(this->store().list().value().size(), 1U);
}

TYPED_TEST_P(KeyStoreContract, AddsOneOfTheSuccessorsOfManyAtOnceEachTime) {
  EXPECT_TRUE(this->store().add(this->first_key("0")).value());
  for (int round = 1; round <= 10; ++round) {
    const auto last = std::string(this->store().list().value().back().id.text());
    const auto key_of = [&](int thread) {
      return this->successor(std::to_string(round) + " from " + std::to_string(thread), last);
    };
    EXPECT_EQ(this->count_added_at_once(2, key_of), 1);
    EXPECT_EQ(this->store().list().value().size(), 1U + static_cast<std::size_t>(round));
    EXPECT_EQ(this->store().list().value().back().succeeds, key_id(last));
  }
}

TYPED_TEST_P(KeyStoreContract, BringsTheStartOfSigningForward) {
  this->add_two();
  EXPECT_TRUE(this->store().start_signing(key_id("b"), this->noon).has_value());
  auto changed = this->successor("b", "a");
  changed.signs_from = this->noon;
  EXPECT_EQ(this->store().list().value(), (std::vector{this->first_key("a"), changed}));
}

TYPED_TEST_P(KeyStoreContract, LeavesAStartOfSigningThatIsPast) {
  this->add_two();
  for (const auto offset : {std::chrono::microseconds{0}, std::chrono::microseconds{1}}) {
    EXPECT_TRUE(this->store().start_signing(key_id("b"), this->later + offset).has_value());
    EXPECT_EQ(this->found("b").signs_from, this->later);
  }
  EXPECT_TRUE(this->store().start_signing(key_id("b"), this->later - std::chrono::microseconds{1}).has_value());
  EXPECT_EQ(this->found("b").signs_from, this->later - std::chrono::microseconds{1});
}

TYPED_TEST_P(KeyStoreContract, RetiresAKeyAndLeavesTheOthers) {
  this->add_two();
  EXPECT_TRUE(this->store().retire(key_id("a"), this->later).has_value());
  auto changed = this->first_key("a");
  changed.retired_at = this->later;
  EXPECT_EQ(this->store().list().value(), (std::vector{changed, this->successor("b", "a")}));
}

TYPED_TEST_P(KeyStoreContract, RetiresAKeyAtTheFirstTimeGiven) {
  this->add_two();
  EXPECT_TRUE(this->store().retire(key_id("a"), this->later).has_value());
  for (const auto time : {this->later + std::chrono::hours{1}, this->noon}) {
    EXPECT_TRUE(this->store().retire(key_id("a"), time).has_value());
    EXPECT_EQ(this->found("a").retired_at, this->later);
  }
}

TYPED_TEST_P(KeyStoreContract, RaisesTheLongestTokenAndNeverLowersIt) {
  this->add_two();
  const std::chrono::seconds before{1800};
  for (const auto at_least : {before, before - std::chrono::seconds{1}, std::chrono::seconds{0}}) {
    EXPECT_TRUE(this->store().raise_longest_token(key_id("a"), at_least).has_value());
    EXPECT_EQ(this->found("a").longest_token, before);
  }
  EXPECT_TRUE(this->store().raise_longest_token(key_id("a"), before + std::chrono::seconds{1}).has_value());
  EXPECT_EQ(this->found("a").longest_token, before + std::chrono::seconds{1});
  EXPECT_EQ(this->found("b").longest_token, before);
}

TYPED_TEST_P(KeyStoreContract, ReplacesASealedTextOnlyWhileItIsTheExpectedOne) {
  this->add_two();
  EXPECT_TRUE(this->store().replace_sealed(key_id("a"), "sealed a", "second").value());
  EXPECT_EQ(this->found("a").sealed, "second");
  EXPECT_FALSE(this->store().replace_sealed(key_id("a"), "sealed a", "third").value());
  EXPECT_FALSE(this->store().replace_sealed(key_id("a"), "SECOND", "third").value());
  EXPECT_EQ(this->found("a").sealed, "second");
  EXPECT_EQ(this->found("b"), this->successor("b", "a"));
}

TYPED_TEST_P(KeyStoreContract, ReplacesASealedTextForOneOfManyWhoTryAtOnce) {
  this->add_two();
  std::atomic<int> won = 0;
  {
    std::latch start{8};
    std::vector<std::jthread> threads;
    for (int i = 0; i < 8; ++i) {
      threads.emplace_back([&, i] {
        start.arrive_and_wait();
        if (this->store().replace_sealed(key_id("a"), "sealed a", "from " + std::to_string(i)).value()) ++won;
      });
    }
  }
  EXPECT_EQ(won, 1);
  EXPECT_TRUE(this->found("a").sealed.starts_with("from "));
}

TYPED_TEST_P(KeyStoreContract, ChangesAKeyThatIsRetiredAllTheSame) {
  this->add_two();
  EXPECT_TRUE(this->store().retire(key_id("b"), this->noon).has_value());
  EXPECT_TRUE(this->store().start_signing(key_id("b"), this->noon).has_value());
  EXPECT_TRUE(this->store().raise_longest_token(key_id("b"), std::chrono::hours{1}).has_value());
  EXPECT_TRUE(this->store().replace_sealed(key_id("b"), "sealed b", "second").value());
  EXPECT_EQ(this->found("b").signs_from, this->noon);
  EXPECT_EQ(this->found("b").longest_token, std::chrono::hours{1});
  EXPECT_EQ(this->found("b").sealed, "second");
}

TYPED_TEST_P(KeyStoreContract, KnowsNoKeyThatWasNotAdded) {
  const auto expect_not_found = [&](std::string_view id) {
    const auto key = key_id(id);
    EXPECT_EQ(this->store().start_signing(key, this->noon).error().code(), ErrorCode::key_not_found) << id;
    EXPECT_EQ(this->store().retire(key, this->noon).error().code(), ErrorCode::key_not_found) << id;
    EXPECT_EQ(this->store().raise_longest_token(key, std::chrono::hours{9}).error().code(), ErrorCode::key_not_found)
        << id;
    EXPECT_EQ(this->store().replace_sealed(key, "sealed a", "second").error().code(), ErrorCode::key_not_found) << id;
  };
  expect_not_found("a");
  this->add_two();
  for (const auto* id : {"c", "A", "a ", "", "%"}) expect_not_found(id);
  EXPECT_EQ(this->store().list().value(), (std::vector{this->first_key("a"), this->successor("b", "a")}));
}

REGISTER_TYPED_TEST_SUITE_P(KeyStoreContract, ListsAnEmptyStoreAsNothing, ListsWhatWasAddedAsItWas,
                            ListsInTheOrderOfAdditionWhateverTheIdsAndTimes, KeepsEveryTimeToTheMicrosecond,
                            KeepsEveryAlgorithm, KeepsEveryValidText, TellsIdsApartByteByByte, AddsOneFirstKeyOnly,
                            AddsOneSuccessorOfAKeyOnly, RefusesAnIdThatIsTaken, AnswersFalseForAKeyThatIsAddedAgain,
                            AddsOneOfTheFirstKeysOfManyAtOnce, AddsOneOfTheSuccessorsOfManyAtOnceEachTime,
                            BringsTheStartOfSigningForward, LeavesAStartOfSigningThatIsPast,
                            RetiresAKeyAndLeavesTheOthers, RetiresAKeyAtTheFirstTimeGiven,
                            RaisesTheLongestTokenAndNeverLowersIt, ReplacesASealedTextOnlyWhileItIsTheExpectedOne,
                            ReplacesASealedTextForOneOfManyWhoTryAtOnce, ChangesAKeyThatIsRetiredAllTheSame,
                            KnowsNoKeyThatWasNotAdded);

}  // namespace cardea
