// A transaction that has the database's only write lock from its start; undone unless committed.
#pragma once

#include <soci/soci.h>

namespace cardea::sql {

class WriteTransaction {
 public:
  explicit WriteTransaction(soci::session& session);
  ~WriteTransaction();
  WriteTransaction(const WriteTransaction&) = delete;
  WriteTransaction& operator=(const WriteTransaction&) = delete;

  void commit();

 private:
  soci::session& session_;
  bool committed_ = false;
};

}  // namespace cardea::sql
