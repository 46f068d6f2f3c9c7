// The id of an OAuth client, valid by construction. It is the `sub` of the client's own tokens; its capital letter
// makes sure that no user name is ever a client's id, and the other way round.
#pragma once

#include <cardea/core/base/result.hpp>
#include <compare>
#include <string>
#include <string_view>

namespace cardea {

class ClientId {
 public:
  static constexpr std::string_view kPrefix = "Client_";

  // The prefix and 128 random bits in base64url; nobody has had it before.
  static ClientId generate();

  // Only what `generate` gives. Error: client_not_found, since there can be no such client.
  static Result<ClientId> parse(std::string_view text);

  std::string_view text() const noexcept { return text_; }
  friend auto operator<=>(const ClientId&, const ClientId&) = default;

 private:
  explicit ClientId(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

}  // namespace cardea
