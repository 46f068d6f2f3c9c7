// Request heads: the end is found wherever the pieces are cut, and what is accepted is the same request to Boost.Beast.
#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <iterator>
#include <string>
#include <utility>

#include "fuzzers.hpp"
#include "property.hpp"
#include "run/head_scanner.hpp"
#include "run/request_head.hpp"

namespace cardea::fuzz {
namespace {

namespace http = boost::beast::http;

using web::HeadScanner;
using web::RequestHead;

constexpr web::HeadLimits kLimits{.bytes = 4096, .target = 1024, .fields = 32};

Result<std::optional<std::size_t>> end_in_pieces(std::string_view text, std::size_t piece) {
  HeadScanner scanner;
  for (std::size_t seen = std::min(piece, text.size()); seen < text.size();
       seen = std::min(seen + piece, text.size())) {
    const auto end = scanner.scan(text.substr(0, seen));
    if (!end || *end) return end;
  }
  return scanner.scan(text);
}

// Beast keeps fields of one name together; among themselves they are in the order they came.
void require_fields(const RequestHead& head, const http::request<http::empty_body>& peer) {
  require(std::cmp_equal(std::distance(peer.begin(), peer.end()), head.fields.size()),
          "there are no more fields than Beast finds, and no fewer");
  for (const auto& [name, value] : head.fields) {
    auto [other, end] = peer.equal_range(name);
    for (const auto& field : head.fields) {
      if (!web::equal_ignoring_case(field.name, name)) continue;
      require(other != end, "a name is there as often as Beast finds it");
      require(std::string_view{other->name_string()} == field.name, "a field has the name that Beast finds");
      require(std::string_view{other->value()} == field.value, "a field has the value that Beast finds");
      ++other;
    }
  }
}

void require_same_request(std::string_view bytes, const RequestHead& head) {
  http::request_parser<http::empty_body> parser;
  parser.header_limit(2 * kLimits.bytes);
  parser.body_limit(boost::none);
  parser.skip(true);
  boost::system::error_code error;
  parser.put(boost::asio::buffer(bytes.data(), bytes.size()), error);
  require(!error && parser.is_header_done(), "what is accepted is a head to Beast, too");
  const auto& peer = parser.get();
  require(std::string_view{peer.method_string()} == head.method, "the method is that which Beast finds");
  require(!head.authority.empty() || std::string_view{peer.target()} == head.target, "so is the target");
  require(head.is_http_1_0 == (peer.version() == 10), "so is the version");
  require(head.chunked == parser.chunked(), "the body is chunked exactly if it is to Beast");
  require(head.chunked || head.content_length == parser.content_length().value_or(0), "so is the body's length");
  require_fields(head, peer);
}

// A head that is good when it is whole was good in every part.
void require_good_parts(std::string_view bytes) {
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    RequestHead part;
    require(web::check_unfinished_head(bytes.substr(0, size), kLimits, part).has_value(),
            "no part of a good head is refused");
  }
}

}  // namespace

void request_head(std::string_view text) {
  const auto end = end_in_pieces(text, text.size() + 1);
  for (const std::size_t piece : {1U, 2U, 3U, 7U}) {
    const auto same = end_in_pieces(text, piece);
    require(same.has_value() == end.has_value(), "the end is found, or refused, however the bytes arrive");
    if (end) require(*same == *end, "the end is at the same place however the bytes arrive");
  }
  if (!end || !*end) return;
  const auto bytes = text.substr(0, **end);
  RequestHead head;
  if (!web::parse_head(bytes, kLimits, head)) return;
  require(bytes.size() <= kLimits.bytes && head.fields.size() <= kLimits.fields, "a head is within its limits");
  require(!(head.chunked && head.content_length != 0), "a body has one length");
  require_same_request(bytes, head);
  require_good_parts(bytes);
}

}  // namespace cardea::fuzz
