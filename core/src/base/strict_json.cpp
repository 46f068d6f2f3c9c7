#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/value_stack.hpp>
#include <cardea/core/base/strict_json.hpp>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <string>

namespace cardea {
namespace {

namespace json = boost::json;
using json::error_code;
using json::string_view;

bool refuse_number(error_code& error) {
  error = json::error::not_number;
  return false;
}

// Builds the value and counts the member names that the text has.
class CountingBuilder {
 public:
  static constexpr std::size_t max_object_size = std::numeric_limits<std::uint32_t>::max() / 2;
  static constexpr std::size_t max_array_size = max_object_size;
  static constexpr std::size_t max_key_size = json::string::max_size();
  static constexpr std::size_t max_string_size = json::string::max_size();

  CountingBuilder(json::storage_ptr storage, std::span<unsigned char> scratch)
      : stack_({}, scratch.data(), scratch.size()) {
    stack_.reset(std::move(storage));
  }

  json::value release() { return stack_.release(); }
  std::size_t names() const noexcept { return names_; }

  bool on_document_begin(error_code&) { return true; }
  bool on_document_end(error_code&) { return true; }
  bool on_object_begin(error_code&) { return true; }
  bool on_object_end(std::size_t size, error_code&) { return stack_.push_object(size), true; }
  bool on_array_begin(error_code&) { return true; }
  bool on_array_end(std::size_t size, error_code&) { return stack_.push_array(size), true; }
  bool on_key_part(string_view part, std::size_t, error_code&) { return stack_.push_chars(part), true; }
  bool on_key(string_view rest, std::size_t, error_code&) { return ++names_, stack_.push_key(rest), true; }
  bool on_string_part(string_view part, std::size_t, error_code&) { return stack_.push_chars(part), true; }
  bool on_string(string_view rest, std::size_t, error_code&) { return stack_.push_string(rest), true; }
  bool on_number_part(string_view, error_code&) { return true; }
  bool on_int64(std::int64_t number, string_view, error_code&) { return stack_.push_int64(number), true; }
  bool on_uint64(std::uint64_t number, string_view, error_code&) { return stack_.push_uint64(number), true; }
  bool on_double(double estimate, string_view text, error_code& error) {
    double nearest = 0;
    const auto end = text.data() + text.size();
    const auto [stop, problem] = std::from_chars(text.data(), end, nearest);
    if (problem == std::errc::result_out_of_range) nearest = std::abs(estimate) < 1 ? 0.0 : HUGE_VAL;
    if (stop != end || !std::isfinite(nearest)) return refuse_number(error);
    return stack_.push_double(nearest), true;
  }
  bool on_bool(bool truth, error_code&) { return stack_.push_bool(truth), true; }
  bool on_null(error_code&) { return stack_.push_null(), true; }
  bool on_comment_part(string_view, error_code&) { return true; }
  bool on_comment(string_view, error_code&) { return true; }

 private:
  json::value_stack stack_;
  std::size_t names_ = 0;
};

std::size_t members_within(const json::value& value) {
  std::size_t members = 0;
  if (const auto* object = value.if_object()) {
    members = object->size();
    for (const auto& member : *object) members += members_within(member.value());
  } else if (const auto* array = value.if_array()) {
    for (const auto& element : *array) members += members_within(element);
  }
  return members;
}

std::unexpected<Error> malformed(std::string why) {
  return failure(ErrorCode::json_malformed, PrivateText{std::move(why)});
}

}  // namespace

Result<json::value> parse_strict_json(std::string_view text, StrictJsonLimits limits, json::storage_ptr storage) {
  if (text.size() > limits.max_size) return malformed("over " + std::to_string(limits.max_size) + " bytes");

  json::parse_options options;
  options.max_depth = limits.max_depth;
  unsigned char scratch[1024];
  json::basic_parser<CountingBuilder> parser(options, std::move(storage), std::span{scratch});
  error_code error;
  const auto consumed = parser.write_some(false, text.data(), text.size(), error);
  if (!error && consumed != text.size()) error = json::error::extra_data;
  if (error) return malformed("byte " + std::to_string(consumed) + ": " + error.message());

  // An object keeps one member of a name, so a repeated name is a member that is missing.
  auto value = parser.handler().release();
  if (members_within(value) != parser.handler().names()) return malformed("a member name is repeated");
  return value;
}

}  // namespace cardea
