// The one place where an ErrorCode becomes an HTTP status.
#pragma once

#include <cardea/core/base/error.hpp>

namespace cardea::web {

unsigned status_of(ErrorCode code) noexcept;

// The code as the outside sees it: the reasons why a token is refused are one code, and so is every failure within.
ErrorCode public_code_of(ErrorCode code) noexcept;

// "Not Found" for 404 (RFC 9110 section 15).
std::string_view reason_phrase(unsigned status) noexcept;

}  // namespace cardea::web
