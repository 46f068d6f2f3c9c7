#include <algorithm>
#include <cardea/core/base/json_text.hpp>
#include <cardea/web/extract/form_fields.hpp>
#include <cardea/web/extract/url_encoding.hpp>
#include <optional>

namespace cardea::web {
namespace {

constexpr std::size_t kMostParts = 1000;

Error malformed(std::string_view what) {
  return Error{ErrorCode::invalid_request, PublicText{"Malformed form: " + std::string(what)}};
}

std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

std::string_view media_type_of(std::string_view content_type) {
  return trimmed(content_type.substr(0, content_type.find(';')));
}

// The value of `; name=value` or `; name="value"` in a header value; quoted pairs are unescaped (RFC 9110
// section 5.6.6).
std::optional<std::string> parameter_of(std::string_view header, std::string_view name) {
  auto semicolon = header.find(';');
  while (semicolon != std::string_view::npos) {
    header.remove_prefix(semicolon + 1);
    const auto equals = header.find('=');
    if (equals == std::string_view::npos) return std::nullopt;
    const auto key = trimmed(header.substr(0, equals));
    header.remove_prefix(equals + 1);
    std::string value;
    if (header.starts_with('"')) {
      std::size_t i = 1;
      for (; i < header.size() && header[i] != '"'; ++i) {
        if (header[i] == '\\' && i + 1 < header.size()) ++i;
        value += header[i];
      }
      if (i >= header.size()) return std::nullopt;
      header.remove_prefix(i + 1);
    } else {
      value = trimmed(header.substr(0, header.find(';')));
    }
    if (equal_ignoring_case(key, name)) return value;
    semicolon = header.find(';');
  }
  return std::nullopt;
}

Result<std::vector<FormField>> read_urlencoded(std::string_view body) {
  auto pairs = decode_form(body);
  if (!pairs) return failure(std::move(pairs).error());
  std::vector<FormField> fields;
  for (auto& [name, value] : *pairs) fields.push_back({std::move(name), std::move(value), {}, {}});
  return fields;
}

// The header lines of one part, up to the empty line; takes them and the empty line off the front of `part`.
Result<FormField> take_part_headers(std::string_view& part) {
  FormField field;
  bool named = false;
  while (true) {
    const auto end = part.find("\r\n");
    if (end == std::string_view::npos) return failure(malformed("a part has no header"));
    const auto line = part.substr(0, end);
    part.remove_prefix(end + 2);
    if (line.empty()) break;
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) return failure(malformed("a part has a broken header"));
    const auto value = trimmed(line.substr(colon + 1));
    if (equal_ignoring_case(line.substr(0, colon), "Content-Disposition")) {
      auto name = parameter_of(value, "name");
      if (!equal_ignoring_case(media_type_of(value), "form-data") || !name)
        return failure(malformed("a part has no name"));
      field.name = std::move(*name);
      field.file_name = parameter_of(value, "filename").value_or(std::string{});
      named = true;
    } else if (equal_ignoring_case(line.substr(0, colon), "Content-Type")) {
      field.media_type = value;
    }
  }
  if (!named || !is_utf8(field.name)) return failure(malformed("a part has no name"));
  return field;
}

// Takes `expected` off the front of `text`; false if something else is there.
bool take(std::string_view& text, std::string_view expected) {
  if (!text.starts_with(expected)) return false;
  text.remove_prefix(expected.size());
  return true;
}

Result<std::vector<FormField>> read_multipart(std::string_view body, const std::string& boundary) {
  const std::string delimiter = "\r\n--" + boundary;
  std::vector<FormField> fields;
  if (!take(body, std::string_view{delimiter}.substr(2)))
    return failure(malformed("the boundary is not where the body begins"));
  while (!take(body, "--")) {
    body.remove_prefix(std::min(body.find_first_not_of(" \t"), body.size()));
    if (!take(body, "\r\n")) return failure(malformed("a boundary line has something behind it"));
    if (fields.size() == kMostParts) return failure(malformed("too many parts"));
    auto field = take_part_headers(body);
    if (!field) return failure(std::move(field).error());
    const auto end = body.find(delimiter);
    if (end == std::string_view::npos) return failure(malformed("the closing boundary is missing"));
    field->value = body.substr(0, end);
    if (field->file_name.empty() && !is_utf8(field->value)) return failure(malformed("text is not UTF-8"));
    body.remove_prefix(end + delimiter.size());
    fields.push_back(std::move(*field));
  }
  return fields;
}

}  // namespace

BodyKind body_kind(const Headers& headers) {
  const auto content_type = headers.find("Content-Type");
  if (!content_type) return BodyKind::none;
  const auto type = media_type_of(*content_type);
  const bool structured = type.size() > 5 && equal_ignoring_case(type.substr(type.size() - 5), "+json");
  if (equal_ignoring_case(type, "application/json") || structured) return BodyKind::json;
  if (equal_ignoring_case(type, "application/x-www-form-urlencoded")) return BodyKind::urlencoded;
  if (equal_ignoring_case(type, "multipart/form-data")) return BodyKind::multipart;
  return BodyKind::other;
}

Result<std::vector<FormField>> read_form(const Request& request) {
  const auto kind = body_kind(request.headers);
  if (kind == BodyKind::none && request.body.empty()) return std::vector<FormField>{};
  if (kind == BodyKind::urlencoded) return read_urlencoded(request.body);
  if (kind != BodyKind::multipart) return failure(ErrorCode::unsupported_media_type);
  const auto boundary = parameter_of(*request.headers.find("Content-Type"), "boundary");
  if (!boundary || boundary->empty() || boundary->size() > 70) return failure(malformed("no usable boundary"));
  return read_multipart(request.body, *boundary);
}

}  // namespace cardea::web
