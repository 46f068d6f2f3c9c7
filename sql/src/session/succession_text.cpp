#include "session/succession_text.hpp"

#include <cardea/core/base/base64url.hpp>
#include <charconv>

namespace cardea::sql {
namespace {

template <class Number>
std::optional<Number> number_in(std::string_view text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

// Takes the text up to a separator, and the separator, from the front.
std::string_view next(std::string_view& text, char separator) {
  const auto word = text.substr(0, text.find(separator));
  text.remove_prefix(std::min(word.size() + 1, text.size()));
  return word;
}

std::optional<RefreshFamily::Succession> parse_succession(std::string_view line) {
  const auto at = number_in<std::int64_t>(next(line, ' '));
  const auto generation = number_in<std::uint32_t>(next(line, ' '));
  auto salt = from_base64url(line);
  if (!at || !generation || !salt) return std::nullopt;
  return RefreshFamily::Succession{
      .at = Instant{std::chrono::microseconds{*at}}, .generation = *generation, .salt = *std::move(salt)};
}

}  // namespace

std::string succession_text(const std::vector<RefreshFamily::Succession>& successions) {
  std::string text;
  for (const auto& [at, generation, salt] : successions) {
    text += std::to_string(at.time_since_epoch().count()) + ' ' + std::to_string(generation) + ' ';
    append_base64url(text, salt);
    text += '\n';
  }
  return text;
}

std::optional<std::vector<RefreshFamily::Succession>> parse_successions(std::string_view text) {
  std::vector<RefreshFamily::Succession> successions;
  while (!text.empty()) {
    if (!text.contains('\n')) return std::nullopt;
    auto succession = parse_succession(next(text, '\n'));
    if (!succession) return std::nullopt;
    successions.push_back(*std::move(succession));
  }
  return successions;
}

}  // namespace cardea::sql
