#include "database/write_transaction.hpp"

namespace cardea::sql {

WriteTransaction::WriteTransaction(soci::session& session) : session_(session) { session_ << "BEGIN IMMEDIATE"; }

WriteTransaction::~WriteTransaction() {
  if (committed_) return;
  try {
    session_ << "ROLLBACK";
  } catch (const std::exception&) {
    return;  // SQLite has rolled back by itself, on a full disk for instance
  }
}

void WriteTransaction::commit() {
  session_ << "COMMIT";
  committed_ = true;
}

}  // namespace cardea::sql
