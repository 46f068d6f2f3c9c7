#include <gtest/gtest.h>

#include <cardea/core/audit/audit_export.hpp>
#include <cardea/core/base/json_text.hpp>

#include "audit/sample_audit.hpp"

namespace cardea {
namespace {

// The hashes, the key and the signatures of this file are computed by Python's hashlib and cryptography:
// tests/audit/vectors_test.py.
constexpr auto kFirstHash = "d71aeea3c4afca4e0bfbe2886a43aeeb5b31d7a7f45753df9d6488521ceb87e2";
constexpr auto kSecondHash = "c76877841ddce75ea653d6a798170cd70ff3e68184ec93fd03fe46ea3c651036";
constexpr auto kPublicKey = "6-lKP1Vwg9JJsN48jG_bdOjdk87c6LueBfudS7DVNTs";
constexpr auto kCheckpoint = "Mt9jSm41C0gPXnkW0CAQ8GAV7EHCdvnvWkdeu4BNZUJ1NjlAzh5lakSFqPJeA2Q8fHwH4QSVvlnehuK-SD2IAQ";
constexpr auto kAnchor = "97RpLbdY_Eam8mlQVjkC9Nn6EJHzNCDWfr1IEOxWDwdl6CgZGlnxamjiBxixZmM_qNVFvMrFMUZwLiz27lmEAg";

AuditRecord first() { return record_after({}, FoldedEvent::of(audit_success("alice"))); }

AuditRecord second() {
  const AuditEvent event{parse_instant("2026-01-01T12:00:01.5Z").value(), AuditAction::login_failed, "bo\xC3\xA9\n\"b",
                         Origin{"2001:db8::1", ""}, ErrorCode::invalid_credentials};
  return record_after({1, first().hash},
                      {.event = event, .count = 41, .until = parse_instant("2026-01-01T12:01:00Z").value()});
}

TEST(AuditRecord, HasTheHashThatOthersCompute) {
  EXPECT_EQ(first().hash, kFirstHash);
  EXPECT_EQ(second().hash, kSecondHash);
}

TEST(AuditRecord, HasAnotherHashWhicheverFieldIsAnother) {
  const auto record = second();
  const auto differs = [&](auto change) {
    auto other = record;
    change(other);
    return hash_of(other) != record.hash;
  };
  EXPECT_FALSE(differs([](AuditRecord&) {}));
  EXPECT_TRUE(differs([](AuditRecord& r) { ++r.sequence; }));
  EXPECT_TRUE(differs([](AuditRecord& r) { r.at += std::chrono::microseconds{1}; }));
  EXPECT_TRUE(differs([](AuditRecord& r) { r.until -= std::chrono::microseconds{1}; }));
  EXPECT_TRUE(differs([](AuditRecord& r) { --r.count; }));
  EXPECT_TRUE(differs([](AuditRecord& r) { r.event = "login_succeeded"; }));
  EXPECT_TRUE(differs([](AuditRecord& r) { r.reason.clear(); }));
  EXPECT_TRUE(differs([](AuditRecord& r) { r.subject = "bob"; }));
  EXPECT_TRUE(differs([](AuditRecord& r) { r.address = "192.0.2.8"; }));
  EXPECT_TRUE(differs([](AuditRecord& r) { r.request_id = "1"; }));
  EXPECT_TRUE(differs([](AuditRecord& r) { r.previous[0] ^= 1; }));
}

TEST(AuditRecord, DoesNotConfuseTextThatStandsInTheNextField) {
  auto one = first(), other = first();
  one.subject = "a";
  one.address = "bc";
  other.subject = "ab";
  other.address = "c";
  EXPECT_NE(hash_of(one), hash_of(other));
  one.subject = "a,1:b";
  one.address = "";
  other.subject = "a";
  other.address = "b";
  EXPECT_NE(hash_of(one), hash_of(other));
}

TEST(AuditRecord, KeepsTextThatEveryDatabaseTakes) {
  const auto subject_of = [](std::string typed) {
    return record_after({}, FoldedEvent::of(audit_success(std::move(typed)))).subject;
  };
  EXPECT_EQ(subject_of(std::string("a\0b", 3)),
            "a\xEF\xBF\xBD"
            "b");
  EXPECT_EQ(subject_of("a\xFF\xC3"), "a\xEF\xBF\xBD\xEF\xBF\xBD");
  EXPECT_EQ(subject_of("\x1B[31m\n"), "\x1B[31m\n");
  const auto cut = subject_of("x" + std::string(300, '\xC3'));
  EXPECT_TRUE(is_utf8(cut));
  EXPECT_LE(cut.size(), AuditRecord::kLongestText);
  std::string characters;
  for (int i = 0; i < 200; ++i) characters += "\xC3\xA9";
  EXPECT_EQ(subject_of(characters), characters.substr(0, 256));
  EXPECT_EQ(subject_of("x" + characters), "x" + characters.substr(0, 254));
}

TEST(AuditSigner, SignsWhatOthersVerify) {
  const AuditSigner signer{audit_master_keys()};
  EXPECT_EQ(signer.public_key(), kPublicKey);
  const auto at = parse_instant("2026-01-01T13:00:00Z").value();
  EXPECT_EQ(signer.sign(AuditStatement::ends_here, {2, kSecondHash}, at).signature, kCheckpoint);
  EXPECT_EQ(signer.sign(AuditStatement::starts_here, {2, kSecondHash}, at).signature, kAnchor);
}

TEST(AuditSigner, KnowsWhatItHasSigned) {
  const AuditSigner signer{audit_master_keys()};
  const auto signed_one = signer.sign(AuditStatement::ends_here, {2, kSecondHash}, audit_noon());
  EXPECT_TRUE(signer.has_signed(AuditStatement::ends_here, signed_one));
  EXPECT_FALSE(signer.has_signed(AuditStatement::starts_here, signed_one));
  const auto is_refused = [&](auto change) {
    auto other = signed_one;
    change(other);
    return !signer.has_signed(AuditStatement::ends_here, other);
  };
  EXPECT_TRUE(is_refused([](AuditCheckpoint& c) { c.head.sequence = 1; }));
  EXPECT_TRUE(is_refused([](AuditCheckpoint& c) { c.head.hash = kFirstHash; }));
  EXPECT_TRUE(is_refused([](AuditCheckpoint& c) { c.at += std::chrono::seconds{1}; }));
  EXPECT_TRUE(is_refused([](AuditCheckpoint& c) { c.signature[0] ^= 1; }));
  EXPECT_TRUE(is_refused([](AuditCheckpoint& c) { c.signature.clear(); }));
  EXPECT_TRUE(is_refused([](AuditCheckpoint& c) { c.signer.clear(); }));
}

TEST(AuditSigner, TakesNoOtherKeysWordForIt) {
  const AuditSigner signer{audit_master_keys()};
  const AuditSigner stranger{MasterKeys::generate()};
  const auto forged = stranger.sign(AuditStatement::ends_here, {2, kSecondHash}, audit_noon());
  EXPECT_TRUE(stranger.has_signed(AuditStatement::ends_here, forged));
  EXPECT_FALSE(signer.has_signed(AuditStatement::ends_here, forged));
}

TEST(AuditSigner, VerifiesByEveryMasterKeyAndSignsByTheFirst) {
  const auto old_keys = audit_master_keys();
  const AuditSigner before{old_keys}, both{old_keys.with_new_first().value()};
  const auto signed_before = before.sign(AuditStatement::ends_here, {2, kSecondHash}, audit_noon());
  EXPECT_TRUE(both.has_signed(AuditStatement::ends_here, signed_before));
  EXPECT_NE(both.public_key(), before.public_key());
  EXPECT_FALSE(before.has_signed(AuditStatement::ends_here,
                                 both.sign(AuditStatement::ends_here, {2, kSecondHash}, audit_noon())));
}

TEST(AuditExport, WritesOneLineWithAllThatTheHashIsMadeOf) {
  EXPECT_EQ(audit_export_line(second()),
            R"({"sequence":2,"at":"2026-01-01T12:00:01.500000Z","until":"2026-01-01T12:01:00Z","count":41,)"
            R"("event":"login_failed","reason":"invalid_credentials","subject":"boé\n\"b","address":"2001:db8::1",)"
            R"("request_id":"","previous":")" +
                std::string(kFirstHash) + R"(","hash":")" + kSecondHash + R"("})");
}

