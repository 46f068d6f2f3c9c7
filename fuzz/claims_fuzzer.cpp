// Claims: what is read is what a tree of the same JSON holds; what was read can be written, and reads back the same.
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <cardea/core/base/strict_json.hpp>
#include <cardea/core/token/claims.hpp>

#include "fuzzers.hpp"
#include "property.hpp"

namespace cardea::fuzz {
namespace {

namespace json = boost::json;

bool are_same(const Claims& a, const Claims& b) {
  return a.issuer == b.issuer && a.subject == b.subject && a.audience == b.audience && a.expires_at == b.expires_at &&
         a.not_before == b.not_before && a.issued_at == b.issued_at && a.token_id == b.token_id && a.role == b.role &&
         a.scope == b.scope && a.session_id == b.session_id && a.others == b.others;
}

bool take_text(const json::value& value, std::optional<std::string>& text) {
  if (value.is_string()) text.emplace(value.get_string());
  return value.is_string();
}

bool take_date(const json::value& value, std::optional<NumericDate>& date) {
  const auto read = NumericDate::from_json(value);
  if (read) date = *read;
  return read.has_value();
}

bool take_audience(const json::value& value, std::optional<std::vector<std::string>>& audience) {
  audience.emplace();
  if (value.is_string()) return audience->emplace_back(value.get_string()), true;
  if (!value.is_array()) return false;
  for (const auto& member : value.get_array()) {
    if (!member.is_string()) return false;
    audience->emplace_back(member.get_string());
  }
  return true;
}

bool take(std::string_view name, const json::value& value, Claims& claims) {
  if (name == "iss") return take_text(value, claims.issuer);
  if (name == "sub") return take_text(value, claims.subject);
  if (name == "jti") return take_text(value, claims.token_id);
  if (name == "aud") return take_audience(value, claims.audience);
  if (name == "exp") return take_date(value, claims.expires_at);
  if (name == "nbf") return take_date(value, claims.not_before);
  if (name == "iat") return take_date(value, claims.issued_at);
  if (name == "role" && take_text(value, claims.role)) return true;
  if (name == "scope" && take_text(value, claims.scope)) return true;
  if (name == "sid" && take_text(value, claims.session_id)) return true;
  return claims.others.emplace(name, value).second;
}

Result<Claims> read_from_tree(std::string_view text) {
  const auto tree = parse_strict_json(text, {.max_depth = 8, .max_size = text.size()});
  if (!tree || !tree->is_object()) return failure(ErrorCode::token_malformed, PrivateText{"the payload"});
  Claims claims;
  for (const auto& member : tree->get_object()) {
    if (take(member.key(), member.value(), claims)) continue;
    return failure(ErrorCode::token_claims_malformed, PrivateText{std::string(member.key())});
  }
  return claims;
}

void require_same(const Result<Claims>& read, const Result<Claims>& expected) {
  require(read.has_value() == expected.has_value(), "claims are read exactly if the tree holds claims");
  if (read) {
    require(are_same(*read, *expected), "claims that were read are those of the tree");
    // In the same order, and each number of the same kind.
    require(json::serialize(read->others) == json::serialize(expected->others), "other claims are those of the tree");
  } else {
    require(read.error().code() == expected.error().code(), "claims are refused for what is wrong with the tree");
    require(read.error().private_text() == expected.error().private_text(), "what is said to be wrong is the same");
  }
}

}  // namespace

void claims(std::string_view text) {
  const auto read = parse_claims(text);
  require_same(read, read_from_tree(text));
  if (!read) return;
  const auto written = to_json(*read);
  require(written.has_value(), "claims that were read can be written");
  const auto again = parse_claims(*written);
  require(again.has_value(), "claims that were written can be read");
  require(are_same(*again, *read), "claims are the same after being written and read");
}

}  // namespace cardea::fuzz
