#include <cardea/core/base/base64url.hpp>
#include <cardea/core/token/token_signer.hpp>
#include <cardea/core/token/unchecked_jws.hpp>

#include "token/jws_header_text.hpp"

namespace cardea {
namespace {

// Bytes of a signature by RSA with 2048 bits. Room for the largest there is would cost every token.
constexpr std::size_t kUsualSignature = 256;

}  // namespace

TokenSigner::TokenSigner(SigningKey key, TokenType type)
    : key_(std::move(key)),
      type_(type),
      encoded_header_(encoded_jws_header(key_.algorithm(), &key_.id(), type) + '.') {}

Result<std::string> TokenSigner::sign(const Claims& claims) const {
  const auto payload = to_json(claims);
  if (!payload) return failure(payload.error());
  std::string token;
  token.reserve(encoded_header_.size() + base64url_size_of(payload->size()) + 1 + base64url_size_of(kUsualSignature));
  token += encoded_header_;
  append_base64url(token, *payload);
  const auto signature = key_.sign(token);
  if (!signature) return failure(signature.error());
  token += '.';
  append_base64url(token, signature->view());
  if (token.size() > kLargestToken) return failure(ErrorCode::token_too_large);
  return token;
}

}  // namespace cardea
