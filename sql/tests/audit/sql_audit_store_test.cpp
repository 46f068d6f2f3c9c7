#include <sys/wait.h>
#include <unistd.h>

#include <cardea/sql/audit/sql_audit_store.hpp>
#include <csignal>

#include "audit/audit_store_contract.hpp"
#include "database/connection_pool.hpp"
#include "database/scratch_database.hpp"

namespace cardea::sql {
namespace {

class AuditInSqliteFiles {
 public:
  AuditStore& store() { return store_; }

 private:
  ScratchFolder folder_;
  Database database_ = migrated(url_of(folder_ / "audit.db"));
  SqlAuditStore store_{database_};
};

class AuditInSqliteMemories {
 public:
  AuditStore& store() { return store_; }

 private:
  Database database_ = migrated(DatabaseUrl::parse("sqlite::memory:").value());
  SqlAuditStore store_{database_};
};

}  // namespace
}  // namespace cardea::sql

namespace cardea {

INSTANTIATE_TYPED_TEST_SUITE_P(SqliteFile, AuditStoreContract, sql::AuditInSqliteFiles);
INSTANTIATE_TYPED_TEST_SUITE_P(SqliteMemory, AuditStoreContract, sql::AuditInSqliteMemories);

}  // namespace cardea

namespace cardea::sql {
namespace {

class SqlAuditStoreTest : public testing::Test {
 protected:
  static Done run(Database& database, const std::string& statement) {
    return database.connections().with_connection([&](Connection& connection) -> Done {
      connection.session() << statement;
      return {};
    });
  }
  Done run(const std::string& statement) { return run(database, statement); }
  // What somebody does who has the file: the triggers do not stop them.
  void tamper(const std::string& statement) {
    run("DROP TRIGGER IF EXISTS audit_events_stay").value();
    run("DROP TRIGGER IF EXISTS audit_events_stay_as_they_are").value();
    run(statement).value();
  }
  void add(int count) { add(database, count); }
  static void add(Database& into, int count, const std::string& subject = "alice") {
    SqlAuditStore audit{into};
    AuditLog log{audit, AuditSigner{audit_master_keys()}};
    for (int i = 0; i < count; ++i) {
      const auto event = FoldedEvent::of(audit_success(subject));
      ASSERT_TRUE(log.append({&event, 1}, audit_noon()).has_value());
    }
  }
  std::string flaw() {
    const auto verdict = verify_audit(store, AuditSigner{audit_master_keys()}).value();
    return verdict.flaw ? std::string(name_of(verdict.flaw->kind)) + ": " + verdict.flaw->sentence : "";
  }

