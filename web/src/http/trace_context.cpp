#include <algorithm>
#include <cardea/web/http/trace_context.hpp>

namespace cardea::web {
namespace {

constexpr std::size_t kLength = 55;  // of version 00, and the least of every later one

bool is_digit(char c) noexcept { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }

bool is_hexadecimal(std::string_view text) noexcept { return std::ranges::all_of(text, is_digit); }

// All zeros stand for no id.
bool is_id(std::string_view text) noexcept {
  return is_hexadecimal(text) && !std::ranges::all_of(text, [](char c) { return c == '0'; });
}

bool has_form(std::string_view text) noexcept {
  if (text.size() < kLength || text[2] != '-' || text[35] != '-' || text[52] != '-') return false;
  const auto version = text.substr(0, 2);
  if (!is_hexadecimal(version) || version == "ff") return false;
  return text.size() == kLength || (version != "00" && text[kLength] == '-');
}

}  // namespace

std::optional<TraceContext> TraceContext::parse(std::string_view text) noexcept {
  if (!has_form(text)) return std::nullopt;
  const auto trace_id = text.substr(3, 32);
  const auto parent_id = text.substr(36, 16);
  const auto flags = text.substr(53, 2);
  if (!is_id(trace_id) || !is_id(parent_id) || !is_hexadecimal(flags)) return std::nullopt;
  TraceContext context;
  std::ranges::copy(trace_id, context.trace_id_.begin());
  std::ranges::copy(parent_id, context.parent_id_.begin());
  constexpr std::string_view kOdd = "13579bdf";
  context.is_sampled_ = kOdd.contains(flags[1]);
  return context;
}

}  // namespace cardea::web
