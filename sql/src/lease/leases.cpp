#include <cardea/sql/lease/leases.hpp>

#include "database/connection_pool.hpp"

namespace cardea::sql {
namespace {

struct LeaseStatements {
  explicit LeaseStatements(soci::session& session)
      : hold(
            (session.prepare << "INSERT INTO leases (name, holder, ends_at) VALUES (:name, :holder, :end) "
                                "ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, ends_at = excluded.ends_at "
                                "WHERE leases.holder = excluded.holder OR leases.ends_at <= :now RETURNING ends_at",
             soci::use(name), soci::use(holder), soci::use(end), soci::use(now), soci::into(held_until))),
        release((session.prepare << "DELETE FROM leases WHERE holder = :holder", soci::use(holder))) {}

  std::string name, holder;
  long long now = 0, end = 0, held_until = 0;
  soci::statement hold, release;
};

}  // namespace

Result<bool> Leases::hold(const std::string& name, Instant now, Instant end) {
  return connections_.write([&](Connection& connection) -> Result<bool> {
    auto& leases = connection.prepared<LeaseStatements>();
    leases.name = name;
    leases.holder = holder_;
    leases.now = now.time_since_epoch().count();
    leases.end = end.time_since_epoch().count();
    return fetch_one(leases.hold);
  });
}

Done Leases::release() {
  return connections_.write([&](Connection& connection) -> Done {
    auto& leases = connection.prepared<LeaseStatements>();
    leases.holder = holder_;
    leases.release.execute(true);
    return {};
  });
}

}  // namespace cardea::sql
