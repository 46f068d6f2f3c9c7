// Refreshes a second by SessionIssuer over a SQLite file, from many threads: each exchanges the tokens of a session of
// its own, and every exchange is on the disk before the next one.
#include <benchmark/benchmark.h>

#include <cardea/core/session/session_issuer.hpp>
#include <cardea/core/token/token_signer.hpp>
#include <cardea/sql/account/sql_user_store.hpp>
#include <cardea/sql/migration/migrator.hpp>
#include <cardea/sql/session/sql_session_store.hpp>
#include <cstdlib>
#include <filesystem>

namespace cardea::bench {
namespace {

constexpr int kThreads = 16;

class NoAudit final : public AuditSink {
 public:
  void record(const AuditEvent&) noexcept override {}
};

class Sessions {
 public:
  ~Sessions() { std::filesystem::remove_all(folder_); }

  Secret start(Instant now) { return issuer_.start(alice_, client_, now).value().refresh_token; }
  Result<TokenPair> refresh(const Secret& token, Instant now) {
    return issuer_.refresh(token.expose(), client_, origin_, now);
  }

 private:
  static std::filesystem::path made_folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "cardea-bench-XXXXXX").string();
    return mkdtemp(pattern.data());
  }
  static sql::Database migrated(const std::filesystem::path& file) {
    const auto url = sql::DatabaseUrl::parse("sqlite:" + file.string()).value();
    auto database = sql::Database::open(url, {.connections = kThreads}).value();
    sql::Migrator{database}.migrate(Instant{}).value();
    return database;
  }
  User added(std::string_view name) {
    return users_.add({Username::parse(name).value(), Role::parse("user").value(), PasswordHash{"hash"}}, Instant{})
        .value();
  }
  static SigningKey key() {
    return SigningKey{HmacKey::from_secret(Secret{std::string(32, 'k')}, Algorithm::hs256).value()};
  }

  const Origin origin_{"192.0.2.7", "request-1"};
  const ClientTrace client_{.address = "192.0.2.7", .user_agent = "Firefox"};
  std::filesystem::path folder_ = made_folder();
  sql::Database database_ = migrated(folder_ / "sessions.db");
  sql::SqlUserStore users_{database_};
  sql::SqlSessionStore store_{database_};
  NoAudit audit_;
  EndedSessions ended_;
  const User alice_ = added("alice");
  AccessTokenIssuer access_tokens_{TokenSigner{key()}, std::chrono::minutes{30}};
  SessionAdministration administration_{store_, ended_, audit_};
  SessionIssuer issuer_{store_, users_, access_tokens_, administration_, audit_};
};

Sessions& sessions() {
  static Sessions sessions;
  return sessions;
}

// The clock goes on by a second each time, so that no two exchanges share a salt.
void refresh_durably(benchmark::State& state) {
  Instant now{std::chrono::years{56}};
  auto token = sessions().start(now);
  for (auto _ : state) {
    now += std::chrono::seconds{1};
    auto pair = sessions().refresh(token, now);
    if (!pair) {
      state.SkipWithError("refused");
      break;
    }
    token = std::move(pair->refresh_token);
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(refresh_durably)->Threads(1)->Threads(4)->Threads(kThreads)->UseRealTime();

}  // namespace
}  // namespace cardea::bench
