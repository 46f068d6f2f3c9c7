#include "run/request_ids.hpp"

#include <sys/random.h>

#include <span>

namespace cardea::web {
namespace {

constexpr std::size_t kBytes = 16;

void fill(std::span<unsigned char> bytes) {
  while (!bytes.empty()) {
    const auto got = ::getrandom(bytes.data(), bytes.size(), 0);
    if (got > 0) bytes = bytes.subspan(static_cast<std::size_t>(got));
  }
}

}  // namespace

std::string RequestIds::next() {
  std::string id;
  write_next(id);
  return id;
}

void RequestIds::write_next(std::string& id) {
  if (used_ == random_.size()) {
    fill(random_);
    used_ = 0;
  }
  id.resize(2 * kBytes);
  for (std::size_t i = 0; i < kBytes; ++i) {
    constexpr char kDigits[] = "0123456789abcdef";
    const unsigned byte = random_[used_++];
    id[2 * i] = kDigits[byte >> 4U];
    id[2 * i + 1] = kDigits[byte & 0xfU];
  }
}

}  // namespace cardea::web
