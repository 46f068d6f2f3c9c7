#include <cardea/web/extract/text_codec.hpp>

namespace cardea::web {

std::string TextCodec<bool>::read(std::string_view text, bool& value) {
  value = text == "true" || text == "1";
  return value || text == "false" || text == "0" ? "" : "must be true or false";
}

std::string TextCodec<Instant>::read(std::string_view text, Instant& value) {
  const auto instant = parse_instant(text);
  if (!instant) return "must be a time, such as 2026-01-01T12:00:00Z";
  value = *instant;
  return {};
}

std::string text_codec_detail::one_of(const std::vector<std::string_view>& names) {
  std::string reason = "must be one of ";
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) reason += ", ";
    reason += names[i];
  }
  return reason;
}

}  // namespace cardea::web
