#include <gtest/gtest.h>

#include <cardea/core/audit/memory_audit_sink.hpp>
#include <cardea/core/client/client_administration.hpp>
#include <cardea/core/client/client_secret.hpp>
#include <cardea/core/client/memory_client_store.hpp>

namespace cardea {
namespace {

const Origin kConsole{"console", ""};

class ClientAdministrationTest : public testing::Test {
 protected:
  IssuedClient add(ClientKind kind = ClientKind::confidential_client) {
    return administration.add(billing, kind, scopes, kConsole, noon).value();
  }
  std::string digest_kept(const ClientId& id) { return clients.find_credentials(id).value().value().secret_digest; }
  void expect_event(AuditAction action, const ClientId& id, std::optional<ErrorCode> reason = {}) {
    ASSERT_FALSE(audit.events().empty());
    const auto event = audit.events().back();
    EXPECT_EQ(event.action, action);
    EXPECT_EQ(event.reason, reason);
    EXPECT_EQ(event.subject, id.text());
    EXPECT_EQ(event.at, noon);
    EXPECT_EQ(event.origin.address, "console");
  }

  const Instant noon = parse_instant("2026-01-01T12:00:00Z").value();
  const ClientName billing = ClientName::parse("billing").value();
  const PermissionSet scopes = PermissionSet::from_scope("posts:read");
  MemoryClientStore clients;
  MemoryAuditSink audit;
  ClientAdministration administration{clients, audit};
};

TEST_F(ClientAdministrationTest, ShowsTheSecretOfANewClientAndKeepsItsDigestOnly) {
  const auto issued = add();
  EXPECT_TRUE(kClientSecret.read(issued.secret.expose()));
  EXPECT_EQ(digest_kept(issued.client.id), digest_of(issued.secret));
  EXPECT_EQ(issued.client, (OAuthClient{issued.client.id, billing, ClientKind::confidential_client, scopes, noon, {}}));
  EXPECT_EQ(administration.find(issued.client.id).value(), issued.client);
  expect_event(AuditAction::client_created, issued.client.id);
  EXPECT_EQ(audit.events().size(), 1U);
}

TEST_F(ClientAdministrationTest, GivesAPublicClientNoSecret) {
  const auto issued = add(ClientKind::public_client);
  EXPECT_TRUE(issued.secret.empty());
  EXPECT_EQ(digest_kept(issued.client.id), "");
  const auto refused = administration.rotate_secret(issued.client.id, kConsole, noon);
  EXPECT_EQ(refused.error().code(), ErrorCode::conflict);
  EXPECT_EQ(refused.error().public_text(), "A public client has no secret");
  expect_event(AuditAction::client_secret_rotated, issued.client.id, ErrorCode::conflict);
}

TEST_F(ClientAdministrationTest, GivesANewSecretInThePlaceOfTheOldOne) {
  const auto first = add();
  const auto second = administration.rotate_secret(first.client.id, kConsole, noon).value();
  EXPECT_NE(second.secret.expose(), first.secret.expose());
  EXPECT_EQ(digest_kept(first.client.id), digest_of(second.secret));
  EXPECT_EQ(second.client, first.client);
  expect_event(AuditAction::client_secret_rotated, first.client.id);
}

TEST_F(ClientAdministrationTest, DisablesEnablesAndChangesTheScopes) {
  const auto id = add().client.id;
  EXPECT_EQ(administration.disable(id, kConsole, noon).value().disabled_at, noon);
  expect_event(AuditAction::client_disabled, id);
  EXPECT_TRUE(administration.enable(id, kConsole, noon).value().is_enabled());
  expect_event(AuditAction::client_enabled, id);
  EXPECT_EQ(administration.set_scopes(id, {}, kConsole, noon).value().scopes, PermissionSet{});
  expect_event(AuditAction::client_scopes_changed, id);
}

TEST_F(ClientAdministrationTest, RefusesAnUnknownClientAndRecordsIt) {
  const auto unknown = ClientId::generate();
  EXPECT_EQ(administration.find(unknown).error().code(), ErrorCode::client_not_found);
  EXPECT_TRUE(audit.events().empty()) << "looking is no event";
  EXPECT_FALSE(administration.disable(unknown, kConsole, noon));
  expect_event(AuditAction::client_disabled, unknown, ErrorCode::client_not_found);
  EXPECT_FALSE(administration.enable(unknown, kConsole, noon));
  expect_event(AuditAction::client_enabled, unknown, ErrorCode::client_not_found);
  EXPECT_FALSE(administration.set_scopes(unknown, scopes, kConsole, noon));
  expect_event(AuditAction::client_scopes_changed, unknown, ErrorCode::client_not_found);
  EXPECT_FALSE(administration.rotate_secret(unknown, kConsole, noon));
  expect_event(AuditAction::client_secret_rotated, unknown, ErrorCode::client_not_found);
}

}  // namespace
}  // namespace cardea
