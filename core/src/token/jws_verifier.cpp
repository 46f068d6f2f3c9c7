#include <algorithm>
#include <cardea/core/base/base64url.hpp>
#include <cardea/core/token/jws_verifier.hpp>

#include "token/jws_header_text.hpp"

namespace cardea {
namespace {

// A search through more headers than these would cost what it saves.
constexpr std::size_t kMostKnownHeaders = 16;

// Read by the same function that reads every other header, so that knowing one changes nothing but the time.
void remember(std::string encoded, std::vector<KnownJwsHeader>& known) {
  const bool seen = std::ranges::find(known, encoded, &KnownJwsHeader::encoded) != known.end();
  if (seen || known.size() == kMostKnownHeaders) return;
  auto header = parse_jws_header(from_base64url(encoded).value());
  if (header) known.push_back({std::move(encoded), *std::move(header)});
}

std::vector<KnownJwsHeader> headers_of(const VerificationKeySet& keys) {
  std::vector<KnownJwsHeader> known;
  for (const auto& key : keys.keys()) {
    for (const auto type : {TokenType::jwt, TokenType::access_token}) {
      remember(encoded_jws_header(key.algorithm(), &key.id(), type), known);
    }
    remember(encoded_jws_header(key.algorithm(), nullptr, TokenType::jwt), known);
  }
  return known;
}

std::optional<std::string_view> view_of(const std::optional<std::string>& text) {
  if (!text) return std::nullopt;
  return *text;
}

}  // namespace

JwsVerifier::JwsVerifier(VerificationKeySet keys) : keys_(std::move(keys)), known_headers_(headers_of(keys_)) {}

Result<VerifiedJws> JwsVerifier::verify(std::string_view compact, JwsBuffer& buffer) const {
  const auto jws = UncheckedJws::parse(compact, buffer, known_headers_);
  if (!jws) return failure(jws.error());
  const auto key = keys_.find(view_of(jws->header().key_id), jws->header().algorithm);
  if (!key) return failure(key.error());
  if (!(*key)->verifies(jws->signing_input(), jws->signature())) return failure(ErrorCode::token_signature_invalid);
  return VerifiedJws{*jws};
}

Result<std::string> JwsVerifier::verify(std::string_view compact) const {
  JwsBuffer buffer;
  const auto jws = verify(compact, buffer);
  if (!jws) return failure(jws.error());
  return std::string(jws->payload());
}

}  // namespace cardea
