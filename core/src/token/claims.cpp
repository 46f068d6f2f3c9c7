#include <array>
#include <boost/json/array.hpp>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/serialize.hpp>
#include <cardea/core/base/json_text.hpp>
#include <cardea/core/base/strict_json.hpp>
#include <cardea/core/token/claims.hpp>

namespace cardea {
namespace {

namespace json = boost::json;

constexpr std::size_t kDepth = 8;

using TextClaim = std::optional<std::string> Claims::*;
using DateClaim = std::optional<NumericDate> Claims::*;

struct Texts {
  std::string_view name;
  TextClaim claim;
  bool is_registered;
};
constexpr std::array kTexts{
    Texts{"iss", &Claims::issuer, true},   Texts{"sub", &Claims::subject, true},
    Texts{"jti", &Claims::token_id, true}, Texts{"role", &Claims::role, false},
    Texts{"scope", &Claims::scope, false}, Texts{"sid", &Claims::session_id, false},
};

struct Dates {
  std::string_view name;
  DateClaim claim;
};
constexpr std::array kDates{Dates{"iat", &Claims::issued_at}, Dates{"nbf", &Claims::not_before},
                            Dates{"exp", &Claims::expires_at}};

std::unexpected<Error> malformed(std::string_view name) {
  return failure(ErrorCode::token_claims_malformed, PrivateText{std::string(name)});
}

template <class Rows>
auto row_named(const Rows& rows, std::string_view name) -> decltype(rows.data()) {
  for (const auto& row : rows) {
    if (row.name == name) return &row;
  }
  return nullptr;
}

Done read_audience(const json::value& value, Claims& claims) {
  auto& audience = claims.audience.emplace();
  if (value.is_string()) {
    audience.emplace_back(value.get_string());
    return {};
  }
  const auto* members = value.if_array();
  if (members == nullptr) return malformed("aud");
  for (const auto& member : *members) {
    if (!member.is_string()) return malformed("aud");
    audience.emplace_back(member.get_string());
  }
  return {};
}

Done read_member(std::string_view name, const json::value& value, Claims& claims) {
  if (const auto* text = row_named(kTexts, name); text != nullptr && (text->is_registered || value.is_string())) {
    if (!value.is_string()) return malformed(name);
    (claims.*text->claim).emplace(value.get_string());
    return {};
  }
  if (const auto* date = row_named(kDates, name)) {
    const auto read = NumericDate::from_json(value);
    if (!read) return malformed(name);
    claims.*date->claim = *read;
    return {};
  }
  if (name == "aud") return read_audience(value, claims);
  claims.others.emplace(name, value);
  return {};
}

// Appends the members of one JSON object.
class ObjectWriter {
 public:
  explicit ObjectWriter(std::string& out) : out_(out) { out_ += '{'; }
  void add(std::string_view name, std::string_view text) { append_json_string(begin(name), text); }
  void add(std::string_view name, const json::value& value) {
    if (value.is_int64()) {
      begin(name) += std::to_string(value.get_int64());
    } else {
      begin(name) += json::serialize(value);
    }
  }
  void finish() { out_ += '}'; }

 private:
  std::string& begin(std::string_view name) {
    if (out_.back() != '{') out_ += ',';
    append_json_string(out_, name);
    return out_ += ':';
  }
  std::string& out_;
};

Done write_texts(const Claims& claims, ObjectWriter& writer) {
  for (const auto& row : kTexts) {
    const auto& text = claims.*row.claim;
    if (!text) continue;
    if (!is_utf8(*text)) return malformed(row.name);
    writer.add(row.name, *text);
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
  for (const auto& row : kDates) {
    const auto& date = claims.*row.claim;
    if (!date) continue;
    if (!date->is_in_range()) return malformed(row.name);
    writer.add(row.name, date->to_json());
  }
  return {};
}

bool is_taken(const Claims& claims, std::string_view name) {
  if (const auto* text = row_named(kTexts, name)) return text->is_registered || claims.*text->claim;
  return name == "aud" || row_named(kDates, name) != nullptr;
}

Done write_others(const Claims& claims, ObjectWriter& writer) {
  for (const auto& member : claims.others) {
    if (is_taken(claims, member.key())) return malformed(member.key());
    writer.add(member.key(), member.value());
  }
  return {};
}

}  // namespace

Result<Claims> parse_claims(std::string_view text) {
  std::array<unsigned char, 4096> arena;
  json::monotonic_resource resource(arena.data(), arena.size());
  const auto value = parse_strict_json(text, {.max_depth = kDepth, .max_size = text.size()}, &resource);
  if (!value || !value->is_object()) return failure(ErrorCode::token_malformed, PrivateText{"the payload"});
  Result<Claims> claims{std::in_place};
  for (const auto& member : value->get_object()) {
    if (auto read = read_member(member.key(), member.value(), *claims); !read) return failure(std::move(read).error());
  }
  return claims;
}

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
