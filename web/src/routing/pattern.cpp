#include <cardea/web/routing/pattern.hpp>

namespace cardea::web {

std::vector<std::string_view> parameters_of(std::string_view pattern) {
  std::vector<std::string_view> names;
  while (!pattern.empty()) {
    const auto name = pattern_detail::parameter_of(pattern_detail::take_segment(pattern));
    if (!name.empty()) names.push_back(name);
  }
  return names;
}

}  // namespace cardea::web
