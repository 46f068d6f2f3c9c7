#include <algorithm>
#include <cardea/web/http/headers.hpp>

namespace cardea::web {
namespace {

constexpr char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

auto named(std::string_view name) {
  return [name](const Headers::Field& field) { return equal_ignoring_case(field.name, name); };
}

}  // namespace

bool equal_ignoring_case(std::string_view a, std::string_view b) noexcept {
  return std::ranges::equal(a, b, {}, lower, lower);
}

void Headers::remove(std::string_view name) { std::erase_if(fields_, named(name)); }

void Headers::set(std::string_view name, std::string_view value) {
  remove(name);
  add(name, value);
}

const std::string* Headers::find(std::string_view name) const noexcept {
  const auto field = std::ranges::find_if(fields_, named(name));
  return field == fields_.end() ? nullptr : &field->value;
}

std::size_t Headers::count(std::string_view name) const noexcept {
  return static_cast<std::size_t>(std::ranges::count_if(fields_, named(name)));
}

}  // namespace cardea::web
