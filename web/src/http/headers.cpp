#include <algorithm>
#include <cardea/web/http/headers.hpp>
#include <utility>

namespace cardea::web {
namespace {

constexpr char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

auto named(std::string_view name) {
  return [name](const Headers::Field& field) { return equal_ignoring_case(field.name, name); };
}

}  // namespace

bool equal_ignoring_case(std::string_view a, std::string_view b) noexcept {
  return a == b || std::ranges::equal(a, b, {}, lower, lower);
}

// Both may be views of text_, so that what is there moves only when they have been copied.
void Headers::add(std::string_view name, std::string_view value) {
  const auto size = text_.size() + name.size() + value.size();
  places_.push_back({static_cast<std::uint32_t>(text_.size()), static_cast<std::uint32_t>(name.size()),
                     static_cast<std::uint32_t>(value.size())});
  if (size <= text_.capacity()) {
    text_.append(name).append(value);
    return;
  }
  std::string grown;
  grown.reserve(std::max(size, 2 * text_.capacity()));
  grown.append(text_).append(name).append(value);
  text_ = std::move(grown);
}

void Headers::reserve(std::size_t fields, std::size_t bytes) {
  places_.reserve(fields);
  text_.reserve(bytes);
}

void Headers::remove(std::string_view name) {
  const std::string_view text = text_;
  std::erase_if(places_, [&](const Place& place) { return named(name)(place.in(text)); });
}

void Headers::clear() noexcept {
  text_.clear();
  places_.clear();
}

void Headers::set(std::string_view name, std::string_view value) {
  remove(name);
  add(name, value);
}

std::optional<std::string_view> Headers::find(std::string_view name) const noexcept {
  for (const auto& field : fields()) {
    if (equal_ignoring_case(field.name, name)) return field.value;
  }
  return std::nullopt;
}

std::size_t Headers::count(std::string_view name) const noexcept {
  return static_cast<std::size_t>(std::ranges::count_if(fields(), named(name)));
}

}  // namespace cardea::web
