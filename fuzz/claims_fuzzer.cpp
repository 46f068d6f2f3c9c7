// Claims: what was read can be written, and reads back the same.
#include <cardea/core/token/claims.hpp>

#include "fuzzers.hpp"
#include "property.hpp"

namespace cardea::fuzz {
namespace {

bool are_same(const Claims& a, const Claims& b) {
  return a.issuer == b.issuer && a.subject == b.subject && a.audience == b.audience && a.expires_at == b.expires_at &&
         a.not_before == b.not_before && a.issued_at == b.issued_at && a.token_id == b.token_id && a.role == b.role &&
         a.scope == b.scope && a.session_id == b.session_id && a.others == b.others;
}

}  // namespace

void claims(std::string_view text) {
  const auto read = parse_claims(text);
  if (!read) return;
  const auto written = to_json(*read);
  require(written.has_value(), "claims that were read can be written");
  const auto again = parse_claims(*written);
  require(again.has_value(), "claims that were written can be read");
  require(are_same(*again, *read), "claims are the same after being written and read");
}

}  // namespace cardea::fuzz
