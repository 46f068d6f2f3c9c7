// Which key signs, while the program runs.
#pragma once

#include <cardea/core/base/clock.hpp>
#include <cardea/core/token/token_signer.hpp>
#include <memory>

namespace cardea {

// Thread-safe.
class SignerSource {
 public:
  virtual ~SignerSource() = default;
  // Never blocks. Null if no key signs at `now`.
  virtual std::shared_ptr<const TokenSigner> signer_at(Instant now) const = 0;
};

// Always the same one.
class FixedSigner final : public SignerSource {
 public:
  explicit FixedSigner(TokenSigner signer) : signer_(std::make_shared<const TokenSigner>(std::move(signer))) {}
  std::shared_ptr<const TokenSigner> signer_at(Instant) const override { return signer_; }

 private:
  std::shared_ptr<const TokenSigner> signer_;
};

}  // namespace cardea
