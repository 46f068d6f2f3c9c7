// A compact JWS taken apart (RFC 7515 section 3.1) and nothing more: whoever holds one knows nothing about who made it.
#pragma once

#include <array>
#include <cardea/core/base/result.hpp>
#include <cardea/core/token/jws_header.hpp>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace cardea {

inline constexpr std::size_t kLargestToken = 8 * 1024;  // bytes, as sent
inline constexpr std::size_t kLargestHeader = 1024;     // bytes of JSON

// Where the decoded parts of one token live, so that taking it apart needs no heap. Large: for the stack of the caller.
class JwsBuffer {
 public:
  JwsBuffer() noexcept {}  // NOLINT(modernize-use-equals-default): a defaulted one lets JwsBuffer{} clear it all

 private:
  friend class UncheckedJws;
  JwsHeader header_;
  std::array<char, kLargestToken / 4 * 3> decoded_;
};

// A header that has been read before, so that equal ones need not be read again.
struct KnownJwsHeader {
  std::string encoded;
  JwsHeader header;
};

class UncheckedJws {
 public:
  // Checks size, dots, base64url and header, in this order. Errors: token_too_large, token_malformed, and those of
  // parse_jws_header. All views live as long as `compact`, `buffer` and `known` do.
  static Result<UncheckedJws> parse(std::string_view compact, JwsBuffer& buffer,
                                    std::span<const KnownJwsHeader> known = {});

  const JwsHeader& header() const noexcept { return *header_; }
  std::string_view payload() const noexcept { return payload_; }
  std::string_view signature() const noexcept { return signature_; }
  // What the signature is over (RFC 7515 section 5.2).
  std::string_view signing_input() const noexcept { return signing_input_; }

 private:
  UncheckedJws() = default;

  const JwsHeader* header_ = nullptr;
  std::string_view payload_;
  std::string_view signature_;
  std::string_view signing_input_;
};

}  // namespace cardea
