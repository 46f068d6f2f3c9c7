#include <cardea/core/base/base64url.hpp>
#include <cardea/core/token/token_signer.hpp>
#include <cardea/core/token/unchecked_jws.hpp>

#include "token/jws_header_text.hpp"

namespace cardea {

TokenSigner::TokenSigner(SigningKey key, TokenType type)
    : key_(std::move(key)),
      type_(type),
      encoded_header_(encoded_jws_header(key_.algorithm(), &key_.id(), type) + '.') {}

Result<std::string> TokenSigner::sign(const Claims& claims) const {
  const auto payload = to_json(claims);
  if (!payload) return failure(payload.error());
  std::string token;
  token.reserve(encoded_header_.size() + base64url_size_of(payload->size()) + 1 +
                base64url_size_of(Signature::kLargest));
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
