// The guard before every request: reads a head strictly as RFC 9112 writes it, from the raw bytes, and says how the
// body is framed. What two implementations could read in two ways is refused, so that no proxy in front and no handler
// behind can see another request than this server does.
#pragma once

#include <cardea/core/base/result.hpp>
#include <cardea/web/http/request.hpp>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cardea::web {

struct HeadLimits {
  std::size_t bytes = 16 * 1024;  // the whole head, request line and final empty line included
  std::size_t target = 8 * 1024;
  std::size_t fields = 100;
};

// Views into the bytes that were parsed.
struct RequestHead {
  struct Field {
    std::string_view name;
    std::string_view value;  // without the white space around it
  };

  std::string_view method;
  std::string_view target;     // origin form or "*"; of an absolute form what follows the authority, which may be empty
  std::string_view authority;  // of an absolute form; it replaces Host (RFC 9112 section 3.2.2)
  std::vector<Field> fields;
  std::uint64_t content_length = 0;
  bool chunked = false;
  bool keep_alive = false;
  bool is_http_1_0 = false;
  bool expects_continue = false;

  bool has_body() const noexcept { return chunked || content_length != 0; }
  void clear();
};

// `bytes` begins with the request line and ends with the empty line. On an error `head` keeps what was read and found
// good. Errors: invalid_request, uri_too_long, header_too_large, not_implemented (a transfer coding other than
// chunked), http_version_not_supported, content_too_large (a length beyond 18 digits).
[[nodiscard]] Done parse_head(std::string_view bytes, const HeadLimits& limits, RequestHead& head);

// What a head that has no end yet is refused for already. Errors: uri_too_long, header_too_large, and those of the
// request line if that is whole.
[[nodiscard]] Done check_unfinished_head(std::string_view bytes, const HeadLimits& limits, RequestHead& head);

// Sets method, target, which is in origin form ("/posts?limit=3"), and headers.
void copy_head(const RequestHead& head, Request& request);

}  // namespace cardea::web
