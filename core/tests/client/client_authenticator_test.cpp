#include <gtest/gtest.h>

#include <cardea/core/audit/memory_audit_sink.hpp>
#include <cardea/core/client/client_administration.hpp>
#include <cardea/core/client/client_authenticator.hpp>
#include <cardea/core/client/memory_client_store.hpp>
#include <cardea/core/token/opaque_token.hpp>

namespace cardea {
namespace {

const Origin kOrigin{"192.0.2.7", "request-1"};

class ClientAuthenticatorTest : public testing::Test {
 protected:
  IssuedClient add(ClientKind kind) {
    MemoryAuditSink unheard;
    return ClientAdministration{clients, unheard}
        .add(ClientName::parse("billing").value(), kind, PermissionSet{}, kOrigin, noon)
        .value();
  }
  Result<OAuthClient> authenticate(std::string_view presented, std::string_view secret) {
    return authenticator.authenticate(presented, Secret::copy_of(secret), kOrigin, noon);
  }
  void expect_refusal(const Result<OAuthClient>& refused, std::string_view subject, ErrorCode reason) {
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code(), ErrorCode::client_invalid);
    EXPECT_EQ(refused.error().public_text(), "Client authentication failed");
    const auto event = audit.events().back();
    EXPECT_EQ(event.action, AuditAction::client_authentication_failed);
    EXPECT_EQ(event.subject, subject);
    EXPECT_EQ(event.reason, reason);
    EXPECT_EQ(event.origin.request_id, "request-1");
  }

  const Instant noon = parse_instant("2026-01-01T12:00:00Z").value();
  MemoryClientStore clients;
  MemoryAuditSink audit;
  ClientAuthenticator authenticator{clients, audit};
  const IssuedClient confidential = add(ClientKind::confidential_client);
  const IssuedClient open = add(ClientKind::public_client);
  const std::string id{confidential.client.id.text()};
  const std::string open_id{open.client.id.text()};
};

TEST_F(ClientAuthenticatorTest, LetsInWhoHasTheSecret) {
  EXPECT_EQ(authenticate(id, confidential.secret.expose()).value(), confidential.client);
  ASSERT_EQ(audit.events().size(), 1U);
  EXPECT_EQ(audit.events()[0].action, AuditAction::client_authenticated);
  EXPECT_EQ(audit.events()[0].subject, id);
  EXPECT_EQ(audit.events()[0].reason, std::nullopt);
}

TEST_F(ClientAuthenticatorTest, RefusesEveryoneElseWithOneAnswer) {
  const auto secret = std::string(confidential.secret.expose());
  expect_refusal(authenticate(id, ""), id, ErrorCode::client_invalid);
  expect_refusal(authenticate(id, secret + "x"), id, ErrorCode::client_invalid);
  expect_refusal(authenticate(id, digest_of(confidential.secret)), id, ErrorCode::client_invalid);
  expect_refusal(authenticate(open_id, ""), open_id, ErrorCode::client_invalid);
  expect_refusal(authenticate(open_id, secret), open_id, ErrorCode::client_invalid);
  expect_refusal(authenticate("", secret), "", ErrorCode::client_not_found);
  expect_refusal(authenticate("alice", secret), "alice", ErrorCode::client_not_found);
  const auto unknown = ClientId::generate();
  expect_refusal(authenticate(unknown.text(), secret), unknown.text(), ErrorCode::client_not_found);
  EXPECT_EQ(audit.events().size(), 8U);
}

TEST_F(ClientAuthenticatorTest, RefusesADisabledClientAsIfItsSecretWereWrong) {
  clients.disable(confidential.client.id, noon).value();
  expect_refusal(authenticate(id, confidential.secret.expose()), id, ErrorCode::client_disabled);
  expect_refusal(authenticate(id, "wrong"), id, ErrorCode::client_invalid);
  clients.enable(confidential.client.id).value();
  EXPECT_TRUE(authenticate(id, confidential.secret.expose()));
}

TEST_F(ClientAuthenticatorTest, RefusesTheSecretBeforeTheLastRotation) {
  MemoryAuditSink unheard;
  const auto rotated =
      ClientAdministration{clients, unheard}.rotate_secret(confidential.client.id, kOrigin, noon).value();
  expect_refusal(authenticate(id, confidential.secret.expose()), id, ErrorCode::client_invalid);
  EXPECT_TRUE(authenticate(id, rotated.secret.expose()));
}

TEST_F(ClientAuthenticatorTest, IdentifiesAPublicClientAndNoOther) {
  EXPECT_EQ(authenticator.identify(open_id, kOrigin, noon).value(), open.client);
  EXPECT_TRUE(audit.events().empty());
  expect_refusal(authenticator.identify(id, kOrigin, noon), id, ErrorCode::client_invalid);
  expect_refusal(authenticator.identify("nobody", kOrigin, noon), "nobody", ErrorCode::client_not_found);
  clients.disable(open.client.id, noon).value();
  expect_refusal(authenticator.identify(open_id, kOrigin, noon), open_id, ErrorCode::client_disabled);
}

TEST_F(ClientAuthenticatorTest, KeepsOfATypedIdWhatARealOneCanHave) {
  EXPECT_FALSE(authenticate(std::string(1000, 'x'), "y"));
  EXPECT_EQ(audit.events().back().subject, std::string(64, 'x'));
}

}  // namespace
}  // namespace cardea
