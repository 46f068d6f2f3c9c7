#include <cardea/core/base/random_bytes.hpp>

#include <sodium.h>

#include "base/sodium_ready.hpp"

namespace cardea {

std::string random_bytes(std::size_t size) {
  make_sodium_ready();
  std::string bytes(size, '\0');
  randombytes_buf(bytes.data(), bytes.size());
  return bytes;
}

}  // namespace cardea
