#include "api_key/api_key_statements.hpp"

#include <string_view>

namespace cardea::sql {
namespace {

using soci::into;
using soci::use;

constexpr std::string_view kSelect =
    "SELECT api_keys.id, user_id, username, name, scopes, api_keys.created_at, expires_at, last_used_at, revoked_at "
    "FROM api_keys JOIN users ON users.id = api_keys.user_id ";

long long microseconds_of(Instant instant) { return instant.time_since_epoch().count(); }
Instant instant_of(long long microseconds) { return Instant{std::chrono::microseconds{microseconds}}; }

std::optional<Instant> instant_of(long long microseconds, soci::indicator indicator) {
  return indicator == soci::i_ok ? std::optional{instant_of(microseconds)} : std::nullopt;
}

std::unexpected<Error> corrupt(std::string_view id, std::string_view column) {
  return failure(ErrorCode::store_corrupt,
                 PrivateText{"API key " + std::string(id) + ": unreadable " + std::string(column)});
}

// `filter` is what follows the join.
template <class... Inputs>
soci::statement select(soci::session& session, ApiKeyRow& row, std::string_view filter, Inputs&... inputs) {
  auto prepared = session.prepare << kSelect << filter;
  (static_cast<void>(prepared, use(inputs)), ...);
  return (prepared, into(row.id), into(row.user_id), into(row.username), into(row.name), into(row.scopes),
          into(row.created_at), into(row.expires_at), into(row.last_used_at, row.has_last_used_at),
          into(row.revoked_at, row.has_revoked_at));
}

}  // namespace

Result<ApiKey> ApiKeyRow::key() const {
  auto key_id = ApiKeyId::parse(id);
  if (!key_id) return corrupt(id, "id");
  auto owner_name = Username::parse(username);
  if (!owner_name) return corrupt(id, "owner");
  auto key_name = ApiKeyName::parse(name);
  if (!key_name) return corrupt(id, "name");
  auto key_scopes = PermissionSet::parse_scope(scopes);
  if (!key_scopes) return corrupt(id, "scopes");
  return ApiKey{.id = *std::move(key_id),
                .owner = {UserId{user_id}, *std::move(owner_name)},
                .name = *std::move(key_name),
                .scopes = *std::move(key_scopes),
                .created_at = instant_of(created_at),
                .expires_at = instant_of(expires_at),
                .last_used_at = instant_of(last_used_at, has_last_used_at),
                .revoked_at = instant_of(revoked_at, has_revoked_at)};
}

ApiKeyRow row_of(const ApiKey& key, const std::string& digest) {
  ApiKeyRow row;
  row.id = key.id.text();
  row.user_id = key.owner.id.value;
  row.digest = digest;
  row.name = key.name.text();
  row.scopes = key.scopes.to_scope();
  row.created_at = microseconds_of(key.created_at);
  row.expires_at = microseconds_of(key.expires_at);
  return row;
}

ApiKeyStatements::ApiKeyStatements(soci::session& session)
    : add((session.prepare << "INSERT INTO api_keys (id, user_id, digest, name, scopes, created_at, expires_at) "
                              "VALUES (:id, :user_id, :digest, :name, :scopes, :created_at, :expires_at) "
                              "ON CONFLICT DO NOTHING RETURNING id",
           use(input.id), use(input.user_id), use(input.digest), use(input.name), use(input.scopes),
           use(input.created_at), use(input.expires_at), into(row.id))),
      find_by_digest(select(session, row, "WHERE digest = :digest", input.digest)),
      list(select(session, row,
                  "WHERE user_id = :user_id AND revoked_at IS NULL ORDER BY api_keys.created_at DESC, api_keys.id",
                  input.user_id)),
      revoke((session.prepare << "UPDATE api_keys SET revoked_at = :now "
                                 "WHERE id = :id AND user_id = :user_id AND revoked_at IS NULL RETURNING id",
              use(now), use(input.id), use(input.user_id), into(row.id))),
      revoke_all((session.prepare << "UPDATE api_keys SET revoked_at = :now "
                                     "WHERE user_id = :user_id AND revoked_at IS NULL RETURNING id",
                  use(now), use(input.user_id), into(row.id))),
      touch((session.prepare << "UPDATE api_keys SET last_used_at = :now "
                                "WHERE id = :id AND (last_used_at IS NULL OR last_used_at <= :used_until) RETURNING id",
             use(now), use(input.id), use(used_until), into(row.id))),
      prune((session.prepare << "DELETE FROM api_keys WHERE id IN (SELECT id FROM api_keys "
                                "WHERE expires_at < :expired_before OR revoked_at < :revoked_before LIMIT :limit) "
                                "RETURNING id",
             use(ended_before), use(ended_before), use(limit), into(row.id))) {}

}  // namespace cardea::sql
