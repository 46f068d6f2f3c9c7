#include "run/chunked_body.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <limits>
#include <utility>

namespace cardea::web {
namespace {

namespace http = boost::beast::http;

constexpr std::uint32_t kTrailerLimit = 16 * 1024;

// The parser reads bodies only behind a head; the real one has been checked and must not come near it.
constexpr std::string_view kHead = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n";

}  // namespace

struct ChunkedBody::Decoder {
  http::request_parser<http::string_body> parser;
};

ChunkedBody::ChunkedBody(std::size_t limit) : decoder_(std::make_unique<Decoder>()) {
  auto& parser = decoder_->parser;
  parser.eager(true);
  parser.body_limit(limit);
  parser.header_limit(kTrailerLimit);
  boost::system::error_code error;
  parser.put(boost::asio::buffer(kHead), error);
}

ChunkedBody::~ChunkedBody() = default;

Result<std::size_t> ChunkedBody::feed(std::string_view bytes) {
  boost::system::error_code error;
  const std::size_t used = decoder_->parser.put(boost::asio::buffer(bytes), error);
  if (error == http::error::body_limit) return failure(ErrorCode::content_too_large);
  if (error == http::error::header_limit) return failure(ErrorCode::header_too_large);
  if (error && error != http::error::need_more)
    return failure(ErrorCode::invalid_request, PrivateText{"chunked body: " + error.message()});
  return used;
}

bool ChunkedBody::done() const { return decoder_->parser.is_done(); }

std::string ChunkedBody::take() { return std::move(decoder_->parser.get().body()); }

}  // namespace cardea::web
