#include "token/jws_header_text.hpp"

#include <cardea/core/base/base64url.hpp>
#include <cardea/core/base/json_text.hpp>

namespace cardea {

std::string encoded_jws_header(Algorithm algorithm, const KeyId* id, TokenType type) {
  std::string text = R"({"alg":)";
  append_json_string(text, name_of(algorithm));
  if (id != nullptr) {
    text += R"(,"kid":)";
    append_json_string(text, id->text());
  }
  text += R"(,"typ":)";
  append_json_string(text, name_of(type));
  text += '}';
  return to_base64url(text);
}

}  // namespace cardea
