// A transaction for writing; undone unless committed. On SQLite it has the database's only write lock from its start.
#pragma once

#include "database/connection.hpp"

namespace cardea::sql {

class WriteTransaction {
 public:
  explicit WriteTransaction(Connection& connection) : connection_(connection) { connection_.begin(); }
  ~WriteTransaction() {
    if (!committed_) connection_.roll_back();
  }
  WriteTransaction(const WriteTransaction&) = delete;
  WriteTransaction& operator=(const WriteTransaction&) = delete;

  void commit() {
    connection_.commit();
    committed_ = true;
  }

 private:
  Connection& connection_;
  bool committed_ = false;
};

}  // namespace cardea::sql
