// Chunked bodies: what is read does not depend on where the pieces are cut, and reads again when it is written.
#include <algorithm>
#include <cstdio>
#include <optional>
#include <string>

#include "fuzzers.hpp"
#include "property.hpp"
#include "run/chunked_body.hpp"

namespace cardea::fuzz {
namespace {

constexpr std::size_t kLimit = 4096;

struct Reading {
  std::optional<ErrorCode> error = std::nullopt;
  bool is_done = false;
  std::string body = {};  // once it is done
  std::size_t rest = 0;   // bytes behind it
  friend bool operator==(const Reading&, const Reading&) = default;
};

Reading read_in_pieces(std::string_view text, std::size_t piece) {
  web::ChunkedBody decoder{kLimit};
  std::string pending;
  while (!decoder.done()) {
    if (text.empty()) return {};
    const auto next = text.substr(0, piece);
    text.remove_prefix(next.size());
    pending += next;
    const auto used = decoder.feed(pending);
    if (!used) return {.error = used.error().code()};
    require(*used <= pending.size(), "no more bytes are used than there are");
    pending.erase(0, *used);
  }
  return {.is_done = true, .body = decoder.take(), .rest = pending.size() + text.size()};
}

std::string written(std::string_view body) {
  std::string text;
  if (!body.empty()) {
    char size[20];
    std::snprintf(size, sizeof size, "%zx\r\n", body.size());
    text.append(size).append(body).append("\r\n");
  }
  return text + "0\r\n\r\n";
}

}  // namespace

void chunked_body(std::string_view text) {
  const auto whole = read_in_pieces(text, text.size() + 1);
  for (const std::size_t piece : {1U, 2U, 5U}) {
    require(read_in_pieces(text, piece) == whole, "a body is the same however its bytes arrive");
  }
  if (!whole.is_done) return;
  require(whole.body.size() <= kLimit, "a body is within its limit");
  require(read_in_pieces(written(whole.body), 3) == Reading{.is_done = true, .body = whole.body},
          "what was written is the same body");
}

}  // namespace cardea::fuzz
