#include "client/client_statements.hpp"

#include <string_view>

namespace cardea::sql {
namespace {

using soci::into;
using soci::use;

constexpr std::string_view kColumns = "client_id, name, kind, secret_digest, scopes, created_at, disabled_at";

std::unexpected<Error> corrupt(std::string_view id, std::string_view column) {
  return failure(ErrorCode::store_corrupt,
                 PrivateText{"client " + std::string(id) + ": unreadable " + std::string(column)});
}

auto returning(std::string_view statement) { return std::string(statement) + " RETURNING " + std::string(kColumns); }
auto selecting(std::string_view rest) {
  return "SELECT " + std::string(kColumns) + " FROM oauth_clients " + std::string(rest);
}

// What every statement reads, behind the inputs that `prepared` is bound to already.
template <class Prepared>
soci::statement reading(ClientRow& row, Prepared& prepared) {
  return soci::statement((prepared, into(row.client_id), into(row.name), into(row.kind), into(row.secret_digest),
                          into(row.scopes), into(row.created_at), into(row.disabled_at, row.has_disabled_at)));
}

}  // namespace

Result<ClientCredentials> ClientRow::credentials() const {
  auto id = ClientId::parse(client_id);
  if (!id) return corrupt(client_id, "client_id");
  auto client_name = ClientName::parse(name);
  if (!client_name) return corrupt(client_id, "name");
  const auto client_kind = parse_client_kind(kind);
  if (!client_kind) return corrupt(client_id, "kind");
  auto permissions = PermissionSet::parse_scope(scopes);
  if (!permissions) return corrupt(client_id, "scopes");
  std::optional<Instant> disabled;
  if (has_disabled_at == soci::i_ok) disabled = Instant{std::chrono::microseconds{disabled_at}};
  return ClientCredentials{{*std::move(id), *std::move(client_name), *client_kind, *std::move(permissions),
                            Instant{std::chrono::microseconds{created_at}}, disabled},
                           secret_digest};
}

ClientStatements::ClientStatements(soci::session& session)
    : find(reading(row, (session.prepare << selecting("WHERE client_id = :id"), use(client.client_id)))),
      add(reading(
          row, (session.prepare << returning("INSERT INTO oauth_clients "
                                             "(client_id, name, kind, secret_digest, scopes, created_at, disabled_at) "
                                             "VALUES (:id, :name, :kind, :digest, :scopes, :created_at, :disabled_at) "
                                             "ON CONFLICT (client_id) DO NOTHING"),
                use(client.client_id), use(client.name), use(client.kind), use(client.secret_digest),
                use(client.scopes), use(client.created_at), use(client.disabled_at, client.has_disabled_at)))),
      disable(reading(row, (session.prepare << returning("UPDATE oauth_clients SET disabled_at = COALESCE(disabled_at, "
                                                         ":now) WHERE client_id = :id"),
                            use(now), use(client.client_id)))),
      enable(reading(row,
                     (session.prepare << returning("UPDATE oauth_clients SET disabled_at = NULL WHERE client_id = :id"),
                      use(client.client_id)))),
      set_scopes(
          reading(row, (session.prepare << returning("UPDATE oauth_clients SET scopes = :scopes WHERE client_id = :id"),
                        use(client.scopes), use(client.client_id)))),
      set_digest(reading(row, (session.prepare << returning("UPDATE oauth_clients SET secret_digest = :digest "
                                                            "WHERE client_id = :id AND kind = 'confidential'"),
                               use(client.secret_digest), use(client.client_id)))),
      list(reading(row, (session.prepare << selecting("ORDER BY id LIMIT :limit"), use(limit)))),
      list_after(reading(row, (session.prepare << selecting("WHERE id > (SELECT id FROM oauth_clients WHERE client_id "
                                                            "= :after) ORDER BY id LIMIT :limit"),
                               use(client.client_id), use(limit)))) {}

}  // namespace cardea::sql
