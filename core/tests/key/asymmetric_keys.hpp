// Pairs of keys for tests, each made once a program: RSA takes its time.
#pragma once

#include <boost/json/parse.hpp>
#include <cardea/core/key/private_key.hpp>
#include <cardea/core/key/signing_key.hpp>
#include <map>
#include <string>

#include "token/signed_text.hpp"

namespace cardea::test {

inline boost::json::object json_object(std::string_view text) { return boost::json::parse(text).as_object(); }

inline const PrivateKey& pair_for(Algorithm algorithm) {
  static std::map<Algorithm, PrivateKey> pairs;
  const auto found = pairs.find(algorithm);
  if (found != pairs.end()) return found->second;
  return pairs.emplace(algorithm, PrivateKey::generate(algorithm).value()).first->second;
}

inline std::vector<Algorithm> algorithms_where(bool symmetric) {
  std::vector<Algorithm> found;
  for (const auto algorithm : all_algorithms()) {
    if (is_symmetric(algorithm) == symmetric) found.push_back(algorithm);
  }
  return found;
}

// Of any algorithm.
inline SigningKey signing_key_for(Algorithm algorithm) {
  if (is_symmetric(algorithm)) return SigningKey{key_of(std::string(64, 's'), algorithm)};
  return SigningKey{pair_for(algorithm)};
}

}  // namespace cardea::test
