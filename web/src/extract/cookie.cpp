#include <algorithm>
#include <cardea/web/extract/cookie.hpp>

namespace cardea::web::cookie_detail {
namespace {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t";
  text.remove_prefix(std::min(text.find_first_not_of(kBlank), text.size()));
  return text.substr(0, text.find_last_not_of(kBlank) + 1);
}

// Calls `visit(name, value)` for each pair of a Cookie field.
template <class Visit>
void for_each_cookie(std::string_view field, Visit visit) {
  while (!field.empty()) {
    const auto pair = field.substr(0, field.find(';'));
    field.remove_prefix(std::min(pair.size() + 1, field.size()));
    if (const auto equals = pair.find('='); equals != std::string_view::npos) {
      visit(trimmed(pair.substr(0, equals)), trimmed(pair.substr(equals + 1)));
    }
  }
}

}  // namespace

Result<std::optional<std::string>> find(const Headers& headers, std::string_view name) {
  std::optional<std::string> found;
  bool is_ambiguous = false;
  for (const auto& field : headers.fields()) {
    if (!equal_ignoring_case(field.name, "Cookie")) continue;
    for_each_cookie(field.value, [&](std::string_view key, std::string_view value) {
      if (key != name) return;
      is_ambiguous |= found.has_value();
      found = std::string(value);
    });
  }
  if (is_ambiguous) return failure(ErrorCode::invalid_request, PublicText{"A cookie is given more than once"});
  return found;
}

void describe(Operation& operation, std::string_view name) {
  operation.parameters.push_back({"cookie", std::string(name), false, {{"type", "string"}}});
  operation.refusals.insert(400);
}

}  // namespace cardea::web::cookie_detail
