// The ready server with its demo users, over a database of its own.
#pragma once

#include <boost/json/object.hpp>
#include <cardea/core/audit/memory_audit_sink.hpp>
#include <cardea/service/routes/ready_server.hpp>
#include <cardea/service/wiring/backend.hpp>
#include <cardea/web/testing/test_client.hpp>
#include <functional>
#include <optional>
#include <string>

#include "temporary_folder.hpp"

namespace cardea::service {

// What `cardea serve --demo` has unless told otherwise, over a database in the folder.
inline Config demo_config(const TemporaryFolder& folder) {
  Config config;
  config.demo = true;
  config.database = sql::DatabaseUrl::parse("sqlite:" + (folder / "a.db").string()).value();
  config.access_token_lifetime = std::chrono::minutes{30};
  config.refresh_idle = std::chrono::days{14};
  config.refresh_absolute = std::chrono::days{90};
  config.jwks_cache = std::chrono::seconds{300};
  config.password_hash_memory_mib = 19;
  config.password_minimum_length = 15;
  return config;
}

class DemoServer {
 public:
  explicit DemoServer(Algorithm algorithm = Algorithm::hs256, std::optional<std::string> issuer = {})
      : DemoServer([&](Config& config) {
          config.signing_algorithm = algorithm;
          config.issuer = std::move(issuer);
        }) {}
  explicit DemoServer(const std::function<void(Config&)>& configure) {
    auto config = demo_config(folder_);
    configure(config);
    backend_ = Backend::open(config, SystemClock{}.now(), audit).value();
    app_.declare(kReadyServerCatalogue.view());
    Backend::provide(backend_, app_);
    add_ready_server(app_);
    client.emplace(app_);
  }

  UserStore& users() { return backend_->users(); }
  const web::App& app() const { return app_; }
  web::App& app() { return app_; }

  std::string log_in(std::string_view name, std::string_view password) {
    const auto form = "username=" + std::string(name) + "&password=" + std::string(password);
    return std::string(client->post_form("/auth/login", form).json().at("access_token").as_string());
  }

  std::shared_ptr<MemoryAuditSink> audit = std::make_shared<MemoryAuditSink>();

 private:
  TemporaryFolder folder_;
  std::shared_ptr<Backend> backend_;
  web::App app_;

 public:
  std::optional<web::TestClient> client;
};

}  // namespace cardea::service
