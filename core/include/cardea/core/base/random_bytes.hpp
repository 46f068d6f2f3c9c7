// Bytes that nobody can guess.
#pragma once

#include <cstddef>
#include <string>

namespace cardea {

std::string random_bytes(std::size_t size);

}  // namespace cardea
