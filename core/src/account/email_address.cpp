#include <algorithm>
#include <cardea/core/account/email_address.hpp>
#include <ranges>

namespace cardea {
namespace {

constexpr std::size_t kLongest = 254, kLongestLocalPart = 64, kLongestLabel = 63;

constexpr bool is_letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }
constexpr bool fits_local_part(char c) {
  return is_letter_or_digit(c) || std::string_view{".!#$%&'*+/=?^_`{|}~-"}.contains(c);
}
constexpr bool fits_label(char c) { return is_letter_or_digit(c) || c == '-'; }

bool is_label(std::string_view text) {
  return !text.empty() && text.size() <= kLongestLabel && std::ranges::all_of(text, fits_label) &&
         text.front() != '-' && text.back() != '-';
}

bool is_domain(std::string_view text) {
  return std::ranges::all_of(text | std::views::split('.'),
                             [](auto label) { return is_label({label.begin(), label.end()}); });
}

std::string in_lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

}  // namespace

Result<EmailAddress> EmailAddress::parse(std::string_view text) {
  if (text.size() > kLongest) return failure(ErrorCode::email_invalid);
  auto lower = in_lower_case(text);
  const auto at = lower.find('@');
  if (at == 0 || at > kLongestLocalPart) return failure(ErrorCode::email_invalid);
  const auto local_part = std::string_view{lower}.substr(0, at);
  const auto domain = std::string_view{lower}.substr(at + 1);
  if (domain.empty() || !std::ranges::all_of(local_part, fits_local_part) || !is_domain(domain)) {
    return failure(ErrorCode::email_invalid);
  }
  return EmailAddress{std::move(lower)};
}

}  // namespace cardea
