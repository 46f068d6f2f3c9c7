// The hashes below were made by other programs: passlib 1.7, Django 3.2, libxcrypt's crypt, Python's hashlib, and the
// authors of RFC 6070, RFC 7914 and Firebase's scrypt.
#include <gtest/gtest.h>

#include <cardea/core/account/authenticator.hpp>
#include <cardea/core/account/firebase_hash_config.hpp>
#include <cardea/core/account/memory_user_store.hpp>
#include <cardea/core/audit/memory_audit_sink.hpp>
#include <chrono>
#include <ostream>

#include "account/user_store_contract.hpp"

namespace cardea {
namespace {

struct Imported {
  const char* name;
  std::string_view password;
  std::string hash;
};

void PrintTo(const Imported& imported, std::ostream* out) { *out << imported.name; }

const std::string kHundred(100, 'x');

const Imported kImported[] = {
    {"PasslibScrypt", "correct horse",
     "$scrypt$ln=10,r=8,p=1$IYSQUorx/v+/l/J+7z2HcA$rCLLrzJgusUkFn2kjfdNdBnuNjHlI+N+UZVk4SNzTmM"},
    {"PasslibScryptWithLanes", "correct horse",
     "$scrypt$ln=8,r=4,p=2$7L23ViqFsBZC6N177z2H8A$+gb38OW6sbf9GNvQvD2brnGDTkbP+cfYRVKIg1k/QDk"},
    {"Rfc7914Scrypt", "password",
     "$scrypt$ln=10,r=8,p=16$TmFDbA$/bq+HJ00cgB4VucZDQHp/nxq18vII3gw53N2Y0s3MWIurzDZLiKjiG/"
     "xCSedmDDaxyevuUqD7m2DYMvfoswGQA"},
    {"PasslibPbkdf2Sha256", "correct horse",
     "$pbkdf2-sha256$1000$ZEwphdAaIwRg7H3PGeO89w$I2vSy/dL.WfZn8sCAyDT4n74awJquErQAZXdfL5BN9Q"},
    {"PasslibPbkdf2Utf8", "пароль",
     "$pbkdf2-sha256$1000$uFeKkTLGmJPynpMyxlhLyQ$.NdK39Aitgr4m4JDhb177kuELLKfRyJuzzP8KzoYyCA"},
    {"PasslibPbkdf2WithoutSalt", "correct horse", "$pbkdf2-sha256$7$$Yhl4O/6xqzuulSD0UIRD8TibYitGZ/PUjV/R0v6rjdA"},
    {"PasslibPbkdf2Sha512", "correct horse",
     "$pbkdf2-sha512$1000$733vXQvhfO/9fw8BwLgXQg$aIFI0c4N7WQuSh2EabPIjNSWpDk8o3dYF8avhhClrmLGJtaQTw3WjDHR8OG41yJ/"
     "yAu5wQSYVecPDCAfHxqDSg"},
    {"PasslibPbkdf2Sha1", "correct horse", "$pbkdf2$1000$rzWG8D5HqJXy/p.T0tpbSw$hz0jGBOoRLSmakXtLMP8U6N7G1M"},
    {"Rfc6070Pbkdf2", "password", "$pbkdf2$4096$c2FsdA$SwB5AbdlSJq.rUnZJvch0GWkKcE"},
    {"Rfc7914Pbkdf2", "Password", "$pbkdf2-sha256$80000$TmFDbA$TdzY9guYviGDDO5e8icB.WQaRBjQTAQUrv8Ih2s0q1Y"},
    {"PasslibBcryptSha256", "correct horse",
     "$bcrypt-sha256$v=2,t=2b,r=4$j0CKmtPP6P9egOJK3fVxKe$NDUDZlxor/UZczHbVx8JTuVWsAT2LJK"},
    {"PasslibBcryptSha256OfAHundredBytes", kHundred,
     "$bcrypt-sha256$v=2,t=2b,r=4$mchx7p2s3/UX21vwC10X.u$a36U98Ww2s3v1dZ3vkdGvlbnJNiODZO"},
    {"PasslibBcryptSha256BeforeVersion2", "correct horse",
     "$bcrypt-sha256$2b,4$8AutxOErP5CBmJvumdb0/e$y7eRJ2Dl/MZZBkI9EAapsPGxstIlvJa"},
    {"PasslibArgon2", "correct horse", "$argon2id$v=19$m=64,t=2,p=4$pbSWMqaU8n5v7T1HCCEE4A$2cvLOj8iWxyOk3it5qqSKQ"},
    {"DjangoPbkdf2Sha256", "correct horse",
     "pbkdf2_sha256$1000$saltsaltsalt$F7o7+5VTVzFAO998X6s3AHrDsJVdMiIlgndIMe19NvY="},
    {"DjangoPbkdf2Utf8", "пароль", "pbkdf2_sha256$1000$s$Ep48/VcZBa7vBqg19ibo3qWsj0NrbrYRWrIHJCrjeSY="},
    {"DjangoPbkdf2Sha1", "correct horse", "pbkdf2_sha1$1000$saltsaltsalt$JfNU29qvQkW1UgahO6OQ0oP6O0I="},
    {"DjangoArgon2", "correct horse", "argon2$argon2id$v=19$m=1024,t=2,p=8$c2FsdHNhbHRzYWx0$CWncCuyg7QEfQNhlUzjfOw"},
    {"DjangoBcryptSha256", "correct horse",
     "bcrypt_sha256$$2b$04$sWV1xbROalQgDvcQb01L/ePWbN87hDsO2WO6OMcbPT8Mlw2orGs6y"},
    {"DjangoBcryptSha256OfAHundredBytes", kHundred,
     "bcrypt_sha256$$2b$04$0KUa0YjxQdXwua/4jVMRpumm0iFC8W/a8ZbJC78EehGa01P20PCXu"},
    {"DjangoBcrypt", "correct horse", "bcrypt$$2b$04$HDz76DRqZBRbA/UWs/E9wuXbS.NdbebHc7fu/jVIuJg8BMYjNBKG."},
    {"DjangoScrypt", "correct horse",
     "scrypt$1024$saltsaltsalt$8$5$Kc4G/Z/sXNdpyJ3LA2iScqjXi5dcUdJjvGFcHHaopUBuAIBmjcsT7arqi7ouFHELmir7VXCJnsuMxD3W9oBD"
     "Hw=="},
    {"Sha512Crypt", "correct horse",
     "$6$I/yvfCIzC262iCYe$ZmTxNRoJ2j2g10R3DSZi2kQfp.phae9K1d7XIpXeZMIIX74Ql/UBSGIoM1tToSHB3CzXdDHZkWhl0bEhZowsF0"},
    {"Sha512CryptWithRounds", "correct horse",
     "$6$rounds=1000$I5DzTB8igTP8a03z$ljWYFsj3nwk6.hDB85eaYogzm2Pn."
     "3TxXVMFfhOUhgM1ABg0Rfgz2EBoflCRyrdbgAkVHxILcSl410tFyUAXz/"},
    {"Sha512CryptUtf8", "пароль",
     "$6$rounds=1234$x$MPYG3MJeUl/QaLnLk7coeySAAlNtm3QRKUI2tviBtvt4g.LPaqtRSHWeWY.PKXrocGacqlygcQNxAqZ.Zxcs0."},
    {"Yescrypt", "correct horse", "$y$j75$.2U.1EE/4Q.07ck0AoU1D.$3fy1IhgrhvRDSStlmCfwJ2fLAbxUtjjuSssQD9UIE4B"},
    {"YescryptOfDebiansCost", "correct horse",
     "$y$j9T$.2U.1EE/4Q.07ck0AoU1D.$YuY0R/s.xvV4.QiE.UdY16FoIA3et4sZidXD3v7och8"},
    {"ScryptCrypt", "correct horse",
     "$7$BU..../.....2U.1EE/4Q.07ck0AoU1D.$l/N3Grvj.DTe8He3N.8WPBZsnaZZcw6PYwrTiQmKlH9"},
    {"Firebase", "user1password",
     "$firebase-scrypt$ln=14,r=8,p=1$42xEC+ixf3L2lwc$GjH2+Jz+dglLj5NuFkZHgBvZnv8Z8VZE5sdIgEAbIgeXy+ZfSpJLu1A++"
     "pZcpx0OhX41mDwvu2Olmp+PnfLfyQ"},
};

class ImportedHashTest : public testing::TestWithParam<Imported> {
 protected:
  const PasswordHasher hasher{HashCost::worthless_for_tests_only()};
};

TEST_P(ImportedHashTest, FitsItsPasswordAndNoOther) {
  const PasswordHash hash{GetParam().hash};
  ASSERT_TRUE(PasswordHasher::check(hash).has_value()) << PasswordHasher::check(hash).error().public_text();
  EXPECT_TRUE(hasher.verify(Secret::copy_of(GetParam().password), hash).value());
  EXPECT_FALSE(hasher.verify(Secret::copy_of(GetParam().password.substr(1)), hash).value());
  EXPECT_FALSE(hasher.verify(Secret::copy_of(""), hash).value());
}

TEST_P(ImportedHashTest, IsRenewedAsArgon2idByTheFirstLogin) {
  MemoryUserStore users;
  MemoryAuditSink audit;
  const PasswordHasher current;
  Authenticator authenticator{users, current, audit};
  const auto noon = at("2026-01-01T12:00:00Z");
  users.add({name("alice"), role("user"), PasswordHash{GetParam().hash}}, noon).value();
  const auto password = Secret::copy_of(GetParam().password);
  ASSERT_TRUE(authenticator.log_in("alice", password, {}, noon).has_value());
  const auto renewed = users.find_credentials(name("alice")).value()->password_hash;
  EXPECT_TRUE(renewed.expose().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
  EXPECT_TRUE(authenticator.log_in("alice", password, {}, noon).has_value());
  EXPECT_EQ(users.find_credentials(name("alice")).value()->password_hash, renewed);
}

// A piece of a hash must not pass for a whole one.
TEST_P(ImportedHashTest, FitsNothingWhenItsEndIsMissing) {
  for (std::size_t missing = 1; missing <= 20; ++missing) {
    const PasswordHash part{GetParam().hash.substr(0, GetParam().hash.size() - missing)};
    if (!PasswordHasher::check(part)) continue;
    EXPECT_FALSE(hasher.verify(Secret::copy_of(GetParam().password), part).value()) << part.expose();
  }
}

INSTANTIATE_TEST_SUITE_P(Programs, ImportedHashTest, testing::ValuesIn(kImported),
                         [](const auto& test) { return std::string(test.param.name); });

std::string refusal_of(std::string hash) {
  const auto checked = PasswordHasher::check(PasswordHash{hash});
  if (checked) return "accepted";
  EXPECT_EQ(checked.error().code(), ErrorCode::password_hash_unsupported);
  const PasswordHasher hasher{HashCost::worthless_for_tests_only()};
  const auto verified = hasher.verify(Secret::copy_of("x"), PasswordHash{std::move(hash)});
  EXPECT_FALSE(verified.has_value());
  return std::string(checked.error().public_text());
}

TEST(ImportedHash, IsRefusedWithAReasonAndWithoutWorkWhenItCostsTooMuch) {
  const std::string digest43(43, 'a'), digest86(86, 'a'), base64_32(43, 'A');
  const auto started = std::chrono::steady_clock::now();
  const std::string scrypt_reason = "scrypt or yescrypt with N * r * p over 2097152 (256 MiB)";
  EXPECT_EQ(refusal_of("$scrypt$ln=19,r=8,p=1$c2FsdA$" + base64_32), scrypt_reason);
  EXPECT_EQ(refusal_of("$scrypt$ln=18,r=8,p=2$c2FsdA$" + base64_32), scrypt_reason);
  EXPECT_EQ(refusal_of("$scrypt$ln=64,r=8,p=1$c2FsdA$" + base64_32), scrypt_reason);
  EXPECT_EQ(refusal_of("$scrypt$ln=4294967295,r=4294967295,p=4294967295$c2FsdA$" + base64_32), scrypt_reason);
  EXPECT_EQ(refusal_of("$scrypt$ln=1,r=33,p=1$c2FsdA$" + base64_32), scrypt_reason);
  EXPECT_EQ(refusal_of("$scrypt$ln=1,r=1,p=17$c2FsdA$" + base64_32), scrypt_reason);
  EXPECT_EQ(refusal_of("$firebase-scrypt$ln=19,r=8,p=1$c2FsdA$" + base64_32), scrypt_reason);
  EXPECT_EQ(refusal_of("scrypt$2147483648$salt$8$1$" + base64_32 + "="), scrypt_reason);
  EXPECT_EQ(refusal_of("$7$GU..../....salt$" + digest43), scrypt_reason);
  EXPECT_EQ(refusal_of("$7$BU....zzzzzsalt$" + digest43), scrypt_reason);
  EXPECT_EQ(refusal_of("$y$jFT$salt$" + digest43), scrypt_reason);
  EXPECT_EQ(refusal_of("$y$jzT$salt$" + digest43), scrypt_reason);
  EXPECT_EQ(refusal_of("$6$rounds=1000001$salt$" + digest86), "sha512-crypt outside 1000 to 1000000 rounds");
  EXPECT_EQ(refusal_of("$6$rounds=999$salt$" + digest86), "sha512-crypt outside 1000 to 1000000 rounds");
  EXPECT_EQ(refusal_of("$pbkdf2-sha256$3000001$c2FsdA$" + base64_32), "PBKDF2 with more than 3000000 rounds");
  EXPECT_EQ(refusal_of("pbkdf2_sha1$4294967295$salt$" + std::string(27, 'A') + "="),
            "PBKDF2 with more than 3000000 rounds");
  EXPECT_EQ(refusal_of("bcrypt_sha256$$2b$15$" + std::string(53, 'a')), "bcrypt with a cost outside 4 to 14");
  EXPECT_EQ(refusal_of("$bcrypt-sha256$v=2,t=2b,r=15$" + std::string(22, 'a') + "$" + std::string(31, 'a')),
            "bcrypt with a cost outside 4 to 14");
  EXPECT_EQ(refusal_of("argon2$argon2id$v=19$m=262145,t=2,p=8$c2FsdHNhbHQ$" + base64_32),
            "argon2 with more than 256 MiB");
  EXPECT_EQ(refusal_of("argon2$argon2id$v=19$m=1024,t=2,p=9$c2FsdHNhbHQ$" + base64_32),
            "argon2 with more than 8 lanes");
  EXPECT_EQ(refusal_of("$argon2id$v=19$m=1024,t=2,p=8$c2FsdHNhbHQ$" + base64_32), "argon2 with more than 4 lanes");
  EXPECT_EQ(refusal_of("$argon2id$v=19$m=1024,t=11,p=1$c2FsdHNhbHQ$" + base64_32), "argon2 with more than 10 passes");
  EXPECT_LT(std::chrono::steady_clock::now() - started, std::chrono::seconds{1});
}

TEST(ImportedHash, IsRefusedWithAReasonWhenMalformed) {
  const std::string digest43(43, 'a'), digest86(86, 'a'), base64_32(43, 'A');
  for (const auto& hash : std::vector<std::string>{
           "$scrypt$ln=10,r=8,p=1$c2FsdA$" + base64_32 + "=",
           "$scrypt$ln=10,r=8,p=1$c2FsdA$" + base64_32 + "$",
           "$scrypt$ln=10,r=8,p=1$c2FsdA$AAAA",
           "$scrypt$ln=010,r=8,p=1$c2FsdA$" + base64_32,
           "$scrypt$ln=10,r=8$c2FsdA$" + base64_32,
           "$scrypt$ln=10,r=8,p=1$s!lt$" + base64_32,
           "scrypt$1000$salt$8$1$" + base64_32 + "=",
           "scrypt$1024$salt$8$1$" + base64_32,
           "$pbkdf2-sha256$0$c2FsdA$" + base64_32,
           "$pbkdf2-sha256$-1$c2FsdA$" + base64_32,
           "$pbkdf2-sha256$1000$c2FsdA$",
           "$pbkdf2-sha256$1000$c2FsdA$" + std::string(86, 'A'),
           "$pbkdf2-sha256$1000$c2+sdA$" + base64_32,
           "pbkdf2_sha256$1000$salt$" + base64_32,
           "$6$salt$" + digest86 + "a",
           "$6$saltsaltsaltsalts$" + digest86,
           "$6$rounds=$salt$" + digest86,
           "$6$s:lt$" + digest86,
           "$y$j9T$salt$" + digest43 + "a",
           "$y$j9T/$salt$" + digest43,
           "$7$BU..../....sa!t$" + digest43,
           "argon2$argon2id$v=19$m=1024,t=2,p=8$c2FsdHNhbHQ$AAAA",
           std::string{"$argon2id$v=19$m=16,t=2,p=4$c2FsdHNhbHQ$"} + base64_32,
           "bcrypt$2b$04$HDz76DRqZBRbA/UWs/E9wuXbS.NdbebHc7fu/jVIuJg8BMYjNBKG.a",
           std::string("$bcrypt-sha256$v=2,t=2b"),
       }) {
    const auto reason = refusal_of(hash);
    EXPECT_TRUE(reason.starts_with("malformed ")) << hash << ": " << reason;
  }
  EXPECT_EQ(refusal_of("$y$k9T$salt$" + digest43), "yescrypt of another kind than $y$j");
  EXPECT_EQ(refusal_of("$md5$salt$x"), "a password hash of an unknown scheme");
  EXPECT_EQ(refusal_of("pbkdf2_sha256$1000$" + std::string(600, 'a') + "$" + base64_32 + "="),
            "malformed password hash");
  EXPECT_EQ(refusal_of(std::string(PasswordHash::of_no_password().expose())), "a password hash of an unknown scheme");
}

TEST(ImportedHash, OfCryptMatchesNoPasswordThatCryptCannotRead) {
  const PasswordHasher hasher{HashCost::worthless_for_tests_only()};
  const PasswordHash hash{
      "$6$I/yvfCIzC262iCYe$ZmTxNRoJ2j2g10R3DSZi2kQfp.phae9K1d7XIpXeZMIIX74Ql/UBSGIoM1tToSHB3CzXdDHZkWhl0bEhZowsF0"};
  EXPECT_FALSE(hasher.verify(Secret::copy_of(std::string_view{"correct horse\0", 14}), hash).value());
  EXPECT_FALSE(hasher.verify(Secret::copy_of(std::string(512, 'x')), hash).value());
  EXPECT_FALSE(hasher.verify(Secret::copy_of(std::string(511, 'x')), hash).value());
}

// https://github.com/firebase/scrypt, README.
constexpr std::string_view kFirebase =
    "hash_config {\n"
    "  algorithm: SCRYPT,\n"
    "  base64_signer_key: jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==,\n"
    "  base64_salt_separator: Bw==,\n"
    "  rounds: 8,\n"
    "  mem_cost: 14,\n"
    "}\n";
constexpr std::string_view kFirebaseHash =
    "lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==";

TEST(FirebaseHashConfig, MakesAHashThatVerifiesWithoutTheSignerKey) {
  const auto config = FirebaseHashConfig::parse(kFirebase).value();
  const auto hash = config.hash_of("42xEC+ixf3L2lw==", kFirebaseHash).value();
  EXPECT_EQ(config.hash_of("42xEC-ixf3L2lw", kFirebaseHash).value(), hash) << "the other alphabet, without padding";
  const PasswordHasher hasher{HashCost::worthless_for_tests_only()};
  EXPECT_TRUE(hasher.verify(Secret::copy_of("user1password"), hash).value());
  EXPECT_FALSE(hasher.verify(Secret::copy_of("user2password"), hash).value());
}

TEST(FirebaseHashConfig, RefusesAHashOfAnotherForm) {
  const auto config = FirebaseHashConfig::parse(kFirebase).value();
  for (const auto& [salt, hash] : {std::pair{std::string_view{"!"}, kFirebaseHash},
                                   {"42xEC+ixf3L2lw==", ""},
                                   {"42xEC+ixf3L2lw==", kFirebaseHash.substr(4)},
                                   {"42xEC+ixf3L2lw==", "not base64"}}) {
    EXPECT_EQ(config.hash_of(salt, hash).error().code(), ErrorCode::password_hash_unsupported) << salt << ' ' << hash;
  }
}

TEST(FirebaseHashConfig, NamesTheParameterThatIsMissingOrOutOfBounds) {
  const struct {
    std::string_view from, to, named;
  } changes[] = {
      {"SCRYPT", "BCRYPT", "algorithm"},
      {"base64_signer_key: jxsp", "base64_signer_key: ", "base64_signer_key"},
      {"base64_signer_key", "signer", "base64_signer_key"},
      {"Bw==", "!!", "base64_salt_separator"},
      {"rounds: 8", "rounds: 9", "rounds"},
      {"rounds: 8", "rounds: x", "rounds"},
      {"mem_cost: 14", "mem_cost: 15", "mem_cost"},
      {"mem_cost: 14,", "", "mem_cost"},
  };
  for (const auto& [from, to, named] : changes) {
    std::string text{kFirebase};
    text.replace(text.find(from), from.size(), to);
    const auto config = FirebaseHashConfig::parse(text);
    ASSERT_FALSE(config.has_value()) << text;
    EXPECT_TRUE(config.error().public_text().contains(named)) << config.error().public_text();
    EXPECT_FALSE(config.error().public_text().contains("zykbdLGjFQ3")) << "a secret is repeated";
  }
  EXPECT_FALSE(FirebaseHashConfig::parse("").has_value());
}

}  // namespace
}  // namespace cardea
