// The PostgreSQL server of the tests. CTest starts one for all of them; a program that is run by hand starts its own.
#pragma once

#include <unistd.h>

#include <atomic>
#include <cardea/sql/database/database_url.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

#include "database/connection.hpp"

namespace cardea::sql {

class PostgresqlServer {
 public:
  static const PostgresqlServer& shared() {
    static const PostgresqlServer server;
    return server;
  }
  ~PostgresqlServer() {
    if (folder_.empty()) return;
    call("stop");
    std::filesystem::remove_all(folder_);
  }
  PostgresqlServer(const PostgresqlServer&) = delete;
  PostgresqlServer& operator=(const PostgresqlServer&) = delete;

  std::string url_text(const std::string& database) const { return url_.substr(0, url_.rfind('/') + 1) + database; }
  void run(const std::string& statement) const {
    Connection connection{DatabaseUrl::parse(url_).value(), {}};
    connection.session() << statement;
  }

 private:
  PostgresqlServer() {
    const char* file = std::getenv("CARDEA_TEST_POSTGRESQL");
    if (file == nullptr) {
      std::string pattern = (std::filesystem::temp_directory_path() / "cardea-sql-XXXXXX").string();
      folder_ = mkdtemp(pattern.data());
      call("start");
    }
    std::ifstream{file != nullptr ? std::filesystem::path{file} : folder_ / "url"} >> url_;
    if (url_.empty()) throw std::runtime_error("there is no PostgreSQL for the tests");
  }
  void call(const std::string& verb) const {
    const auto command =
        std::string(CARDEA_PYTHON " " CARDEA_POSTGRESQL_SCRIPT " ") + verb + " " + folder_.string() + " >/dev/null";
    // NOLINTNEXTLINE(cert-env33-c): a script of these tests
    if (std::system(command.c_str()) != 0) throw std::runtime_error(command);
  }

  std::filesystem::path folder_;  // empty: another's server
  std::string url_;
};

// A database of its own on that server.
class PostgresqlScratch {
 public:
  PostgresqlScratch() { PostgresqlServer::shared().run("CREATE DATABASE " + name_); }
  ~PostgresqlScratch() { PostgresqlServer::shared().run("DROP DATABASE " + name_ + " WITH (FORCE)"); }
  PostgresqlScratch(const PostgresqlScratch&) = delete;
  PostgresqlScratch& operator=(const PostgresqlScratch&) = delete;

  std::string url_text() const { return PostgresqlServer::shared().url_text(name_); }
  DatabaseUrl url() const { return DatabaseUrl::parse(url_text()).value(); }
  const std::string& name() const { return name_; }

 private:
  static std::string new_name() {
    static std::atomic<int> count = 0;
    return "test_" + std::to_string(getpid()) + "_" + std::to_string(++count);
  }

  const std::string name_ = new_name();
};

}  // namespace cardea::sql
