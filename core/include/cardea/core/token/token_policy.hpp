// What a verifier demands of a token's claims. What safety needs is a required argument; each loosening is a long word.
#pragma once

#include <cardea/core/base/result.hpp>
#include <cardea/core/token/token_type.hpp>
#include <chrono>
#include <optional>
#include <stdexcept>
#include <string>

namespace cardea {

struct Issuer {
  std::string value;
};

struct Audience {
  std::string value;
};

// How far two clocks may differ: 0 to 60 seconds.
class ClockSkew {
 public:
  static constexpr std::chrono::seconds kLargest{60};

  // For constants: the compiler refuses one that is out of range.
  consteval ClockSkew(std::chrono::seconds seconds) : seconds_(seconds) {
    if (seconds < std::chrono::seconds{0} || seconds > kLargest) throw std::out_of_range("a clock skew is 0 to 60 s");
  }
  // Error: configuration_invalid.
  static Result<ClockSkew> of(std::chrono::seconds seconds);

  constexpr std::chrono::seconds seconds() const noexcept { return seconds_; }

 private:
  struct Checked {};
  constexpr ClockSkew(Checked, std::chrono::seconds seconds) noexcept : seconds_(seconds) {}
  std::chrono::seconds seconds_;
};

class TokenPolicy {
 public:
  // exp required, no clock skew, iss and aud exact.
  static TokenPolicy expecting(Issuer issuer, Audience audience);
  // The same, and the type at+jwt (RFC 9068 section 4).
  static TokenPolicy rfc9068(Issuer issuer, Audience audience);
  // exp required, no clock skew, any issuer, and no token that is addressed to somebody (RFC 7519 section 4.1.3): for a
  // service whose key nobody else signs with.
  static TokenPolicy tutorial();

  TokenPolicy expecting_issuer(Issuer issuer) &&;
  TokenPolicy expecting_audience(Audience audience) &&;
  // Without this, JWT, at+jwt and no type at all are accepted.
  TokenPolicy requiring_type(TokenType type) &&;
  TokenPolicy tolerating_clock_skew(ClockSkew skew) &&;
  TokenPolicy accepting_tokens_without_expiry() &&;

  const std::optional<Issuer>& issuer() const noexcept { return issuer_; }
  const std::optional<Audience>& audience() const noexcept { return audience_; }
  std::optional<TokenType> required_type() const noexcept { return required_type_; }
  std::chrono::seconds clock_skew() const noexcept { return clock_skew_.seconds(); }
  bool requires_expiry() const noexcept { return requires_expiry_; }

 private:
  TokenPolicy() = default;

  std::optional<Issuer> issuer_;
  std::optional<Audience> audience_;
  std::optional<TokenType> required_type_;
  ClockSkew clock_skew_{std::chrono::seconds{0}};
  bool requires_expiry_ = true;
};

}  // namespace cardea
