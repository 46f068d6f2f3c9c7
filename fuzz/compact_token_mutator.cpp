// Changes a token behind its base64url: libFuzzer's own mutations seldom leave a header that is JSON.
#include <algorithm>
#include <array>
#include <cardea/core/base/base64url.hpp>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max_size);

namespace {

constexpr std::size_t kRoomToGrow = 256;

std::string mutated(std::string bytes) {
  const auto size = bytes.size();
  bytes.resize(size + kRoomToGrow);
  bytes.resize(LLVMFuzzerMutate(reinterpret_cast<std::uint8_t*>(bytes.data()), size, bytes.size()));
  return bytes;
}

// The token with one part of it changed; empty if that part is not base64url.
std::string with_part_mutated(std::string_view token, unsigned number) {
  std::size_t start = 0;
  for (; number > 0 && start != std::string_view::npos; --number) start = token.find('.', start + 1);
  if (start == std::string_view::npos) return {};
  if (start > 0) ++start;
  const auto end = std::min(token.find('.', start), token.size());
  const auto decoded = cardea::from_base64url(token.substr(start, end - start));
  if (!decoded) return {};
  return std::string(token.substr(0, start)) + cardea::to_base64url(mutated(*decoded)) + std::string(token.substr(end));
}

}  // namespace

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t max_size,
                                               unsigned seed) {
  constexpr unsigned kParts = 3;
  if (seed % (kParts + 1) != kParts) {
    const auto token = with_part_mutated({reinterpret_cast<const char*>(data), size}, seed % (kParts + 1));
    if (!token.empty() && token.size() <= max_size) {
      std::ranges::copy(token, data);
      return token.size();
    }
  }
  return LLVMFuzzerMutate(data, size, max_size);
}
