#include <algorithm>
#include <array>
#include <boost/json/serialize.hpp>
#include <cardea/web/json/json_codec.hpp>
#include <charconv>
#include <cmath>

namespace cardea::web {
namespace {

template <class Number>
void append_number(std::string& out, Number value) {
  std::array<char, 32> text;
  const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), value);
  out.append(text.data(), end);
}

// JSON has no number that is not finite (RFC 8259 section 6).
bool is_writable(const boost::json::value& value) {
  if (const auto* number = value.if_double()) return std::isfinite(*number);
  if (const auto* items = value.if_array()) return std::ranges::all_of(*items, is_writable);
  const auto* members = value.if_object();
  return members == nullptr ||
         std::ranges::all_of(*members, [](const auto& member) { return is_writable(member.value()); });
}

void make_writable(boost::json::value& value) {
  if (auto* items = value.if_array()) {
    std::ranges::for_each(*items, make_writable);
  } else if (auto* members = value.if_object()) {
    for (auto& member : *members) make_writable(member.value());
  } else if (!is_writable(value)) {
    value = nullptr;
  }
}

}  // namespace

void JsonReading::descend(std::string_view member) {
  where_ += '/';
  for (const char c : member) {
    if (c == '~')
      where_ += "~0";
    else if (c == '/')
      where_ += "~1";
    else
      where_ += c;
  }
}

void json_detail::write_integer(std::string& out, std::int64_t value) { append_number(out, value); }
void json_detail::write_integer(std::string& out, std::uint64_t value) { append_number(out, value); }

void json_detail::write_number(std::string& out, double value) {
  if (std::isfinite(value))
    append_number(out, value);
  else
    out += "null";
}

bool json_detail::read_integer(const boost::json::value& json, std::int64_t& value) {
  boost::json::error_code error;
  value = json.to_number<std::int64_t>(error);
  return !error && json.is_number();
}

bool json_detail::read_integer(const boost::json::value& json, std::uint64_t& value) {
  boost::json::error_code error;
  value = json.to_number<std::uint64_t>(error);
  return !error && json.is_number();
}

bool json_detail::read_number(const boost::json::value& json, double& value) {
  boost::json::error_code error;
  value = json.to_number<double>(error);
  return !error && json.is_number();
}

std::string json_detail::schema_name(std::string_view spelled) {
  const auto arguments = spelled.find('<');
  const auto colon = spelled.rfind(':', arguments);
  std::string name(colon == std::string_view::npos ? spelled : spelled.substr(colon + 1));
  for (char& c : name) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    if (!plain) c = '_';
  }
  return name;
}

void JsonCodec<bool>::read(const boost::json::value& json, bool& value, JsonReading& reading) {
  if (!json.is_bool()) return reading.wrong("must be true or false");
  value = json.get_bool();
}

void JsonCodec<std::string>::read(const boost::json::value& json, std::string& value, JsonReading& reading) {
  if (!json.is_string()) return reading.wrong("must be a string");
  value.assign(json.get_string().data(), json.get_string().size());
}

void JsonCodec<Instant>::read(const boost::json::value& json, Instant& value, JsonReading& reading) {
  const auto instant = json.is_string() ? parse_instant(json.get_string()) : failure(ErrorCode::invalid_request);
  if (!instant) return reading.wrong("must be a time such as 2026-01-01T12:00:00Z");
  value = *instant;
}

void JsonCodec<boost::json::value>::write(std::string& out, const boost::json::value& value) {
  if (is_writable(value)) {
    out += boost::json::serialize(value);
    return;
  }
  auto writable = value;
  make_writable(writable);
  out += boost::json::serialize(writable);
}

}  // namespace cardea::web
