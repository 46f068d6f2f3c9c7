#include <arpa/inet.h>

#include <algorithm>
#include <cardea/web/remote/key_set_url.hpp>

#include "remote/curl.hpp"

namespace cardea::web {
namespace {

std::unexpected<Error> refused(const std::string& why) {
  return failure(ErrorCode::configuration_invalid, PublicText{"The key set's URL " + why});
}

// Empty if the URL has no such part.
std::string part_of(const CurlUrl& url, CURLUPart part) {
  char* text = nullptr;
  if (curl_url_get(url.get(), part, &text, 0) != CURLUE_OK) return {};
  const CurlText owner(text);
  return text;
}

bool is_loopback(const std::string& host) {
  if (host == "localhost" || host == "[::1]") return true;
  in_addr address{};
  return ::inet_pton(AF_INET, host.c_str(), &address) == 1 && ntohl(address.s_addr) >> 24U == 127;
}

// libcurl takes one slash and three for two.
bool has_two_slashes(std::string_view text, const std::string& scheme) {
  const auto rest = text.substr(std::min(text.size(), scheme.size()));
  return rest.starts_with("://") && !rest.starts_with(":///");
}

bool is_printable_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c > ' ' && c <= '~'; });
}

}  // namespace

// By libcurl's own parser, so that what is judged here is what is asked for later.
Result<KeySetUrl> KeySetUrl::parse(std::string_view text) {
  const CurlUrl url(curl_url());
  if (!is_printable_ascii(text)) return refused("has a character that has to be percent-encoded");
  if (!url || curl_url_set(url.get(), CURLUPART_URL, std::string(text).c_str(), 0) != CURLUE_OK) {
    return refused("is none: give one such as https://id.example/.well-known/jwks.json");
  }
  const auto scheme = part_of(url, CURLUPART_SCHEME);
  if (!has_two_slashes(text, scheme)) return refused("needs exactly two slashes before the host");
  if (scheme == "http" && !is_loopback(part_of(url, CURLUPART_HOST))) {
    return refused("has to be https://; http:// is for 127.0.0.1, [::1] and localhost only");
  }
  if (scheme != "https" && scheme != "http") return refused("has to begin with https://");
  if (!part_of(url, CURLUPART_USER).empty() || !part_of(url, CURLUPART_PASSWORD).empty()) {
    return refused("must not hold a user or a password");
  }
  if (!part_of(url, CURLUPART_FRAGMENT).empty()) return refused("must not have a fragment");
  return KeySetUrl{part_of(url, CURLUPART_URL)};
}

}  // namespace cardea::web
