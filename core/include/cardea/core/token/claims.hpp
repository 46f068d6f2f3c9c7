// What a token says: the registered claims of RFC 7519 section 4.1, those that this project's tokens have, and the
// rest.
#pragma once

#include <boost/json/object.hpp>
#include <cardea/core/base/result.hpp>
#include <cardea/core/token/numeric_date.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cardea {

struct Claims {
  std::optional<std::string> issuer;                 // iss
  std::optional<std::string> subject;                // sub
  std::optional<std::vector<std::string>> audience;  // aud; one string in JSON is a vector of one
  std::optional<NumericDate> expires_at;             // exp
  std::optional<NumericDate> not_before;             // nbf
  std::optional<NumericDate> issued_at;              // iat
  std::optional<std::string> token_id;               // jti

  // Not registered by RFC 7519, so that another issuer may use the names for something else: what is not a string
  // stays in `others`. A role here is a hint for clients; what a user may do is asked of the store.
  std::optional<std::string> role;
  std::optional<std::string> scope;       // RFC 8693 section 4.2
  std::optional<std::string> session_id;  // sid

  boost::json::object others;
};

// Reads one strict JSON object, at most 8 levels deep. Errors: token_malformed (no such object), token_claims_malformed
// (a registered claim of the wrong type or out of range).
Result<Claims> parse_claims(std::string_view json);

// One JSON object that parse_claims reads back. Error: token_claims_malformed, for text that is not UTF-8, a date out
// of range, and a name in `others` that is one of the members above.
Result<std::string> to_json(const Claims& claims);

}  // namespace cardea
