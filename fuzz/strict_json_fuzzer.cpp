// Strict JSON: what is accepted has no member name twice, and is the same value after being written and read again.
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cardea/core/base/strict_json.hpp>
#include <set>
#include <string>
#include <vector>

#include "fuzzers.hpp"
#include "property.hpp"

namespace cardea::fuzz {
namespace {

namespace json = boost::json;

// The string that starts at `start`, quotes included. The text is JSON.
std::string_view string_at(std::string_view text, std::size_t start) {
  auto end = start + 1;
  while (text[end] != '"') end += text[end] == '\\' ? 2U : 1U;
  return text.substr(start, end + 1 - start);
}

bool is_name(std::string_view after) {
  const auto next = after.find_first_not_of(" \t\r\n");
  return next != std::string_view::npos && after[next] == ':';
}

// Looks at the text only, not at what the parser made of it.
bool repeats_a_name(std::string_view text) {
  std::vector<std::set<json::string>> names_of_open_objects;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '{') names_of_open_objects.emplace_back();
    if (text[i] == '}') names_of_open_objects.pop_back();
    if (text[i] != '"') continue;
    const auto quoted = string_at(text, i);
    i += quoted.size() - 1;
    if (!is_name(text.substr(i + 1))) continue;
    if (!names_of_open_objects.back().insert(json::parse(quoted).as_string()).second) return true;
  }
  return false;
}

}  // namespace

void strict_json(std::string_view text) {
  const auto value = parse_strict_json(text);
  if (!value) return;
  require(!repeats_a_name(text), "no member name is there twice");
  const auto written = json::serialize(*value);
  const auto again = parse_strict_json(written);
  require(again.has_value(), "what was written is accepted");
  require(*again == *value && json::serialize(*again) == written, "what was written is the same value");
}

}  // namespace cardea::fuzz
