#include <cardea/web/extract/query.hpp>

namespace cardea::web {

Result<std::vector<std::string_view>> query_detail::values_of(Exchange& exchange, std::string_view name) {
  const auto& pairs = exchange.query();
  if (!pairs) return failure(pairs.error());
  std::vector<std::string_view> values;
  for (const auto& [key, value] : *pairs) {
    if (key == name) values.emplace_back(value);
  }
  return values;
}

}  // namespace cardea::web
