#include <cjose/cjose.h>

#include <memory>

#include "peers.hpp"

namespace cardea::bench {
namespace {

struct Free {
  void operator()(cjose_jwk_t* key) const noexcept { cjose_jwk_release(key); }
  void operator()(cjose_jws_t* token) const noexcept { cjose_jws_release(token); }
  void operator()(cjose_header_t* header) const noexcept { cjose_header_release(header); }
};
using Token = std::unique_ptr<cjose_jws_t, Free>;
using Header = std::unique_ptr<cjose_header_t, Free>;

}  // namespace

std::optional<Peer> cjose(Algorithm algorithm, const KeyTexts& key) {
  if (key_type_of(algorithm) == KeyType::okp) return std::nullopt;
  cjose_err error{};
  const std::shared_ptr<cjose_jwk_t> jwk{cjose_jwk_import(key.jwk.data(), key.jwk.size(), &error), Free{}};
  const std::shared_ptr<cjose_header_t> header{cjose_header_new(&error), Free{}};
  if (!jwk || !header) return std::nullopt;
  cjose_header_set(header.get(), CJOSE_HDR_ALG, std::string(name_of(algorithm)).c_str(), &error);
  return Peer{
      .sign =
          [jwk, header] {
            cjose_err failed{};
            const Token token{cjose_jws_sign(jwk.get(), header.get(), reinterpret_cast<const uint8_t*>(kClaims.data()),
                                             kClaims.size(), &failed)};
            const char* text = nullptr;  // the token's own
            cjose_jws_export(token.get(), &text, &failed);
            return std::string(text);
          },
      .verify =
          [jwk](std::string_view text) {
            cjose_err failed{};
            const Token token{cjose_jws_import(text.data(), text.size(), &failed)};
            return token && cjose_jws_verify(token.get(), jwk.get(), &failed);
          }};
}

}  // namespace cardea::bench
