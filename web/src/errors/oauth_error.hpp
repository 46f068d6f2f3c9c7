// An error as RFC 6749 section 5.2 writes it.
#pragma once

#include <cardea/core/base/error.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace cardea::web {

// 400 for every value that does not hold; what HTTP itself refuses (405, 413, 415 ...) keeps its status.
unsigned oauth_status_of(ErrorCode code) noexcept;

// {"error":"invalid_request","error_description":"..."}; the description has no character that the RFC forbids there.
std::string oauth_error(ErrorCode code, std::string_view message, const std::vector<FieldError>& fields);

}  // namespace cardea::web
