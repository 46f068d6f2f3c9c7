// Percent-encoding of paths (RFC 3986) and of forms and queries (WHATWG URL, application/x-www-form-urlencoded).
#pragma once

#include <cardea/core/base/result.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cardea::web {

// One decoding, strict: "%" must be followed by two hex digits. Error: invalid_request.
Result<std::string> percent_decode(std::string_view text);

using FormPairs = std::vector<std::pair<std::string, std::string>>;

// "a=1&b=x+y" as decoded pairs, in order; a pair without "=" has an empty value, empty pairs are left out. Error:
// invalid_request for broken percent-encoding or text that is not UTF-8.
Result<FormPairs> decode_form(std::string_view text);

}  // namespace cardea::web
