#include "database/postgresql_session.hpp"

#include <soci/postgresql/soci-postgresql.h>

#include <memory>
#include <string_view>
#include <utility>

namespace cardea::sql {
namespace {

using Answer = std::unique_ptr<PGresult, decltype(&PQclear)>;

PGconn* handle_of(soci::session& session) noexcept {
  return static_cast<soci::postgresql_session_backend*>(session.get_backend())->conn_;
}

Answer answer_to(soci::session& session, const char* statements) {
  Answer answer{PQexec(handle_of(session), statements), &PQclear};
  if (PQresultStatus(answer.get()) == PGRES_COMMAND_OK) return answer;
  const char* const state = PQresultErrorField(answer.get(), PG_DIAG_SQLSTATE);
  throw soci::postgresql_soci_error(PQerrorMessage(handle_of(session)), state != nullptr ? state : "     ");
}

void ignore_notice(void*, const char*) {}

std::string_view text_or_nothing(const char* text) noexcept { return text != nullptr ? text : ""; }

bool is_loopback(std::string_view address) noexcept { return address.starts_with("127.") || address == "::1"; }

}  // namespace

soci::session open_postgresql(const DatabaseUrl& url) {
  return {soci::postgresql, std::string(url.connection().expose())};
}

void set_up_postgresql(soci::session& session, const DatabaseOptions& options) {
  PQsetErrorVerbosity(handle_of(session), PQERRORS_TERSE);
  PQsetNoticeProcessor(handle_of(session), ignore_notice, nullptr);
  const auto patience = std::to_string(options.answer_patience.count());
  run_on_postgresql(session, "SET statement_timeout = " + patience + "; SET idle_in_transaction_session_timeout = " +
                                 patience + "; SET lock_timeout = " + std::to_string(options.lock_patience.count()));
  if (options.read_only) run_on_postgresql(session, "SET default_transaction_read_only = on");
}

PostgresqlFacts facts_of_postgresql(soci::session& session) {
  const auto* const handle = handle_of(session);
  const auto version = text_or_nothing(PQparameterStatus(handle, "server_version"));
  const auto socket = text_or_nothing(PQhost(handle)).starts_with('/');
  return {.version = std::string(version),
          .is_encrypted = PQsslInUse(handle_of(session)) == 1,
          .is_local = socket || is_loopback(text_or_nothing(PQhostaddr(handle)))};
}

void end_postgresql_session(soci::session& session) noexcept {
  auto& handle = static_cast<soci::postgresql_session_backend*>(session.get_backend())->conn_;
  PQfinish(std::exchange(handle, nullptr));
}

int socket_of(soci::session& session) noexcept { return PQsocket(handle_of(session)); }

bool in_postgresql_transaction(soci::session& session) noexcept {
  return PQtransactionStatus(handle_of(session)) != PQTRANS_IDLE;
}

bool is_postgresql_session_over(soci::session& session) noexcept {
  return PQstatus(handle_of(session)) != CONNECTION_OK;
}

void run_on_postgresql(soci::session& session, const std::string& statements) {
  answer_to(session, statements.c_str());
}

void commit_on_postgresql(soci::session& session) {
  const auto answer = answer_to(session, "COMMIT");
  if (std::string_view{PQcmdStatus(answer.get())} != "COMMIT") {
    throw soci::soci_error("the server has undone the transaction instead of committing it");
  }
}

}  // namespace cardea::sql
