// Text as a JSON string (RFC 8259 section 7).
#pragma once

#include <string>
#include <string_view>

namespace cardea {

// Appends `text` in quotes: quotation mark, backslash and control characters escaped (DEL and the C1 range too, so that
// a line of log stays one line), bytes that are not UTF-8 replaced by U+FFFD.
void append_json_string(std::string& out, std::string_view text);

// Strict UTF-8 (RFC 3629): no overlong form, no surrogate, nothing above U+10FFFF.
bool is_utf8(std::string_view text) noexcept;

}  // namespace cardea
