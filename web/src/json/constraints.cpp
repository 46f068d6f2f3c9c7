#include <algorithm>
#include <cardea/web/json/constraints.hpp>

namespace cardea::web::constraint_detail {
namespace {

std::string characters(std::size_t count) {
  return std::to_string(count) + (count == 1 ? " character" : " characters");
}

}  // namespace

std::string length_reason(std::string_view text, std::size_t shortest, std::size_t longest) {
  const auto starts_a_code_point = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; };
  const auto length = static_cast<std::size_t>(std::ranges::count_if(text, starts_a_code_point));
  if (length < shortest) return "must have at least " + characters(shortest);
  if (length > longest) return "must have at most " + characters(longest);
  return {};
}

}  // namespace cardea::web::constraint_detail
