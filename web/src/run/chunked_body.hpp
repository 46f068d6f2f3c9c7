// Takes the chunked coding off a body (RFC 9112 section 7.1). Chunk extensions and trailers are read and forgotten.
#pragma once

#include <cardea/core/base/result.hpp>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace cardea::web {

class ChunkedBody {
 public:
  explicit ChunkedBody(std::size_t limit);
  ~ChunkedBody();

  // How many of the bytes were used; those left over come first in the next call, or belong to the next request once
  // the body is done. Errors: invalid_request, content_too_large (over the limit), header_too_large (of the trailers).
  Result<std::size_t> feed(std::string_view bytes);

  bool done() const;
  std::string take();

 private:
  struct Decoder;
  std::unique_ptr<Decoder> decoder_;
};

}  // namespace cardea::web
