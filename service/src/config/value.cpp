#include "config/value.hpp"

#include <algorithm>
#include <cardea/core/base/json_text.hpp>
#include <charconv>

namespace cardea::service {
namespace {

constexpr std::size_t kLongestText = 512;

std::unexpected<ValueProblem> unusable(std::string problem, std::string fix) {
  return std::unexpected(ValueProblem{std::move(problem), std::move(fix)});
}

bool is_printable(std::string_view text) {
  return std::ranges::none_of(text, [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

std::string range_of(unsigned least, unsigned most) {
  return "write a whole number from " + std::to_string(least) + " to " + std::to_string(most);
}

}  // namespace

Value<unsigned> read_number(std::string_view text, unsigned least, unsigned most) {
  unsigned number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (end != text.data() + text.size() || error == std::errc::invalid_argument) {
    return unusable("is not a whole number", range_of(least, most));
  }
  if (error != std::errc{} || number > most) return unusable("is too large", range_of(least, most));
  if (number < least) return unusable("is too small", range_of(least, most));
  return number;
}

Value<std::optional<unsigned>> read_number_or(std::string_view text, std::string_view word, unsigned least,
                                              unsigned most) {
  if (text == word) return std::nullopt;
  auto number = read_number(text, least, most);
  if (!number) {
    return unusable(std::move(number.error().problem), std::move(number.error().fix) + ", or " + std::string(word));
  }
  return *number;
}

Value<bool> read_switch(std::string_view text) {
  if (text == "true") return true;
  if (text == "false") return false;
  return unusable("is neither true nor false", "write true or false");
}

Value<std::optional<std::string>> read_optional_text(std::string_view text) {
  if (text.empty()) return std::nullopt;
  if (text.size() > kLongestText) return unusable("is too long", "write at most 512 bytes");
  if (!is_printable(text)) return unusable("has control characters", "write printable text");
  if (!is_utf8(text)) return unusable("is not UTF-8", "write it in UTF-8");
  return std::string(text);
}

Value<std::filesystem::path> read_file_name(std::string_view text) {
  if (text.empty()) return unusable("names no file", "write a file name");
  if (!is_printable(text)) return unusable("has control characters", "write a printable file name");
  return std::filesystem::path(text);
}

Value<sql::DatabaseUrl> read_database(std::string_view text) {
  auto url = sql::DatabaseUrl::parse(text);
  if (url) return *std::move(url);
  constexpr std::string_view kName = "database: ", kBetween = "; ";
  const std::string sentence = std::string(url.error().public_text()).substr(kName.size());
  const auto end = sentence.find(kBetween);
  return unusable(sentence.substr(0, end), sentence.substr(end + kBetween.size()));
}

Value<ListenAddress> read_listen_address(std::string_view text) {
  if (auto address = ListenAddress::parse(text)) return *std::move(address);
  return unusable("is not an address and a port",
                  "write 127.0.0.1:8000, 0.0.0.0:8000 or [::1]:8000; or unix:FILE, or systemd");
}

Value<web::TrustedProxies> read_proxies(std::string_view text) {
  if (auto proxies = web::TrustedProxies::parse(text)) return *std::move(proxies);
  return unusable("is no list of addresses and networks", "write 192.0.2.7, 10.0.0.0/8, fd00::/8 or unix, with commas");
}

Value<Algorithm> read_algorithm(std::string_view text) {
  if (const auto algorithm = parse_algorithm(text)) return *algorithm;
  std::string names;
  for (const auto algorithm : all_algorithms()) names.append(names.empty() ? "" : ", ").append(name_of(algorithm));
  return std::unexpected(no_such_choice(std::move(names)));
}

ValueProblem no_such_choice(std::string choices) {
  return ValueProblem{"is not one of the choices", "write one of " + std::move(choices)};
}

}  // namespace cardea::service