  ScratchFolder folder;
  DatabaseUrl url = url_of(folder / "audit.db");
  Database database = migrated(url);
  SqlAuditStore store{database};
};

TEST_F(SqlAuditStoreTest, RefusesToChangeOrRemoveRowsByMistake) {
  add(3);
  EXPECT_FALSE(run("UPDATE audit_events SET subject = 'mallory' WHERE sequence = 2").has_value());
  EXPECT_FALSE(run("DELETE FROM audit_events WHERE sequence = 2").has_value());
  EXPECT_EQ(flaw(), "");
}

TEST_F(SqlAuditStoreTest, ShowsAChangedRow) {
  add(9);
  tamper("UPDATE audit_events SET subject = 'mallory' WHERE sequence = 5");
  EXPECT_EQ(flaw(), "changed: row 5 was changed");
}

TEST_F(SqlAuditStoreTest, ShowsARowThatWasRemoved) {
  add(9);
  tamper("DELETE FROM audit_events WHERE sequence IN (4, 5)");
  EXPECT_EQ(flaw(), "missing: rows 4 to 5 are missing");
}

TEST_F(SqlAuditStoreTest, ShowsAGapThatWasClosed) {
  add(9);
  tamper("DELETE FROM audit_events WHERE sequence = 4");
  run("UPDATE audit_events SET sequence = -sequence WHERE sequence > 4").value();
  run("UPDATE audit_events SET sequence = -sequence - 1 WHERE sequence < 0").value();
  EXPECT_EQ(flaw(),
            "moved: row 4 was written as row 5: rows were put in another order, inserted before it or taken away");
}

TEST_F(SqlAuditStoreTest, ShowsRowsThatHaveChangedPlaces) {
  add(9);
  tamper("UPDATE audit_events SET sequence = -3 WHERE sequence = 3");
  run("UPDATE audit_events SET sequence = 3 WHERE sequence = 7").value();
  run("UPDATE audit_events SET sequence = 7 WHERE sequence = -3").value();
  EXPECT_EQ(flaw(),
            "moved: row 3 was written as row 7: rows were put in another order, inserted before it or taken away");
}

TEST_F(SqlAuditStoreTest, ShowsARowThatWasInserted) {
  add(9);
  tamper(
      "INSERT INTO audit_events SELECT sequence + 1, first_at, last_at, event_count, event, reason, 'mallory', "
      "address, "
      "request_id, previous_hash, hash FROM audit_events WHERE sequence = 9");
  EXPECT_EQ(flaw(), "inserted: row 10 was inserted behind the end of the log");
  run("UPDATE audit_marks SET sequence = 10 WHERE name = 'head'").value();
  EXPECT_EQ(flaw(), "changed: row 10 was changed");
}

TEST_F(SqlAuditStoreTest, ShowsATailThatWasCutOff) {
  add(9);
  tamper("DELETE FROM audit_events WHERE sequence > 7");
  EXPECT_TRUE(flaw().starts_with("cut_off: rows 8 to 9 are missing at the end: the checkpoint of ")) << flaw();
  run("UPDATE audit_marks SET sequence = 7, hash = (SELECT hash FROM audit_events WHERE sequence = 7) "
      "WHERE name = 'head'")
      .value();
  EXPECT_TRUE(flaw().starts_with("cut_off: rows 8 to 9 are missing at the end")) << flaw();
  run("UPDATE audit_marks SET sequence = 7, hash = (SELECT hash FROM audit_events WHERE sequence = 7) "
      "WHERE name = 'checkpoint'")
      .value();
  EXPECT_TRUE(flaw().starts_with("checkpoint_not_ours: the checkpoint of row 7 was changed")) << flaw();
  run("DELETE FROM audit_marks WHERE name = 'checkpoint'").value();
  EXPECT_TRUE(flaw().starts_with("checkpoint_missing: ")) << flaw();
}

TEST_F(SqlAuditStoreTest, ShowsAWholeLogOfSomebodyElse) {
  add(9);
  auto other = migrated(url_of(folder / "other.db"));
  SqlAuditStore forged{other};
  AuditLog log{forged, AuditSigner{MasterKeys::generate()}};
  for (int i = 0; i < 9; ++i) {
    const auto event = FoldedEvent::of(audit_success("mallory"));
    ASSERT_TRUE(log.append({&event, 1}, audit_noon()).has_value());
  }
  tamper("DELETE FROM audit_events");
  run("ATTACH '" + (folder / "other.db").string() + "' AS other").value();
  run("INSERT INTO audit_events SELECT * FROM other.audit_events").value();
  run("DELETE FROM audit_marks").value();
  run("INSERT INTO audit_marks SELECT * FROM other.audit_marks").value();
  EXPECT_TRUE(flaw().starts_with("checkpoint_not_ours: ")) << flaw();
}

TEST_F(SqlAuditStoreTest, SaysThatTheHeadIsNotThere) {
  add(2);
  run("DELETE FROM audit_marks WHERE name = 'head'").value();
  EXPECT_EQ(store.state().error().code(), ErrorCode::store_corrupt);
}

TEST_F(SqlAuditStoreTest, MakesOneChainOfWhatManyProcessesWriteAtOnce) {
  constexpr int kProcesses = 4, kEach = 50;
  std::vector<pid_t> children;
  for (int process = 0; process < kProcesses; ++process) {
    const pid_t child = fork();
    if (child == 0) {
      auto own = opened(url);
      add(own, kEach, "process-" + std::to_string(process));
      _exit(testing::Test::HasFailure() ? 1 : 0);
    }
    children.push_back(child);
  }
  for (const auto child : children) {
    int status = 0;
    waitpid(child, &status, 0);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
  }
  EXPECT_EQ(flaw(), "");
  EXPECT_EQ(store.state().value().head.sequence, std::uint64_t{kProcesses * kEach});
}

TEST_F(SqlAuditStoreTest, IsWholeAfterAWriterWasKilled) {
  constexpr std::uint64_t kEnough = 20;
  for (int round = 1; round <= 3; ++round) {
    const pid_t child = fork();
    if (child == 0) {
      auto own = opened(url);
      add(own, 1'000'000);
      _exit(0);
    }
    while (store.state().value().head.sequence < kEnough * static_cast<std::uint64_t>(round)) continue;
    kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status));
    EXPECT_EQ(flaw(), "");
  }
}

TEST_F(SqlAuditStoreTest, KeepsTheLogWhenTheDatabaseIsClosed) {
  add(3);
  const auto before = store.read(0, 10).value();
  database = opened(url);
  SqlAuditStore reopened{database};
  EXPECT_EQ(reopened.read(0, 10).value(), before);
  EXPECT_EQ(reopened.state().value().head, audit_head_of(before));
}

}  // namespace
}  // namespace cardea::sql
