#include <cardea/web/extract/query.hpp>

namespace cardea::web {

std::vector<std::string_view> query_detail::values_of(Exchange& exchange, std::string_view name) {
  std::vector<std::string_view> values;
  for (const auto& [key, value] : exchange.query()) {
    if (key == name) values.emplace_back(value);
  }
  return values;
}

}  // namespace cardea::web
