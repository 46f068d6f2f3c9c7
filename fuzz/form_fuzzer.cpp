// Forms: what is read is read again from what is written of it. The first line is the Content-Type, the rest the body.
#include <algorithm>
#include <cardea/web/extract/form_fields.hpp>
#include <string>
#include <vector>

#include "fuzzers.hpp"
#include "percent_encoding.hpp"
#include "property.hpp"

namespace cardea::fuzz {
namespace {

using web::FormField;

web::Request request_of(std::string_view content_type, std::string body) {
  web::Request request;
  request.headers.add("Content-Type", content_type);
  request.body = std::move(body);
  return request;
}

std::string urlencoded(const std::vector<FormField>& fields) {
  std::string out;
  for (const auto& field : fields) out += percent_encoded(field.name) + '=' + percent_encoded(field.value) + '&';
  return out;
}

std::string between_quotes(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

std::string multipart(const std::vector<FormField>& fields, const std::string& boundary) {
  std::string out;
  for (const auto& field : fields) {
    out += "--" + boundary + "\r\nContent-Disposition: form-data; name=" + between_quotes(field.name);
    if (!field.file_name.empty()) out += "; filename=" + between_quotes(field.file_name);
    if (!field.media_type.empty()) out += "\r\nContent-Type: " + field.media_type;
    out += "\r\n\r\n" + field.value + "\r\n";
  }
  return out + "--" + boundary + "--\r\n";
}

bool are_same(const FormField& a, const FormField& b) {
  return a.name == b.name && a.value == b.value && a.file_name == b.file_name && a.media_type == b.media_type;
}

// One that no value has, and that is as short as it has to be (RFC 2046 section 5.1.1).
std::string boundary_for(std::string_view body) {
  for (std::size_t number = 0;; ++number) {
    auto boundary = "b" + std::to_string(number);
    if (!body.contains(boundary)) return boundary;
  }
}

}  // namespace

void form(std::string_view text) {
  const auto content_type = text.substr(0, text.find('\n'));
  const std::string body(text.substr(std::min(content_type.size() + 1, text.size())));
  const auto request = request_of(content_type, body);
  const auto fields = web::read_form(request);
  if (!fields) return;
  const bool is_multipart = web::body_kind(request.headers) == web::BodyKind::multipart;
  if (is_multipart && fields->empty()) return;
  const auto boundary = boundary_for(body);
  const auto again =
      is_multipart
          ? web::read_form(request_of("multipart/form-data; boundary=" + boundary, multipart(*fields, boundary)))
          : web::read_form(request_of("application/x-www-form-urlencoded", urlencoded(*fields)));
  require(again.has_value(), "what was written is a form");
  require(std::ranges::equal(*again, *fields, are_same), "what was written is the same form");
}

}  // namespace cardea::fuzz
