#include <algorithm>
#include <cardea/core/base/base64url.hpp>
#include <cardea/core/token/unchecked_jws.hpp>

namespace cardea {
namespace {

struct Parts {
  std::string_view header, payload, signature;
};

std::unexpected<Error> malformed(std::string_view what) {
  return failure(ErrorCode::token_malformed, PrivateText{std::string(what)});
}

Result<Parts> split(std::string_view compact) {
  const auto first = compact.find('.');
  const auto second = compact.find('.', first == std::string_view::npos ? first : first + 1);
  if (second == std::string_view::npos || compact.find('.', second + 1) != std::string_view::npos) {
    return malformed("not three parts");
  }
  return Parts{compact.substr(0, first), compact.substr(first + 1, second - first - 1), compact.substr(second + 1)};
}

// Decodes one part after the other into the same memory.
class PartDecoder {
 public:
  explicit PartDecoder(std::span<char> room) : room_(room) {}

  std::optional<std::string_view> decode(std::string_view part) {
    const auto size = from_base64url(part, room_);
    if (!size) return std::nullopt;
    const std::string_view bytes{room_.data(), *size};
    room_ = room_.subspan(*size);
    return bytes;
  }

 private:
  std::span<char> room_;
};

const KnownJwsHeader* find_known(std::span<const KnownJwsHeader> known, std::string_view encoded) {
  const auto found = std::ranges::find(known, encoded, &KnownJwsHeader::encoded);
  return found == known.end() ? nullptr : &*found;
}

}  // namespace

Result<UncheckedJws> UncheckedJws::parse(std::string_view compact, JwsBuffer& buffer,
                                         std::span<const KnownJwsHeader> known) {
  if (compact.size() > kLargestToken) return failure(ErrorCode::token_too_large);
  const auto parts = split(compact);
  if (!parts) return failure(parts.error());
  if (size_of_base64url(parts->header.size()) > kLargestHeader) return failure(ErrorCode::token_too_large);

  PartDecoder decoder(buffer.decoded_);
  const auto payload = decoder.decode(parts->payload);
  const auto signature = decoder.decode(parts->signature);
  if (!payload || !signature) return malformed("not base64url");

  UncheckedJws jws;
  jws.payload_ = *payload;
  jws.signature_ = *signature;
  jws.signing_input_ = compact.substr(0, parts->header.size() + 1 + parts->payload.size());
  if (const auto* seen = find_known(known, parts->header)) {
    jws.header_ = &seen->header;
    return jws;
  }
  const auto header = decoder.decode(parts->header);
  if (!header) return malformed("not base64url");
  auto read = parse_jws_header(*header);
  if (!read) return failure(std::move(read).error());
  buffer.header_ = *std::move(read);
  jws.header_ = &buffer.header_;
  return jws;
}

}  // namespace cardea
