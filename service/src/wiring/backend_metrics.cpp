// What a backend counts and measures, by the names that docs/observability.md explains.
#include <cardea/service/wiring/backend.hpp>
#include <cardea/web/metrics/pool_metrics.hpp>
#include <chrono>
#include <map>

namespace cardea::service {
namespace {

double seconds_since_1970(Instant instant) { return std::chrono::duration<double>(instant.time_since_epoch()).count(); }

void add_logins(Metrics& metrics, const std::shared_ptr<const CountedAuditSink>& events) {
  metrics.counters<"cardea_logins_total">("Logins by outcome; throttled ones had failed too often before",
                                          [events](SeriesWriter& series) {
                                            const auto outcome = [&](std::string name, AuditAction action) {
                                              series.count({label<"outcome">(std::move(name))}, events->count(action));
                                            };
                                            outcome("succeeded", AuditAction::login_succeeded);
                                            outcome("failed", AuditAction::login_failed);
                                            outcome("throttled", AuditAction::login_throttled);
                                          });
}

void add_refreshes(Metrics& metrics, const std::shared_ptr<const CountedAuditSink>& events) {
  metrics.counters<"cardea_refreshes_total">(
      "Refreshes of sessions by outcome; reused are those that ended their session, since somebody has a copy",
      [events](SeriesWriter& series) {
        const auto reused = events->count(AuditAction::refresh_refused, ErrorCode::refresh_token_reused);
        const auto refused = events->count(AuditAction::refresh_refused) - reused;
        series.count({label<"outcome">("succeeded")}, events->count(AuditAction::session_refreshed));
        series.count({label<"outcome">("reused")}, reused);
        series.count({label<"outcome">("refused")}, refused);
      });
}

void add_refusals(Metrics& metrics, const std::shared_ptr<const CountedAuditSink>& events) {
  metrics.counters<"cardea_tokens_refused_total">(
      "Access tokens that were refused, by the code of the error", [events](SeriesWriter& series) {
        for (const auto code : all_error_codes()) {
          const auto count = events->count(AuditAction::token_refused, code);
          if (count != 0) series.count({label<"code">(std::string(name_of(code)))}, count);
        }
      });
}

void add_events(Metrics& metrics, const std::shared_ptr<const CountedAuditSink>& events) {
  metrics.counters<"cardea_audit_events_total">(
      "Events of this process for the audit log, by action", [events](SeriesWriter& series) {
        for (std::size_t number = 0; number < CountedAuditSink::kActions; ++number) {
          const auto action = static_cast<AuditAction>(number);
          series.count({label<"action">(std::string(name_of(action)))}, events->count(action));
        }
      });
}

void add_cache(Metrics& metrics, const std::string& name, const std::shared_ptr<const CacheCounts>& cache) {
  metrics.counters<"cardea_cache_lookups_total">(
      "Look-ups in a cache: a hit was known, a miss had to be asked for or verified",
      [name, cache](SeriesWriter& series) {
        series.count({label<"cache">(name), label<"result">("hit")}, cache->hits.value());
        series.count({label<"cache">(name), label<"result">("miss")}, cache->misses.value());
      });
}

void add_audit_sink(Metrics& metrics, const std::shared_ptr<const ChainedAuditSink>& sink) {
  metrics.gauge<"cardea_audit_events_waiting">("Rows that are to be written to the audit log",
                                               [sink] { return static_cast<double>(sink->state().waiting); });
  metrics.counters<"cardea_audit_write_failures_total">(
      "Times that the audit log could not be written",
      [sink](SeriesWriter& series) { series.count({}, sink->state().failures); });
  metrics.counters<"cardea_audit_events_lost_total">(
      "Events that were only counted, for want of room or memory",
      [sink](SeriesWriter& series) { series.count({}, sink->state().lost); });
  metrics.gauges<"cardea_audit_last_write_timestamp_seconds">(
      "When this process last wrote to the audit log, in seconds since 1970", [sink](SeriesWriter& series) {
        if (const auto last = sink->state().last_written) series.value({}, seconds_since_1970(*last));
      });
}

// The two that an alert waits for are there from the start.
void write_failures(const sql::DatabaseState& state, SeriesWriter& series) {
  std::map<ErrorCode, std::uint64_t> counts{{ErrorCode::store_unavailable, 0}, {ErrorCode::store_corrupt, 0}};
  for (const auto& [code, count] : state.failures) counts[code] = count;
  for (const auto& [code, count] : counts) series.count({label<"code">(std::string(name_of(code)))}, count);
}

void add_database(Metrics& metrics, const std::shared_ptr<const sql::Database>& database) {
  const auto connections = [&database](std::size_t sql::ConnectionsState::* part) {
    return [database, part] { return static_cast<double>(database->state().connections.*part); };
  };
  metrics.gauge<"cardea_database_connections_max">("Connections to the database that may be open",
                                                   connections(&sql::ConnectionsState::most));
  metrics.gauge<"cardea_database_connections_open">("Connections to the database that are open",
                                                    connections(&sql::ConnectionsState::open));
  metrics.gauge<"cardea_database_connections_taken">("Connections to the database that are in use",
                                                     connections(&sql::ConnectionsState::taken));
  metrics.gauge<"cardea_database_threads_waiting">("Threads that wait for a connection to the database",
                                                   connections(&sql::ConnectionsState::waiting));
  metrics.gauge<"cardea_database_writes_waiting">(
      "SQLite: changes that wait for the one connection that writes",
      [database] { return static_cast<double>(database->state().waiting_writes); });
  metrics.histograms<"cardea_database_connection_wait_seconds">(
      "How long threads waited for a connection",
      [database](SeriesWriter& series) { series.histogram({}, database->connection_waits()); });
  metrics.counters<"cardea_database_errors_total">(
      "Reads and writes of the database that failed, by the code",
      [database](SeriesWriter& series) { write_failures(database->state(), series); });
}

void add_signing_key(Metrics& metrics, const std::shared_ptr<const KeyRing>& ring) {
  metrics.gauges<"cardea_signing_key_since_timestamp_seconds">(
      "Since when the present key has signed tokens, in seconds since 1970", [ring](SeriesWriter& series) {
        for (const auto& key : ring->keys(SystemClock{}.now())) {
          if (key.state != KeyState::active) continue;
          series.value({label<"algorithm">(std::string(name_of(key.algorithm)))}, seconds_since_1970(key.signs_from));
        }
      });
}

}  // namespace

void Backend::add_metrics(const std::shared_ptr<Backend>& backend, Metrics& metrics) {
  // Each pointer shares the ownership of the whole.
  const auto part = [&]<class T>(const T& value) { return std::shared_ptr<const T>(backend, &value); };
  web::add_pool_metrics(metrics, "blocking", part(backend->blocking_pool_));
  web::add_pool_metrics(metrics, "hashing", part(backend->hashing_threads_.pool));
  web::add_pool_metrics(metrics, "storing", part(backend->hashing_threads_.storing));
  add_database(metrics, part(backend->accounts_.database()));
  add_cache(metrics, "users", part(backend->users_.look_ups()));
  add_cache(metrics, "tokens", part(backend->token_authenticator_.token_cache()));
  add_cache(metrics, "clients", part(backend->clients_.look_ups()));
  add_cache(metrics, "api_keys", part(backend->api_keys_.look_ups()));
  add_logins(metrics, backend->events_);
  add_refreshes(metrics, backend->events_);
  add_refusals(metrics, backend->events_);
  add_events(metrics, backend->events_);
  add_audit_sink(metrics, part(backend->audit_trail_->sink()));
  if (const auto& ring = backend->keys_.ring()) add_signing_key(metrics, part(*ring));
  metrics.counters<"cardea_sessions_started_total">(
      "Sessions that this process started",
      [backend](SeriesWriter& series) { series.count({}, backend->sessions_.started()); });
  metrics.counters<"cardea_sessions_ended_total">(
      "Sessions that this process ended before their time: by logout, for a new password, a reused token and the like",
      [events = backend->events_](SeriesWriter& series) {
        series.count({}, events->count(AuditAction::session_ended));
      });
}

}  // namespace cardea::service
