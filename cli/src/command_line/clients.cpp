#include "command_line/clients.hpp"

namespace cardea::cli {

Result<PermissionSet> scope_given(const std::string& text) {
  auto scope = PermissionSet::parse_scope(text);
  if (!scope) {
    return failure(
        ErrorCode::permission_invalid,
        PublicText{"--scope: permissions with one space between them, such as \"orders:read orders:write\""});
  }
  return scope;
}

boost::json::object json_of(const OAuthClient& client) {
  boost::json::object json{{"client_id", client.id.text()},
                           {"name", client.name.text()},
                           {"kind", name_of(client.kind)},
                           {"scope", client.scopes.to_scope()},
                           {"created_at", to_rfc3339(client.created_at)},
                           {"disabled_at", nullptr}};
  if (client.disabled_at) json["disabled_at"] = to_rfc3339(*client.disabled_at);
  return json;
}

boost::json::object json_of(const IssuedClient& issued) {
  auto json = json_of(issued.client);
  if (!issued.secret.empty()) json["client_secret"] = issued.secret.expose();
  return json;
}

Row heading_of_clients() { return {"CLIENT ID", "NAME", "KIND", "SCOPE", "CREATED", "DISABLED"}; }

Row row_of(const OAuthClient& client) {
  const auto scope = client.scopes.to_scope();
  return {std::string(client.id.text()),     std::string(client.name.text()),
          std::string(name_of(client.kind)), scope.empty() ? "-" : scope,
          to_rfc3339(client.created_at),     client.disabled_at ? to_rfc3339(*client.disabled_at) : "-"};
}

void show_secret(Terminal& terminal, const IssuedClient& issued) {
  if (issued.secret.empty()) return;
  terminal.out() << "secret: " << issued.secret.expose() << '\n';
  terminal.err() << "note: the secret is shown this once; only its digest is kept\n";
}

}  // namespace cardea::cli
