#include <cardea/web/extract/text_refusal.hpp>

namespace cardea::web {

Error invalid_value(std::string_view part, std::string_view name, std::string reason) {
  return Error{ErrorCode::validation_failed}.with_fields(
      {{std::string(part) + '/' + std::string(name), std::move(reason)}});
}

}  // namespace cardea::web
