#include <jwt.h>

#include <cstdlib>
#include <memory>

#include "peers.hpp"

namespace cardea::bench {
namespace {

struct Free {
  void operator()(jwt_t* token) const noexcept { jwt_free(token); }
};
using Token = std::unique_ptr<jwt_t, Free>;

const unsigned char* bytes_of(const std::string& text) { return reinterpret_cast<const unsigned char*>(text.data()); }

Token new_token() {
  jwt_t* token = nullptr;
  jwt_new(&token);
  jwt_add_grants_json(token, std::string(kClaims).c_str());
  return Token{token};
}

}  // namespace

std::optional<Peer> libjwt(Algorithm algorithm, const KeyTexts& key) {
  const auto alg = jwt_str_alg(std::string(name_of(algorithm)).c_str());
  if (alg == JWT_ALG_INVAL || alg == JWT_ALG_NONE) return std::nullopt;
  const bool symmetric = is_symmetric(algorithm);
  const auto signing = symmetric ? key.secret : key.private_pem;
  const auto verifying = symmetric ? key.secret : key.public_pem;
  return Peer{.sign =
                  [alg, signing] {
                    const auto token = new_token();
                    jwt_set_alg(token.get(), alg, bytes_of(signing), static_cast<int>(signing.size()));
                    char* text = jwt_encode_str(token.get());
                    std::string copy{text};
                    std::free(text);  // NOLINT(cppcoreguidelines-no-malloc): as its documentation says
                    return copy;
                  },
              .verify =
                  [alg, verifying](std::string_view text) {
                    jwt_t* token = nullptr;
                    if (jwt_decode(&token, text.data(), bytes_of(verifying), static_cast<int>(verifying.size())) != 0) {
                      return false;
                    }
                    const Token owned{token};
                    return jwt_get_alg(token) == alg && jwt_get_grant_int(token, "exp") > 1767268800;
                  }};
}

}  // namespace cardea::bench
