#include "command_line/api_keys.hpp"

namespace cardea::cli {

boost::json::object json_of(const ApiKey& key) {
  boost::json::object json{{"id", key.id.text()},
                           {"name", key.name.text()},
                           {"scope", key.scopes.to_scope()},
                           {"created_at", to_rfc3339(key.created_at)},
                           {"expires_at", to_rfc3339(key.expires_at)},
                           {"last_used_at", nullptr}};
  if (key.last_used_at) json["last_used_at"] = to_rfc3339(*key.last_used_at);
  return json;
}

Row heading_of_api_keys() { return {"ID", "NAME", "SCOPE", "CREATED", "EXPIRES", "LAST USED"}; }

Row row_of(const ApiKey& key) {
  const auto scope = key.scopes.to_scope();
  return {key.id.text(),
          std::string(key.name.text()),
          scope.empty() ? "-" : scope,
          to_rfc3339(key.created_at),
          to_rfc3339(key.expires_at),
          key.last_used_at ? to_rfc3339(*key.last_used_at) : "-"};
}

}  // namespace cardea::cli
