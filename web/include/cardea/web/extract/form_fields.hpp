// The fields of a form as text, whichever way they were sent.
#pragma once

#include <cardea/core/base/result.hpp>
#include <cardea/web/http/request.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace cardea::web {

struct FormField {
  std::string name;
  std::string value;       // of a file: its content
  std::string file_name;   // empty for a field that is no file
  std::string media_type;  // of a part that says one
};

enum class BodyKind { none, json, urlencoded, multipart, other };

// By the Content-Type alone (RFC 9110 section 8.3); `none` without one.
BodyKind body_kind(const Headers& headers);

// Reads application/x-www-form-urlencoded or multipart/form-data (RFC 7578). Errors: unsupported_media_type,
// invalid_request for a broken body.
Result<std::vector<FormField>> read_form(const Request& request);

}  // namespace cardea::web
