#include <cardea/core/audit/audit_line.hpp>
#include <cardea/core/base/json_text.hpp>

namespace cardea {
namespace {

void append_member(std::string& out, std::string_view name, std::string_view value) {
  out += out.empty() ? '{' : ',';
  append_json_string(out, name);
  out += ':';
  append_json_string(out, value);
}

}  // namespace

std::string audit_line(const AuditEvent& event) {
  std::string line;
  append_member(line, "at", to_rfc3339(event.at));
  append_member(line, "event", name_of(event.action));
  append_member(line, "outcome", event.reason ? "refused" : "done");
  if (event.reason) append_member(line, "reason", name_of(*event.reason));
  append_member(line, "subject", event.subject);
  append_member(line, "address", event.origin.address);
  append_member(line, "request_id", event.origin.request_id);
  return line + '}';
}

}  // namespace cardea
