// What the tests of the OAuth 2 routes share: the ready server with its demo users and two clients.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cardea/core/base/base64url.hpp>
#include <functional>
#include <string>
#include <string_view>

#include "demo_server.hpp"

namespace cardea::service {

inline std::string base64(std::string_view text) {
  auto out = to_base64url(text);
  std::ranges::replace(out, '-', '+');
  std::ranges::replace(out, '_', '/');
  while (out.size() % 4 != 0) out += '=';
  return out;
}

inline web::Headers authorization(const std::string& value) {
  web::Headers headers;
  headers.add("Authorization", value);
  return headers;
}

// A client that may read keys and orders, and a public one.
class OAuthTest : public testing::Test {
 protected:
  explicit OAuthTest(const std::function<void(Config&)>& configure = [](Config&) {}) : server(configure) {
    server.client->use_token(alices_token);
    const auto added = add(R"({"name":"billing","scope":"keys:read orders:*"})");
    id = added.at("client_id").as_string();
    secret = added.at("client_secret").as_string();
    public_id = add(R"({"name":"a page","kind":"public"})").at("client_id").as_string();
    server.client->use_token("");
  }
  boost::json::value add(const std::string& json) { return server.client->post_json("/admin/clients", json).json(); }

  std::string in_body() const { return "client_id=" + id + "&client_secret=" + secret; }
  web::Headers basic() const { return authorization("Basic " + base64(id + ':' + secret)); }

  web::TestResponse ask_token(const std::string& form, const web::Headers& headers) {
    return server.client->post_form("/oauth2/token", form, headers);
  }
  std::string token(const std::string& scope = "keys:read") {
    const auto answer = ask_token("grant_type=client_credentials&scope=" + scope, basic());
    return std::string(answer.json().at("access_token").as_string());
  }
  web::TestResponse introspect(const std::string& compact) {
    return server.client->post_form("/oauth2/introspect", "token=" + compact, basic());
  }
  void set_enabled(const std::string& client_id, bool enabled) {
    server.client->use_token(alices_token);
    EXPECT_EQ(server.client->post_json("/admin/clients/" + client_id + (enabled ? "/enable" : "/disable"), "").status,
              200U);
    server.client->use_token("");
  }
  static void expect_error(const web::TestResponse& answer, unsigned status, std::string_view code) {
    EXPECT_EQ(answer.status, status) << answer.body;
    const auto body = answer.json().as_object();
    EXPECT_EQ(body.at("error").as_string(), code) << answer.body;
    EXPECT_TRUE(body.at("error_description").is_string());
    EXPECT_EQ(body.size(), 2U);
    EXPECT_EQ(answer.header("Content-Type"), "application/json");
    EXPECT_EQ(answer.header("Cache-Control"), "no-store");
    EXPECT_EQ(answer.header("WWW-Authenticate"), status == 401 ? R"(Basic realm="cardea")" : "");
  }

  DemoServer server;
  const std::string alices_token = server.log_in("alice", "alicepw");
  std::string id, secret, public_id;
};

}  // namespace cardea::service
