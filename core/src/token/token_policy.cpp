#include <cardea/core/token/token_policy.hpp>
#include <utility>

namespace cardea {

Result<ClockSkew> ClockSkew::of(std::chrono::seconds seconds) {
  if (seconds < std::chrono::seconds{0} || seconds > kLargest) {
    return failure(ErrorCode::configuration_invalid, PrivateText{"a clock skew is 0 to 60 seconds"});
  }
  return ClockSkew{Checked{}, seconds};
}

TokenPolicy TokenPolicy::expecting(Issuer issuer, Audience audience) {
  return TokenPolicy{}.expecting_issuer(std::move(issuer)).expecting_audience(std::move(audience));
}

TokenPolicy TokenPolicy::rfc9068(Issuer issuer, Audience audience) {
  return expecting(std::move(issuer), std::move(audience)).requiring_type(TokenType::access_token);
}

TokenPolicy TokenPolicy::tutorial() { return {}; }

TokenPolicy TokenPolicy::expecting_issuer(Issuer issuer) && {
  issuer_ = std::move(issuer);
  return std::move(*this);
}

TokenPolicy TokenPolicy::expecting_audience(Audience audience) && {
  audience_ = std::move(audience);
  return std::move(*this);
}

TokenPolicy TokenPolicy::requiring_type(TokenType type) && {
  required_type_ = type;
  return std::move(*this);
}

TokenPolicy TokenPolicy::tolerating_clock_skew(ClockSkew skew) && {
  clock_skew_ = skew;
  return std::move(*this);
}

TokenPolicy TokenPolicy::accepting_tokens_without_expiry() && {
  requires_expiry_ = false;
  return std::move(*this);
}

}  // namespace cardea
