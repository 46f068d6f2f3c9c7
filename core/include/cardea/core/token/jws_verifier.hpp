// Checks the signature of a compact JWS, whatever its payload is (RFC 7515 section 5.2). Looks at no claim.
#pragma once

#include <cardea/core/key/verification_key_set.hpp>
#include <cardea/core/token/unchecked_jws.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace cardea {

// A JWS whose signature holds. Its one maker is JwsVerifier.
class VerifiedJws {
 public:
  const JwsHeader& header() const noexcept { return jws_.header(); }
  std::string_view payload() const noexcept { return jws_.payload(); }

 private:
  friend class JwsVerifier;
  explicit VerifiedJws(const UncheckedJws& jws) noexcept : jws_(jws) {}
  UncheckedJws jws_;
};

// Immutable: any number of threads may use one.
class JwsVerifier {
 public:
  explicit JwsVerifier(VerificationKeySet keys);

  // The payload's bytes. Errors: those of UncheckedJws::parse, token_key_unknown, token_algorithm_refused,
  // token_signature_invalid.
  Result<std::string> verify(std::string_view compact) const;
  // The same as views, without a heap allocation. They live as long as `compact`, `buffer` and this verifier do.
  Result<VerifiedJws> verify(std::string_view compact, JwsBuffer& buffer) const;

  // Without any key nothing verifies.
  bool has_keys() const noexcept { return !keys_.empty(); }

 private:
  VerificationKeySet keys_;
  std::vector<KnownJwsHeader> known_headers_;
};

}  // namespace cardea
