#include "command_line/sessions.hpp"

#include <cardea/core/base/json_text.hpp>

namespace cardea::cli {
namespace {

void append_member(std::string& out, std::string_view name, std::string_view value) {
  out += out.empty() ? '{' : ',';
  append_json_string(out, name);
  out += ':';
  append_json_string(out, value);
}

}  // namespace

std::string json_of(const Session& session) {
  std::string object;
  append_member(object, "id", session.id.text());
  append_member(object, "created_at", to_rfc3339(session.created_at));
  append_member(object, "last_used_at", to_rfc3339(session.last_used_at));
  append_member(object, "address", session.client.address);
  append_member(object, "user_agent", session.client.user_agent);
  return object + '}';
}

Row heading_of_sessions() { return {"ID", "STARTED", "LAST USED", "ADDRESS", "USER AGENT"}; }

Row row_of(const Session& session) {
  return {session.id.text(), to_rfc3339(session.created_at), to_rfc3339(session.last_used_at), session.client.address,
          session.client.user_agent};
}

}  // namespace cardea::cli
