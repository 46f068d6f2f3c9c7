#include "key/key_statements.hpp"

namespace cardea::sql {
namespace {

using soci::into;
using soci::use;

long long microseconds_of(Instant instant) { return instant.time_since_epoch().count(); }
Instant instant_of(long long microseconds) { return Instant{std::chrono::microseconds{microseconds}}; }

std::unexpected<Error> corrupt(long long id, std::string_view column) {
  return failure(ErrorCode::store_corrupt,
                 PrivateText{"signing key " + std::to_string(id) + ": unreadable " + std::string(column)});
}

}  // namespace

Result<StoredKey> KeyRow::key() const {
  auto key_id = KeyId::parse(kid);
  if (!key_id) return corrupt(id, "kid");
  const auto key_algorithm = parse_algorithm(algorithm);
  if (!key_algorithm) return corrupt(id, "algorithm");
  if (longest_token < 0) return corrupt(id, "longest_token");
  auto predecessor = KeyId::parse(succeeds);
  if (!predecessor) return corrupt(id, "succeeds");

  StoredKey key{.id = *std::move(key_id),
                .algorithm = *key_algorithm,
                .sealed = sealed,
                .created_at = instant_of(created_at),
                .signs_from = instant_of(signs_from),
                .longest_token = std::chrono::seconds{longest_token},
                .succeeds = std::nullopt,
                .retired_at = std::nullopt};
  if (!succeeds.empty()) key.succeeds = *std::move(predecessor);
  if (has_retired_at == soci::i_ok) key.retired_at = instant_of(retired_at);
  return key;
}

KeyRow row_of(const StoredKey& key) {
  KeyRow row;
  row.kid = key.id.text();
  row.algorithm = name_of(key.algorithm);
  row.sealed = key.sealed;
  row.created_at = microseconds_of(key.created_at);
  row.signs_from = microseconds_of(key.signs_from);
  row.longest_token = key.longest_token.count();
  if (key.succeeds) row.succeeds = key.succeeds->text();
  if (key.retired_at) {
    row.retired_at = microseconds_of(*key.retired_at);
    row.has_retired_at = soci::i_ok;
  }
  return row;
}

KeyStatements::KeyStatements(soci::session& session)
    : list((session.prepare << "SELECT id, kid, algorithm, sealed, created_at, signs_from, longest_token, succeeds, "
                               "retired_at FROM signing_keys ORDER BY id",
            into(row.id), into(row.kid), into(row.algorithm), into(row.sealed), into(row.created_at),
            into(row.signs_from), into(row.longest_token), into(row.succeeds),
            into(row.retired_at, row.has_retired_at))),
      add((session.prepare << "INSERT INTO signing_keys (kid, algorithm, sealed, created_at, signs_from, "
                              "longest_token, succeeds, retired_at) "
                              "VALUES (:kid, :algorithm, :sealed, :created_at, :signs_from, :longest_token, "
                              ":succeeds, :retired_at) ON CONFLICT DO NOTHING RETURNING id",
           use(key.kid), use(key.algorithm), use(key.sealed), use(key.created_at), use(key.signs_from),
           use(key.longest_token), use(key.succeeds), use(key.retired_at, key.has_retired_at), into(found_id))),
      find_successor((session.prepare << "SELECT id FROM signing_keys WHERE succeeds = :succeeds", use(key.succeeds),
                      into(found_id))),
      find((session.prepare << "SELECT id FROM signing_keys WHERE kid = :kid", use(key.kid), into(found_id))),
      start_signing((session.prepare << "UPDATE signing_keys SET signs_from = "
                                        "CASE WHEN signs_from > :now THEN :start ELSE signs_from END "
                                        "WHERE kid = :kid RETURNING id",
                     use(now), use(now), use(key.kid), into(found_id))),
      retire((session.prepare << "UPDATE signing_keys SET retired_at = COALESCE(retired_at, :now) "
                                 "WHERE kid = :kid RETURNING id",
              use(now), use(key.kid), into(found_id))),
      raise_longest_token((session.prepare << "UPDATE signing_keys SET longest_token = "
                                              "CASE WHEN longest_token < :at_least THEN :raised ELSE longest_token END "
                                              "WHERE kid = :kid RETURNING id",
                           use(key.longest_token), use(key.longest_token), use(key.kid), into(found_id))),
      replace_sealed((session.prepare << "UPDATE signing_keys SET sealed = :sealed "
                                         "WHERE kid = :kid AND sealed = :expected RETURNING id",
                      use(key.sealed), use(key.kid), use(expected), into(found_id))) {}

}  // namespace cardea::sql
