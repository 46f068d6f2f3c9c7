// Which member of Claims each typed claim is, and what JSON calls it.
#pragma once

#include <array>
#include <cardea/core/token/claims.hpp>
#include <cstdint>
#include <string_view>

namespace cardea {

// A name of at most eight letters, compared as one number.
class ShortName {
 public:
  constexpr ShortName(std::string_view text) noexcept : text_(text) {
    if (text.size() > sizeof letters_) return;
    for (const char c : text) letters_ = letters_ << 8U | static_cast<unsigned char>(c);
  }
  constexpr std::string_view text() const noexcept { return text_; }
  friend constexpr bool operator==(const ShortName& a, const ShortName& b) noexcept {
    return a.letters_ == b.letters_ && a.text_.size() == b.text_.size();
  }

 private:
  std::string_view text_;
  std::uint64_t letters_ = 0;  // as the names that are compared with are not empty, 0 for longer ones is no match
};

struct TextClaim {
  ShortName name;
  std::optional<std::string> Claims::* member;
  bool is_registered;  // by RFC 7519, so that another type is an error
};

struct DateClaim {
  ShortName name;
  std::optional<NumericDate> Claims::* member;
};

inline constexpr std::array<TextClaim, 6> kTextClaims{{
    {ShortName{"iss"}, &Claims::issuer, true},
    {ShortName{"sub"}, &Claims::subject, true},
    {ShortName{"jti"}, &Claims::token_id, true},
    {ShortName{"role"}, &Claims::role, false},
    {ShortName{"scope"}, &Claims::scope, false},
    {ShortName{"sid"}, &Claims::session_id, false},
}};

inline constexpr std::array<DateClaim, 3> kDateClaims{{
    {ShortName{"iat"}, &Claims::issued_at},
    {ShortName{"nbf"}, &Claims::not_before},
    {ShortName{"exp"}, &Claims::expires_at},
}};

inline constexpr ShortName kAudienceName{"aud"};

template <class Rows>
const typename Rows::value_type* row_named(const Rows& rows, const ShortName& name) noexcept {
  for (const auto& row : rows) {
    if (row.name == name) return &row;
  }
  return nullptr;
}

}  // namespace cardea
