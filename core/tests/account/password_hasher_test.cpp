// The hashes below were made by other programs: argon2 (Debian's libargon2) and passlib 1.7 with python3-bcrypt.
#include <gtest/gtest.h>

#include <cardea/core/account/password_hasher.hpp>
#include <chrono>

namespace cardea {
namespace {

const PasswordHasher& hasher() {
  static const PasswordHasher cheap{HashCost::worthless_for_tests_only()};
  return cheap;
}

Result<bool> verify(std::string_view password, std::string hash) {
  return hasher().verify(Secret::copy_of(password), PasswordHash{std::move(hash)});
}

TEST(PasswordHasher, MakesArgon2idStringsOfTheFloorUnlessToldToDoMore) {
  const auto hash = PasswordHasher{}.hash(Secret::copy_of("correct horse")).value();
  EXPECT_TRUE(hash.expose().starts_with("$argon2id$v=19$m=19456,t=2,p=1$")) << hash.expose();
  EXPECT_TRUE(PasswordHasher{}.verify(Secret::copy_of("correct horse"), hash).value());
  EXPECT_FALSE(PasswordHasher{}.verify(Secret::copy_of("correct horsf"), hash).value());
}

TEST(PasswordHasher, SaltsEachHash) {
  const auto password = Secret::copy_of("correct horse");
  EXPECT_NE(hasher().hash(password).value(), hasher().hash(password).value());
}

TEST(PasswordHasher, CountsEveryByteOfALongPassword) {
  const std::string longest(PasswordHasher::kLongestPassword, 'x');
  const auto hash = hasher().hash(Secret::copy_of(longest)).value();
  EXPECT_TRUE(hasher().verify(Secret::copy_of(longest), hash).value());
  EXPECT_FALSE(hasher().verify(Secret::copy_of(longest.substr(1)), hash).value());
  const std::string_view with_nul{"a\0b", 3};
  EXPECT_FALSE(hasher().verify(Secret::copy_of("a"), hasher().hash(Secret::copy_of(with_nul)).value()).value());
}

TEST(PasswordHasher, RefusesToHashAnOverlongPassword) {
  EXPECT_EQ(hasher().hash(Secret::copy_of(std::string(1025, 'x'))).error().code(), ErrorCode::password_rejected);
}

TEST(PasswordHasher, VerifiesArgon2OfOtherPrograms) {
  for (const auto* hash : {
           "$argon2id$v=19$m=4096,t=3,p=1$c2FsdHNhbHQwMTIz$xogKE0OUww3chtkcD/U8NUp/L64lztskxbpxey17//M",
           "$argon2id$v=19$m=4096,t=3,p=2$c2FsdHNhbHQwMTIz$2YALCTNLL/IyOFmQFbUOfvH1jij7pE2VxXidmw0reSg",
           "$argon2id$v=19$m=4096,t=3,p=4$c2FsdHNhbHQwMTIz$FIJdqtn91G2gcJQ+0+KP5T6o8P3NFKmO9SX4FX1+Y1g",
           "$argon2i$v=19$m=4096,t=3,p=1$c2FsdHNhbHQwMTIz$EICxxlbREuyAO3SoMRzXii8byFllmT+A/8p4mDxQA7E",
           "$argon2i$v=19$m=4096,t=3,p=4$c2FsdHNhbHQwMTIz$/XmhKiYbpCAXWcjLP9pm24pxbaBLUu5eOgg8EiQbn7I",
       }) {
    EXPECT_TRUE(verify("correct horse", hash).value()) << hash;
    EXPECT_FALSE(verify("correct hors", hash).value()) << hash;
    EXPECT_FALSE(verify("", hash).value()) << hash;
  }
}

TEST(PasswordHasher, VerifiesBcryptOfPasslib) {
  for (const auto* hash : {"$2a$04$evg6/ErT6Ez77Dqu0khUcuy8iBavYQUbTLyBvCa6.SpSY5Us6ipIO",
                           "$2b$04$Q/q4hc55Tt4bRBFpGaDa2eJGDT2gFt5ixLtDpKIinOtsgm/g1RU7K",
                           "$2y$04$0PyW/MZ8oAZ59fhZZKECC.AqIbC20y3NKceq4O5O1oBcbx597Ca6."}) {
    EXPECT_TRUE(verify("correct horse", hash).value()) << hash;
    EXPECT_FALSE(verify("correct hors", hash).value()) << hash;
  }
  EXPECT_TRUE(verify("пароль", "$2b$04$SI3D55F.cLzuf3laPxyHXuQA9qT0uCuyAZtTaGSGDZfNmMtbToPsG").value());
  EXPECT_TRUE(verify("", "$2b$04$fmnnbjllvAxhYgDW3L7jyOTA4oS4ADAZoi8ioCIxSD2vzQAZ8iI5.").value());
}

TEST(PasswordHasher, ReadsSeventyTwoBytesForBcryptAsPasslibDoes) {
  const auto* const of_72_and_a_tail = "$2b$04$Vwz7RVfH945QaPj2XKsmQu6Vd8KVBToKSGxsCMJ7m3SXDjJzWXsR.";
  const auto* const of_600 = "$2b$04$kY.CtOY1X5orbDVxm/Yc6eBu3pnTvEWsGbKQg6MdAJEiE2gRfU2bu";
  for (const auto* hash : {of_72_and_a_tail, of_600}) {
    EXPECT_TRUE(verify(std::string(72, 'x'), hash).value());
    EXPECT_TRUE(verify(std::string(1024, 'x'), hash).value());
    EXPECT_FALSE(verify(std::string(71, 'x'), hash).value());
  }
}

TEST(PasswordHasher, MatchesNoBcryptHashByAPasswordWithANul) {
  const auto* const of_empty = "$2b$04$fmnnbjllvAxhYgDW3L7jyOTA4oS4ADAZoi8ioCIxSD2vzQAZ8iI5.";
  EXPECT_FALSE(verify(std::string_view{"\0tail", 5}, of_empty).value());
}

TEST(PasswordHasher, RefusesUnboundedCostsWithoutWork) {
  const auto started = std::chrono::steady_clock::now();
  for (const auto* hash :
       {"$argon2id$v=19$m=262145,t=1,p=1$c2FsdHNhbHQwMTIz$xogKE0OUww3chtkcD/U8NUp/L64lztskxbpxey17//M",
        "$argon2id$v=19$m=4294967295,t=1,p=1$c2FsdHNhbHQwMTIz$xogKE0OUww3chtkcD/U8NUp/L64lztskxbpxey17",
        "$argon2id$v=19$m=4096,t=11,p=1$c2FsdHNhbHQwMTIz$xogKE0OUww3chtkcD/U8NUp/L64lztskxbpxey17//M",
        "$argon2i$v=19$m=4096,t=4294967295,p=1$c2FsdHNhbHQwMTIz$xogKE0OUww3chtkcD/U8NUp/L64lztskxbpxey1",
        "$argon2id$v=19$m=4096,t=3,p=5$c2FsdHNhbHQwMTIz$xogKE0OUww3chtkcD/U8NUp/L64lztskxbpxey17//M",
        "$2b$15$Q/q4hc55Tt4bRBFpGaDa2eJGDT2gFt5ixLtDpKIinOtsgm/g1RU7K",
        "$2b$31$Q/q4hc55Tt4bRBFpGaDa2eJGDT2gFt5ixLtDpKIinOtsgm/g1RU7K",
        "$2b$03$Q/q4hc55Tt4bRBFpGaDa2eJGDT2gFt5ixLtDpKIinOtsgm/g1RU7K"}) {
    const auto answer = verify("correct horse", hash);
    ASSERT_FALSE(answer.has_value()) << hash;
    EXPECT_EQ(answer.error().code(), ErrorCode::password_hash_unsupported) << hash;
    EXPECT_TRUE(hasher().needs_rehash(PasswordHash{hash})) << hash;
  }
  // One bcrypt of cost 15 takes seconds.
  EXPECT_LT(std::chrono::steady_clock::now() - started, std::chrono::seconds{1});
}

TEST(PasswordHasher, RefusesWhatIsNoHashItKnows) {
  for (const std::string hash :
       {"",
        "alicepw",
        "*0",
        "!",
        "$",
        "$1$salt$hash",
        "$5$rounds=5000$salt$hash",
        "$2$04$",
        "$2x$04$",
        "$2b$",
        "$2b$04$Q/q4hc55Tt4bRBFpGaDa2eJGDT2gFt5ixLtDpKIinOtsgm/g1RU7",
        "$argon2id$",
        "$argon2d$v=19$m=8,t=1,p=1$c2Fs$aGFz",
        "$2b$04$Q/q4hc55Tt4bRBFpGaDa2eJGDT2gFt5ixLtDpKIinOtsgm/g1RU7K ",
        "$2b$04$Q/q4hc55Tt4bRBFpGaDa2eJGDT2gFt5ixLtDpKIinOtsgm/g1RU7\n",
        "$2b$4$xQ/q4hc55Tt4bRBFpGaDa2eJGDT2gFt5ixLtDpKIinOtsgm/g1RU7K",
        "$argon2id$v=16$m=4096,t=3,p=1$c2FsdHNhbHQwMTIz$xogKE0OUww3chtkcD/U8NUp/L64lztskxbpxey17//M",
        "$argon2id$v=19$m=04096,t=3,p=1$c2FsdHNhbHQwMTIz$xogKE0OUww3chtkcD/U8NUp/L64lztskxbpxey17//M",
        "$argon2id$v=19$m=-1,t=3,p=1$c2FsdHNhbHQwMTIz$xogKE0OUww3chtkcD/U8NUp/L64lztskxbpxey17//M",
        "$argon2id$v=19$m=4096,t=3,p=1$c2FsdHNhbHQwMTIz$",
        "$argon2id$v=19$m=4096,t=3,p=1$!$!",
        "$argon2id$v=19$m=4096,t=3,p=1,data=x$c2FsdHNhbHQwMTIz$xogKE0OUww3chtkcD/U8NUp/L64lztskxbpxey17//M"}) {
    const auto answer = verify("correct horse", hash);
    ASSERT_FALSE(answer.has_value()) << hash;
    EXPECT_EQ(answer.error().code(), ErrorCode::password_hash_unsupported) << hash;
  }
}

TEST(PasswordHasher, RehashesWhatIsWeakerThanANewHash) {
  const PasswordHasher current{HashCost::of(20'000, 3).value()};
  const auto needs_rehash = [&](std::string hash) { return current.needs_rehash(PasswordHash{std::move(hash)}); };
  EXPECT_FALSE(needs_rehash("$argon2id$v=19$m=20000,t=3,p=1$c2FsdHNhbHQwMTIz$aGFzaGhhc2hoYXNo"));
  EXPECT_FALSE(needs_rehash("$argon2id$v=19$m=65536,t=4,p=4$c2FsdHNhbHQwMTIz$aGFzaGhhc2hoYXNo"));
  EXPECT_TRUE(needs_rehash("$argon2id$v=19$m=19999,t=3,p=1$c2FsdHNhbHQwMTIz$aGFzaGhhc2hoYXNo"));
  EXPECT_TRUE(needs_rehash("$argon2id$v=19$m=20000,t=2,p=1$c2FsdHNhbHQwMTIz$aGFzaGhhc2hoYXNo"));
  EXPECT_TRUE(needs_rehash("$argon2i$v=19$m=20000,t=3,p=1$c2FsdHNhbHQwMTIz$aGFzaGhhc2hoYXNo"));
  EXPECT_TRUE(needs_rehash("$2b$12$Q/q4hc55Tt4bRBFpGaDa2eJGDT2gFt5ixLtDpKIinOtsgm/g1RU7K"));
}

TEST(PasswordHasher, HasADecoyThatCostsTheSameAndFitsNothing) {
  EXPECT_TRUE(PasswordHasher{}.decoy().expose().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
  EXPECT_FALSE(hasher().verify(Secret::copy_of(""), hasher().decoy()).value());
  EXPECT_FALSE(hasher().needs_rehash(hasher().decoy()));
  EXPECT_NE(PasswordHasher{}.decoy(), PasswordHasher{}.decoy());
}

TEST(HashCost, CannotBeLoweredBelowTheFloorOrRaisedPastTheBounds) {
  EXPECT_EQ(HashCost::of(19'456, 2).value(), HashCost{});
  EXPECT_EQ(HashCost::of(262'144, 10).value().memory_kib(), 262'144U);
  for (const auto& [memory, passes] : {std::pair{19'455U, 2U}, {262'145U, 2U}, {19'456U, 1U}, {19'456U, 11U}}) {
    EXPECT_EQ(HashCost::of(memory, passes).error().code(), ErrorCode::configuration_invalid);
  }
}

}  // namespace
}  // namespace cardea
