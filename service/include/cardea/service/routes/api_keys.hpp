// The keys that users have made for scripts: /auth/api-keys for themselves, /admin/users/{id}/api-keys for those who
// may.
#pragma once

#include <boost/describe/class.hpp>
#include <cardea/core/api_key/api_key_administration.hpp>
#include <cardea/core/base/clock.hpp>
#include <cardea/web/app.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cardea::service {

struct ApiKeyView {
  std::string id;
  std::string name;
  std::string scope;
  Instant created_at{};
  Instant expires_at{};
  std::optional<Instant> last_used_at;  // to the minute

  static ApiKeyView of(const ApiKey& key);
};
BOOST_DESCRIBE_STRUCT(ApiKeyView, (), (id, name, scope, created_at, expires_at, last_used_at))

struct ApiKeyPage {
  std::vector<ApiKeyView> items;
  std::optional<std::string> next;  // always none: a user has few keys
};
BOOST_DESCRIBE_STRUCT(ApiKeyPage, (), (items, next))

// With the key itself, which no other answer ever has again.
struct ApiKeyWithText : ApiKeyView {
  std::string key;

  static ApiKeyWithText of(const CreatedApiKey& created);
};
BOOST_DESCRIBE_STRUCT(ApiKeyWithText, (ApiKeyView), (key))

struct WantedApiKey {
  std::string name;
  std::optional<std::string> scope;  // nothing unless said
  std::optional<web::Ranged<std::int64_t, 1, NewApiKey::kLongestLifetime.count()>> expires_in_days;  // 90 unless said
};
BOOST_DESCRIBE_STRUCT(WantedApiKey, (), (name, scope, expires_in_days))

// Uses an ApiKeyAdministration. For users with a token: no API key makes, shows or revokes any. POST makes one, with no
// more than the token allows; GET lists those that are not revoked, the newest first; DELETE /auth/api-keys/{id}
// revokes one, 404 if it is not theirs.
void add_api_keys(web::App& app);

// Uses an ApiKeyAdministration and a UserStore. GET lists by the permission users:read what DELETE revokes by
// users:write, one or all.
void add_admin_api_keys(web::App& app);

}  // namespace cardea::service

// An answer with a key in it is kept by no cache.
template <>
struct cardea::web::Responder<cardea::service::ApiKeyWithText> {
  static Result<Response> respond(service::ApiKeyWithText& key);
  static responder_detail::Success describe(SchemaRegistry& schemas);
};
