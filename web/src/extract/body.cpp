#include <cardea/core/base/strict_json.hpp>
#include <cardea/web/extract/body.hpp>

namespace cardea::web::body_detail {

Result<boost::json::value> read_json_body(const Request& request) {
  const auto kind = body_kind(request.headers);
  const bool absent = kind == BodyKind::none && request.body.empty();
  if (absent) return failure(invalid_body({{"/body", "is missing"}}));
  if (kind != BodyKind::json) return failure(ErrorCode::unsupported_media_type);
  auto json = parse_strict_json(request.body, {.max_depth = 32, .max_size = request.body.size()});
  if (!json) {
    return failure(ErrorCode::invalid_request, PublicText{"Malformed JSON"},
                   PrivateText{std::string(json.error().private_text())});
  }
  return json;
}

std::vector<const FormField*> fields_named(const std::vector<FormField>& fields, std::string_view name) {
  std::vector<const FormField*> found;
  for (const auto& field : fields) {
    if (field.name == name) found.push_back(&field);
  }
  return found;
}

std::string read_field(const std::vector<const FormField*>& found, FormFile& file) {
  if (found.empty()) return "is missing";
  if (found.size() > 1) return "is given more than once";
  file = {found.front()->file_name, found.front()->media_type, found.front()->value};
  return {};
}

void describe_body(Operation& operation, boost::json::object schema, std::vector<std::string_view> media_types) {
  operation.bodies.push_back({std::move(media_types), std::move(schema)});
  operation.refusals.insert({400, 413, 415, 422});
}

}  // namespace cardea::web::body_detail
