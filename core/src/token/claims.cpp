#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <cardea/core/base/json_text.hpp>
#include <cardea/core/base/strict_json.hpp>
#include <cardea/core/token/claims.hpp>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>

#include "token/typed_claims.hpp"

namespace cardea {
namespace {

namespace json = boost::json;

constexpr std::size_t kDepth = 8;

std::unexpected<Error> malformed(std::string_view name) {
  return failure(ErrorCode::token_claims_malformed, PrivateText{std::string(name)});
}

// Appends the members of one JSON object.
class ObjectWriter {
 public:
  explicit ObjectWriter(std::string& out) : out_(out) { out_ += '{'; }
  void add(std::string_view name, std::string_view text) { append_json_string(begin(name), text); }
  void add(std::string_view name, const json::value& value) {
    if (value.is_int64()) {
      append(begin(name), value.get_int64());
    } else {
      begin(name) += json::serialize(value);
    }
  }
  void finish() { out_ += '}'; }

 private:
  static void append(std::string& out, std::int64_t number) {
    std::array<char, std::numeric_limits<std::int64_t>::digits10 + 2> digits;
    const auto [end, problem] = std::to_chars(digits.begin(), digits.end(), number);
    out.append(digits.begin(), end);
  }
  std::string& begin(std::string_view name) {
    if (out_.back() != '{') out_ += ',';
    append_json_string(out_, name);
    return out_ += ':';
  }
  std::string& out_;
};

Done write_texts(const Claims& claims, ObjectWriter& writer) {
  for (const auto& row : kTextClaims) {
    const auto& text = claims.*row.member;
    if (!text) continue;
    if (!is_utf8(*text)) return malformed(row.name.text());
    writer.add(row.name.text(), *text);
  }
  return {};
}

Done write_audience(const Claims& claims, ObjectWriter& writer) {
  if (!claims.audience) return {};
  for (const auto& member : *claims.audience) {
    if (!is_utf8(member)) return malformed("aud");
  }
  if (claims.audience->size() == 1) {
    writer.add("aud", claims.audience->front());
  } else {
    writer.add("aud", json::value(json::array(claims.audience->begin(), claims.audience->end())));
  }
  return {};
}

Done write_dates(const Claims& claims, ObjectWriter& writer) {
  for (const auto& row : kDateClaims) {
    const auto& date = claims.*row.member;
    if (!date) continue;
    if (!date->is_in_range()) return malformed(row.name.text());
    writer.add(row.name.text(), date->to_json());
  }
  return {};
}

bool is_taken(const Claims& claims, const ShortName& name) {
  if (const auto* text = row_named(kTextClaims, name)) return text->is_registered || claims.*text->member;
  return name == kAudienceName || row_named(kDateClaims, name) != nullptr;
}

// Boost.JSON writes not-a-number as a word that is no JSON, and since 1.83 as null.
bool holds_nan(const json::value& value) {
  if (const auto* number = value.if_double()) return std::isnan(*number);
  if (const auto* array = value.if_array()) return std::ranges::any_of(*array, holds_nan);
  const auto* object = value.if_object();
  return object && std::ranges::any_of(*object, [](const auto& member) { return holds_nan(member.value()); });
}

Done write_others(const Claims& claims, ObjectWriter& writer) {
  for (const auto& member : claims.others) {
    if (is_taken(claims, ShortName{member.key()}) || holds_nan(member.value())) return malformed(member.key());
    writer.add(member.key(), member.value());
  }
  return {};
}

}  // namespace

Result<std::string> to_json(const Claims& claims) {
  constexpr std::size_t kUsualSize = 256;
  std::string text;
  text.reserve(kUsualSize);
  ObjectWriter writer(text);
  for (const auto write : {write_texts, write_audience, write_dates, write_others}) {
    if (auto written = write(claims, writer); !written) return failure(std::move(written).error());
  }
  writer.finish();
  // What the caller put into `others` may be anything.
  if (!claims.others.empty() && !parse_strict_json(text, {.max_depth = kDepth})) return malformed("others");
  return text;
}

}  // namespace cardea
