#include <cardea/core/api_key/api_key_name.hpp>

#include "base/display_name.hpp"

namespace cardea {

Result<ApiKeyName> ApiKeyName::parse(std::string_view text) {
  if (!is_display_name(text, kLongest)) {
    return failure(ErrorCode::api_key_rejected,
                   PublicText{"The name of an API key has 1 to 80 characters, not all of them blank, and no control "
                              "character"});
  }
  return ApiKeyName{std::string(text)};
}

}  // namespace cardea
