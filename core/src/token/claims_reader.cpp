#include "token/claims_reader.hpp"

#include <array>
#include <boost/json/array.hpp>
#include <boost/json/monotonic_resource.hpp>
#include <cardea/core/base/strict_json.hpp>

#include "token/typed_claims.hpp"

namespace cardea {
namespace {

namespace json = boost::json;

constexpr std::size_t kDepth = 8;

std::unexpected<Error> malformed(std::string_view name) {
  return failure(ErrorCode::token_claims_malformed, PrivateText{std::string(name)});
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

Done read_member(const ShortName& name, const json::value& value, Claims& claims) {
  if (const auto* text = row_named(kTextClaims, name); text != nullptr && (text->is_registered || value.is_string())) {
    if (!value.is_string()) return malformed(name.text());
    (claims.*text->member).emplace(value.get_string());
    return {};
  }
  if (const auto* date = row_named(kDateClaims, name)) {
    const auto read = NumericDate::from_json(value);
    if (!read) return malformed(name.text());
    claims.*date->member = *read;
    return {};
  }
  if (name == kAudienceName) return read_audience(value, claims);
  claims.others.emplace(name.text(), value);
  return {};
}

}  // namespace

Done read_claims(std::string_view text, Claims& claims) {
  std::array<unsigned char, 4096> arena;
  json::monotonic_resource resource(arena.data(), arena.size());
  const auto value = parse_strict_json(text, {.max_depth = kDepth, .max_size = text.size()}, &resource);
  if (!value || !value->is_object()) return failure(ErrorCode::token_malformed, PrivateText{"the payload"});
  for (const auto& member : value->get_object()) {
    if (auto read = read_member(ShortName{member.key()}, member.value(), claims); !read) return read;
  }
  return {};
}

Result<Claims> parse_claims(std::string_view text) {
  Claims claims;
  if (auto read = read_claims(text, claims); !read) return failure(std::move(read).error());
  return claims;
}

}  // namespace cardea
