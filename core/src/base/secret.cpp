#include <sodium.h>

#include <cardea/core/base/secret.hpp>
#include <cstdint>
#include <cstring>

namespace cardea {
namespace {

// The compiler knows nothing of the value from here on, so that no loop can end early because of it.
std::uint64_t opaque(std::uint64_t value) noexcept {
  __asm__ volatile("" : "+r"(value));
  return value;
}

constexpr std::size_t kWord = sizeof(std::uint64_t);
constexpr std::size_t kBlock = 4 * kWord;

// Bits that differ in the `size` bytes, at most a word, from `at` on.
std::uint64_t difference_at(std::size_t at, std::string_view a, std::string_view b, std::size_t size) noexcept {
  std::uint64_t left = 0;
  std::uint64_t right = 0;
  std::memcpy(&left, a.data() + at, size);
  std::memcpy(&right, b.data() + at, size);
  return left ^ right;
}

}  // namespace

void wipe(std::string& text) noexcept {
  text.resize(text.capacity());  // within capacity: no allocation, so the old bytes are the ones overwritten
  sodium_memzero(text.data(), text.size());
  text.clear();
}

bool equal_in_constant_time(std::string_view a, std::string_view b) noexcept {
  if (a.size() != b.size()) return false;
  std::uint64_t difference = 0;
  std::size_t at = 0;
  for (; a.size() - at >= kBlock; at += kBlock) {
    for (std::size_t word = at; word < at + kBlock; word += kWord) difference |= difference_at(word, a, b, kWord);
    difference = opaque(difference);
  }
  for (; a.size() - at >= kWord; at += kWord) difference |= difference_at(at, a, b, kWord);
  if (at < a.size()) difference |= difference_at(at, a, b, a.size() - at);
  return opaque(difference) == 0;
}

Secret::Secret(std::string&& text) noexcept : bytes_(std::move(text)) { wipe(text); }

Secret Secret::copy_of(std::string_view text) {
  Secret secret;
  secret.bytes_.assign(text);
  return secret;
}

Secret::Secret(Secret&& other) noexcept : bytes_(std::move(other.bytes_)) { wipe(other.bytes_); }

Secret& Secret::operator=(Secret&& other) noexcept {
  if (this != &other) {
    wipe(bytes_);
    bytes_ = std::move(other.bytes_);
    wipe(other.bytes_);
  }
  return *this;
}

Secret::~Secret() { wipe(bytes_); }

}  // namespace cardea
