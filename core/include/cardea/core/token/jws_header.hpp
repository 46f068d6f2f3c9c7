// The protected header of a compact JWS: the members that are obeyed (RFC 7515 section 4.1).
#pragma once

#include <cardea/core/base/result.hpp>
#include <cardea/core/key/algorithm.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace cardea {

struct JwsHeader {
  Algorithm algorithm{};
  std::optional<std::string> key_id;  // kid, at most 128 characters
  std::optional<std::string> type;    // typ
};

// One strict JSON object, at most 8 levels deep. `jwk`, `jku`, `x5u`, `x5c` and every unknown member are not looked at.
// Errors: token_malformed (no such object, kid or typ not a string), token_algorithm_refused (alg missing or unknown),
// token_header_unsupported (crit of any form, since no extension is known; b64, zip, enc).
Result<JwsHeader> parse_jws_header(std::string_view json);

}  // namespace cardea
