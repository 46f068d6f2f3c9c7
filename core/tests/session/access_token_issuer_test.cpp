#include <gtest/gtest.h>

#include <cardea/core/session/access_token_issuer.hpp>
#include <cardea/core/token/token_verifier.hpp>

#include "token/signed_text.hpp"

namespace cardea {
namespace {

using namespace std::chrono_literals;
using test::kNoon;

User user_named(std::string_view username, std::string_view role) {
  return {.id = UserId{7}, .username = Username::parse(username).value(), .role = Role::parse(role).value()};
}

AccessTokenIssuer issuer_with(const auto&... lifetime) {
  return AccessTokenIssuer{TokenSigner{SigningKey{test::key_of()}}, lifetime...};
}

std::string payload_of(const AccessToken& token) {
  const auto first = token.token.find('.') + 1;
  return from_base64url(token.token.substr(first, token.token.rfind('.') - first)).value();
}

TEST(AccessTokenIssuer, WritesTheClaimsOfTheTutorialAndNoOthers) {
  const auto token = issuer_with().issue(user_named("alice", "admin"), kNoon).value();
  EXPECT_EQ(payload_of(token), R"({"sub":"alice","role":"admin","iat":1767268800,"exp":1767270600})");
  EXPECT_EQ(token.expires_in, 30min);
}

TEST(AccessTokenIssuer, WritesWholeSecondsThatAreNotInTheFuture) {
  const auto token = issuer_with().issue(user_named("bob", "user"), kNoon + 999'999us).value();
  EXPECT_EQ(payload_of(token), R"({"sub":"bob","role":"user","iat":1767268800,"exp":1767270600})");
}

TEST(AccessTokenIssuer, GivesTheLifetimeThatItIsMadeFor) {
  const auto token = issuer_with(1s).issue(user_named("bob", "user"), kNoon).value();
  EXPECT_EQ(payload_of(token), R"({"sub":"bob","role":"user","iat":1767268800,"exp":1767268801})");
  EXPECT_EQ(token.expires_in, 1s);
}

TEST(AccessTokenIssuer, SaysWhoTheTokenIsFromAndFor) {
  const TokenAddress address{.issuer = Issuer{"https://id.example"}, .audience = Audience{"orders"}};
  const auto token = issuer_with(30min, address).issue(user_named("bob", "user"), kNoon).value();
  EXPECT_EQ(payload_of(token), R"({"iss":"https://id.example","sub":"bob","role":"user","aud":"orders",)"
                               R"("iat":1767268800,"exp":1767270600})");
}

TEST(AccessTokenIssuer, MakesATokenThatHoldsFromNowUntilItExpires) {
  const TokenVerifier verifier{VerificationKeySet{VerificationKey{test::key_of()}}, TokenPolicy::tutorial()};
  const auto token = issuer_with().issue(user_named("alice", "admin"), kNoon + 1us).value().token;
  EXPECT_TRUE(verifier.verify(token, kNoon + 1us));
  EXPECT_TRUE(verifier.verify(token, kNoon + 30min - 1us));
  EXPECT_EQ(verifier.verify(token, kNoon + 30min).error().code(), ErrorCode::token_expired);
}

TEST(AccessTokenIssuer, WritesTheClaimsThatRfc9068Requires) {
  const auto key = test::key_of();
  const AccessTokenIssuer issuer{
      std::make_shared<FixedSigner>(TokenSigner{SigningKey{key}, token_type_of(TokenProfile::rfc9068)}),
      30min,
      {.tutorial = {}, .rfc9068 = {Issuer{"https://id.example"}, Audience{"orders"}}}};
  const auto token = issuer.issue(user_named("alice", "admin"), kNoon, "orders:read").value().token;
  const TokenVerifier verifier{VerificationKey{key},
                               TokenPolicy::rfc9068(Issuer{"https://id.example"}, Audience{"orders"})};
  const auto claims = verifier.verify(token, kNoon)->claims();
  EXPECT_EQ(claims.subject, "alice");
  EXPECT_EQ(claims.issued_at, NumericDate{kNoon});
  EXPECT_EQ(claims.expires_at, NumericDate{kNoon + 30min});
  EXPECT_EQ(claims.scope, "orders:read");
  EXPECT_EQ(claims.others.at("client_id").as_string(), "cardea");
  const auto another = verifier.verify(issuer.issue(user_named("alice", "admin"), kNoon)->token, kNoon)->claims();
  EXPECT_NE(claims.token_id.value(), another.token_id.value());
  EXPECT_FALSE(another.scope);
}

OAuthClient a_client() {
  return {ClientId::parse("Client_AAAAAAAAAAAAAAAAAAAAAA").value(),
          ClientName::parse("billing").value(),
          ClientKind::confidential_client,
          PermissionSet{},
          kNoon,
          {}};
}

TEST(AccessTokenIssuer, NamesAClientAsSubjectAndAsClientAndGivesItNoRole) {
  const auto token = issuer_with().issue_for_client(a_client(), kNoon + 1us, "orders:read").value();
  EXPECT_EQ(payload_of(token), R"({"sub":"Client_AAAAAAAAAAAAAAAAAAAAAA","scope":"orders:read","iat":1767268800,)"
                               R"("exp":1767270600,"client_id":"Client_AAAAAAAAAAAAAAAAAAAAAA"})");
  EXPECT_EQ(token.expires_in, 30min);
}

TEST(AccessTokenIssuer, WritesWhatRfc9068RequiresOfAClientsToken) {
  const auto key = test::key_of();
  const AccessTokenIssuer issuer{
      std::make_shared<FixedSigner>(TokenSigner{SigningKey{key}, token_type_of(TokenProfile::rfc9068)}),
      30min,
      {.tutorial = {}, .rfc9068 = {Issuer{"https://id.example"}, Audience{"orders"}}}};
  const auto token = issuer.issue_for_client(a_client(), kNoon, "orders:read").value().token;
  const TokenVerifier verifier{VerificationKey{key},
                               TokenPolicy::rfc9068(Issuer{"https://id.example"}, Audience{"orders"})};
  const auto claims = verifier.verify(token, kNoon)->claims();
  EXPECT_EQ(claims.subject, a_client().id.text());
  EXPECT_EQ(claims.others.at("client_id").as_string(), a_client().id.text());
  EXPECT_EQ(claims.scope, "orders:read");
  EXPECT_TRUE(claims.token_id);
  EXPECT_FALSE(claims.role);
}

}  // namespace
}  // namespace cardea