TEST(AuditExport, ReadsItsCheckpointAgain) {
  const AuditSigner signer{audit_master_keys()};
  const auto checkpoint = signer.sign(AuditStatement::ends_here, {2, kSecondHash}, audit_noon());
  EXPECT_EQ(parse_audit_checkpoint(audit_export_end(checkpoint)).value(), checkpoint);
  constexpr auto* kNegative = R"({"checkpoint":{"sequence":-1,"hash":"","at":"2026-01-01T12:00:00Z","signer":"",)"
                              R"("signature":""}})";
  for (const auto* text : {"", "{}", "null", R"({"checkpoint":null})", R"({"checkpoint":{"sequence":1}})", kNegative}) {
    EXPECT_EQ(parse_audit_checkpoint(text).error().code(), ErrorCode::invalid_request) << text;
  }
  EXPECT_EQ(audit_export_head(std::nullopt), R"({"format":"cardea-audit-1","anchor":null})");
}

TEST(AuditAction, IsFoundByItsName) {
  EXPECT_EQ(parse_audit_action("login_succeeded"), AuditAction::login_succeeded);
  EXPECT_EQ(parse_audit_action("audit_events_lost"), AuditAction::audit_events_lost);
  EXPECT_EQ(parse_audit_action("Login_succeeded"), std::nullopt);
  EXPECT_EQ(parse_audit_action(""), std::nullopt);
}

}  // namespace
}  // namespace cardea
