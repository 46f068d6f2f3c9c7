#include "token/claims_reader.hpp"

#include <boost/json/array.hpp>
#include <boost/json/string.hpp>
#include <cardea/core/base/strict_json.hpp>
#include <utility>

#include "base/json_scanner.hpp"
#include "token/typed_claims.hpp"

namespace cardea {
namespace {

namespace json = boost::json;

constexpr std::size_t kDepth = 8;

Result<json::value> parse_within(std::string_view text, std::size_t depth) {
  return parse_strict_json(text, {.max_depth = depth, .max_size = text.size()});
}

bool append_texts(const json::value& value, std::vector<std::string>& texts) {
  const auto* members = value.if_array();
  if (members == nullptr) return false;
  for (const auto& member : *members) {
    if (!member.is_string()) return false;
    texts.emplace_back(member.get_string());
  }
  return true;
}

// A claim that is refused is only noted, because text that is no strict JSON object at all is another error, and more
// may follow. Each `bool` says whether it can still be one.
class ClaimsReader {
 public:
  ClaimsReader(std::string_view text, Claims& claims) noexcept : json_(text), claims_(claims) {}

  Done read() {
    if (!read_object()) return failure(ErrorCode::token_malformed, PrivateText{"the payload"});
    if (refused_ != nullptr)
      return failure(ErrorCode::token_claims_malformed, PrivateText{std::string(refused_->text())});
    return {};
  }

 private:
  bool read_object() {
    if (!json_.skip('{')) return false;
    if (json_.skip('}')) return json_.at_end();
    do {
      if (!read_member()) return false;
    } while (json_.skip(','));
    return json_.skip('}') && json_.at_end();
  }

  bool read_member() {
    if (const auto name = json_.plain_string()) return json_.skip(':') && read_claim(ShortName{*name});
    const auto name = parse_within(json_.value_text(), 0);
    return name && name->is_string() && json_.skip(':') && read_claim(ShortName{name->get_string()});
  }

  bool read_claim(const ShortName& name) {
    if (const auto* text = row_named(kTextClaims, name)) return is_first(*text) && read_text(*text);
    if (const auto* date = row_named(kDateClaims, name)) return is_first(*date) && read_date(*date);
    if (name == kAudienceName) return !claims_.audience && read_audience();
    return read_other(name);
  }

  bool read_text(const TextClaim& row) {
    if (const auto text = json_.plain_string()) return (claims_.*row.member).emplace(*text), true;
    auto value = read_value();
    if (!value) return false;
    if (value->is_string()) return (claims_.*row.member).emplace(value->get_string()), true;
    if (row.is_registered) return refuse(row.name);
    return keep(row.name, *std::move(value));
  }

  bool read_date(const DateClaim& row) {
    if (const auto seconds = json_.plain_integer()) return take(NumericDate::from_seconds(*seconds), row);
    const auto value = read_value();
    return value && take(NumericDate::from_json(*value), row);
  }

  bool take(const Result<NumericDate>& date, const DateClaim& row) {
    if (!date) return refuse(row.name);
    return claims_.*row.member = *date, true;
  }

  bool read_audience() {
    auto& audience = claims_.audience.emplace();
    if (const auto text = json_.plain_string()) return audience.emplace_back(*text), true;
    const auto value = read_value();
    if (!value) return false;
    if (value->is_string()) return audience.emplace_back(value->get_string()), true;
    return append_texts(*value, audience) || refuse(kAudienceName);
  }

  bool read_other(const ShortName& name) {
    if (const auto text = json_.plain_string()) return keep(name, json::string_view(*text));
    auto value = read_value();
    return value && keep(name, *std::move(value));
  }

  Result<json::value> read_value() { return parse_within(json_.value_text(), kDepth - 1); }

  template <class Value>
  bool keep(const ShortName& name, Value&& value) {
    return claims_.others.emplace(name.text(), std::forward<Value>(value)).second;
  }

  bool is_first(const TextClaim& row) noexcept { return is_first(static_cast<std::size_t>(&row - kTextClaims.data())); }
  bool is_first(const DateClaim& row) noexcept {
    return is_first(kTextClaims.size() + static_cast<std::size_t>(&row - kDateClaims.data()));
  }
  bool is_first(std::size_t index) noexcept {
    const auto before = seen_;
    seen_ |= 1U << index;
    return seen_ != before;
  }

  bool refuse(const ShortName& name) noexcept {
    if (refused_ == nullptr) refused_ = &name;
    return true;
  }

  JsonScanner json_;
  Claims& claims_;
  const ShortName* refused_ = nullptr;  // the first, a name of typed_claims.hpp
  unsigned seen_ = 0;                   // a bit for each row
};

}  // namespace

Done read_claims(std::string_view text, Claims& claims) { return ClaimsReader(text, claims).read(); }

Result<Claims> parse_claims(std::string_view text) {
  Claims claims;
  if (auto read = read_claims(text, claims); !read) return failure(std::move(read).error());
  return claims;
}

}  // namespace cardea
