#include "run/chunked_body.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>

#include "run/ascii.hpp"

namespace cardea::web {
namespace {

// Of all chunk extensions and trailers together.
constexpr std::size_t kMostOverhead = std::size_t{16} * 1024;
constexpr std::size_t kMostDigits = 16;  // of a size: more would not be sure to fit

std::unexpected<Error> malformed(const char* what) {
  return failure(ErrorCode::invalid_request, PrivateText{"chunked body: " + std::string(what)});
}

bool is_hex_digit(char c) noexcept { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

}  // namespace

struct ChunkedBody::Decoder {
  enum class Next : unsigned char { size, data, end_of_data, trailer, nothing };

  // How many bytes were taken off the front; none where more are needed.
  Result<std::size_t> step(std::string_view bytes);
  std::size_t take_data(std::string_view bytes);
  Result<std::size_t> take_end_of_data(std::string_view bytes);
  Result<std::optional<std::string_view>> line_at_front_of(std::string_view bytes) const;
  Done read_size(std::string_view line);
  Done read_trailer(std::string_view line);

  std::size_t limit;
  std::string body{};
  std::uint64_t left = 0;  // of the chunk
  std::size_t overhead = 0;
  Next next = Next::size;
};

Result<std::size_t> ChunkedBody::Decoder::step(std::string_view bytes) {
  if (next == Next::data) return take_data(bytes);
  if (next == Next::end_of_data) return take_end_of_data(bytes);
  const auto line = line_at_front_of(bytes);
  if (!line) return failure(line.error());
  if (!*line) return 0;
  auto read = next == Next::size ? read_size(**line) : read_trailer(**line);
  if (!read) return failure(std::move(read).error());
  return (*line)->size() + 2;
}

std::size_t ChunkedBody::Decoder::take_data(std::string_view bytes) {
  const auto data = bytes.substr(0, left);
  body += data;
  left -= data.size();
  if (left == 0) next = Next::end_of_data;
  return data.size();
}

Result<std::size_t> ChunkedBody::Decoder::take_end_of_data(std::string_view bytes) {
  const auto end = bytes.substr(0, 2);
  if (!std::string_view{"\r\n"}.starts_with(end)) return malformed("a chunk is longer than its size");
  if (end.size() < 2) return 0;
  next = Next::size;
  return 2;
}

// Without its CRLF; empty while that has not come.
Result<std::optional<std::string_view>> ChunkedBody::Decoder::line_at_front_of(std::string_view bytes) const {
  const auto end = bytes.find('\n');
  if (overhead + std::min(end, bytes.size()) > kMostOverhead) return failure(ErrorCode::header_too_large);
  if (end == std::string_view::npos) return std::nullopt;
  auto line = bytes.substr(0, end);
  if (!line.ends_with('\r')) return malformed("a line ends with LF alone");
  line.remove_suffix(1);
  if (!std::ranges::all_of(line, is_field_value_character)) return malformed("a line has a control character");
  return line;
}

// chunk-size [ chunk-ext ] (RFC 9112 section 7.1). What extensions say is for nobody here.
Done ChunkedBody::Decoder::read_size(std::string_view line) {
  const auto* const end_of_digits = std::ranges::find_if_not(line, is_hex_digit);
  const auto digits = line.substr(0, static_cast<std::size_t>(end_of_digits - line.begin()));
  const auto extension = line.substr(digits.size());
  if (digits.empty() || digits.size() > kMostDigits) return malformed("a chunk's size is no size");
  if (!extension.empty() && !trimmed(extension).starts_with(';')) return malformed("a chunk's size is no size");
  overhead += extension.size();
  std::uint64_t size = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), size, 16);
  if (size > limit - body.size()) return failure(ErrorCode::content_too_large);
  left = size;
  next = size == 0 ? Next::trailer : Next::data;
  return {};
}

Done ChunkedBody::Decoder::read_trailer(std::string_view line) {
  overhead += line.size();
  if (line.empty()) next = Next::nothing;
  if (line.empty()) return {};
  const auto name = line.substr(0, line.find(':'));
  const bool is_field = name.size() < line.size() && !name.empty() && std::ranges::all_of(name, is_token_character);
  return is_field ? Done{} : malformed("a trailer is no field line");
}

ChunkedBody::ChunkedBody(std::size_t limit) : decoder_(std::make_unique<Decoder>(limit)) {}

ChunkedBody::~ChunkedBody() = default;

Result<std::size_t> ChunkedBody::feed(std::string_view bytes) {
  std::size_t used = 0;
  while (!done()) {
    const auto taken = decoder_->step(bytes.substr(used));
    if (!taken) return failure(taken.error());
    if (*taken == 0) break;
    used += *taken;
  }
  return used;
}

bool ChunkedBody::done() const { return decoder_->next == Decoder::Next::nothing; }

std::string ChunkedBody::take() { return std::move(decoder_->body); }

}  // namespace cardea::web
