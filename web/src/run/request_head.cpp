#include "run/request_head.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "run/address.hpp"
#include "run/ascii.hpp"

namespace cardea::web {
namespace {

constexpr std::size_t kLongestMethod = 32;
constexpr std::size_t kMostLengthDigits = 18;  // more would not be sure to fit

std::unexpected<Error> malformed(const char* what) { return failure(ErrorCode::invalid_request, PrivateText{what}); }

// The fields that frame the message, as often as they came.
struct FramingFields {
  unsigned hosts = 0;
  unsigned content_lengths = 0;
  unsigned transfer_encodings = 0;
  bool asks_to_close = false;
  bool asks_to_keep_alive = false;
  bool has_bad_option = false;  // of Connection
  std::string_view host;
  std::string_view content_length;
  std::string_view transfer_encoding;
};

// A registered name; narrower than RFC 3986 by the comma, which would let two hosts look like one.
constexpr auto kNameCharacters = [] {
  std::array<bool, 256> allowed{};
  for (char c = 0x21; c < 0x7f; ++c) allowed[static_cast<unsigned char>(c)] = true;
  for (const char c : std::string_view{R"(/\@?#,:[]"<>^`{|})"}) allowed[static_cast<unsigned char>(c)] = false;
  return allowed;
}();

bool is_name(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return kNameCharacters[static_cast<unsigned char>(c)]; });
}

// uri-host [ ":" port ] (RFC 9110 section 7.2), where the port may be empty; of the literals in brackets IPv6 alone.
bool is_host(std::string_view text) {
  const bool is_literal = text.starts_with('[');
  const auto end = is_literal ? text.find(']') : std::min(text.find(':'), text.size());
  if (end == std::string_view::npos) return false;
  const auto host = is_literal ? text.substr(1, end - 1) : text.substr(0, end);
  const auto rest = text.substr(is_literal ? end + 1 : end);
  if (!rest.empty() && (host.empty() || rest.front() != ':')) return false;
  if (rest.size() > 1 && !is_port(rest.substr(1))) return false;
  return is_literal ? host.contains(':') && parse_address(host) : is_name(host);
}

Done parse_absolute_form(std::string_view target, RequestHead& head) {
  const auto colon = target.find("://");
  const auto scheme = target.substr(0, colon);
  if (colon == std::string_view::npos ||
      (!equal_ignoring_case(scheme, "http") && !equal_ignoring_case(scheme, "https")))
    return malformed("target is neither in origin form nor an http URL");
  target.remove_prefix(colon + 3);
  const auto end = std::min(target.find_first_of("/?"), target.size());
  const auto authority = target.substr(0, end);
  if (authority.empty() || !is_host(authority)) return malformed("target has an unusable authority");
  head.authority = authority;
  head.target = target.substr(end);
  return {};
}

Done parse_target(std::string_view target, RequestHead& head) {
  if (target.empty() || !std::ranges::all_of(target, is_visible) || target.contains('#'))
    return malformed("target has a character that no URI has");
  head.target = target;
  if (head.method == "CONNECT") return malformed("this server is no tunnel");
  if (target.front() == '/') return {};
  if (target == "*") return head.method == "OPTIONS" ? Done{} : malformed("only OPTIONS has the target *");
  return parse_absolute_form(target, head);
}

Done parse_version(std::string_view version, RequestHead& head) {
  if (version == "HTTP/1.1") return {};
  if (version == "HTTP/1.0") {
    head.is_http_1_0 = true;
    return {};
  }
  if (version.size() == 8 && version.starts_with("HTTP/") && is_digit(version[5]) && version[6] == '.' &&
      is_digit(version[7]))
    return failure(ErrorCode::http_version_not_supported);
  return malformed("request line does not end with an HTTP version");
}

void read_connection_options(std::string_view value, FramingFields& framing) {
  for_each_element(value, [&framing](std::string_view option) {
    if (equal_ignoring_case(option, "close")) framing.asks_to_close = true;
    if (equal_ignoring_case(option, "keep-alive")) framing.asks_to_keep_alive = true;
    if (!std::ranges::all_of(option, is_token_character)) framing.has_bad_option = true;
  });
}

void notice(const RequestHead::Field& field, FramingFields& framing, RequestHead& head) {
  const auto [name, value] = field;
  const auto is = [name](std::string_view other) { return equal_ignoring_case(name, other); };
  switch (name.size()) {
    case 4:
      if (!is("host")) return;
      ++framing.hosts;
      framing.host = value;
      return;
    case 6:
      if (is("expect")) head.expects_continue = equal_ignoring_case(value, "100-continue") && !head.is_http_1_0;
      return;
    case 10:
      if (is("connection")) read_connection_options(value, framing);
      return;
    case 14:
      if (!is("content-length")) return;
      ++framing.content_lengths;
      framing.content_length = value;
      return;
    case 17:
      if (!is("transfer-encoding")) return;
      ++framing.transfer_encodings;
      framing.transfer_encoding = value;
      return;
    default: return;
  }
}

Done parse_field(std::string_view line, RequestHead& head) {
  if (line.front() == ' ' || line.front() == '\t') return malformed("folded field line");
  const auto colon = line.find(':');
  if (colon == 0 || colon == std::string_view::npos) return malformed("field line without a name");
  const auto name = line.substr(0, colon);
  const auto value = trimmed(line.substr(colon + 1));
  if (!std::ranges::all_of(name, is_token_character)) return malformed("field name has a character that no token has");
  if (!is_field_value(value)) return malformed("field value has a control character");
  head.fields.push_back({name, value});
  return {};
}

Done check_host(const FramingFields& framing, const RequestHead& head) {
  if (framing.hosts > 1) return malformed("more than one Host");
  if (framing.hosts == 0 && !head.is_http_1_0) return malformed("no Host");
  if (!is_host(framing.host)) return malformed("Host is not a host");
  return {};
}

// RFC 9112 section 6.1, and of its codings chunked alone.
Done check_transfer_encoding(const FramingFields& framing, RequestHead& head) {
  if (head.is_http_1_0) return malformed("Transfer-Encoding with HTTP/1.0");
  if (framing.transfer_encodings > 1) return malformed("more than one Transfer-Encoding");
  if (framing.content_lengths > 0) return malformed("Transfer-Encoding and Content-Length");
  bool well_formed = true;
  bool other_coding = false;
  for_each_element(framing.transfer_encoding, [&](std::string_view coding) {
    well_formed = well_formed && !coding.empty() && std::ranges::all_of(coding, is_token_character) && !head.chunked;
    if (equal_ignoring_case(coding, "chunked"))
      head.chunked = true;
    else
      other_coding = true;
  });
  if (!well_formed) return malformed("Transfer-Encoding is no list of codings that ends with one chunked");
  if (other_coding) return failure(ErrorCode::not_implemented);
  return {};
}

Done check_content_length(const FramingFields& framing, RequestHead& head) {
  if (framing.content_lengths > 1) return malformed("more than one Content-Length");
  auto digits = framing.content_length;
  if (digits.empty() || !std::ranges::all_of(digits, is_digit)) return malformed("Content-Length is not a number");
  digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size() - 1));
  if (digits.size() > kMostLengthDigits) return failure(ErrorCode::content_too_large);
  std::from_chars(digits.data(), digits.data() + digits.size(), head.content_length);
  return {};
}

Done check_framing(const FramingFields& framing, RequestHead& head) {
  if (Done host = check_host(framing, head); !host) return host;
  if (framing.has_bad_option) return malformed("Connection is no list of options");
  if (framing.transfer_encodings > 0) return check_transfer_encoding(framing, head);
  if (framing.content_lengths > 0) return check_content_length(framing, head);
  return {};
}

Done parse_request_line(std::string_view line, const HeadLimits& limits, RequestHead& head) {
  const auto method_end = std::min(line.find(' '), line.size());
  const auto method = line.substr(0, method_end);
  if (method.empty() || method.size() > kLongestMethod || !std::ranges::all_of(method, is_token_character))
    return malformed("request line does not begin with a method");
  head.method = method;
  const auto rest = line.substr(std::min(method_end + 1, line.size()));
  const auto target_end = std::min(rest.find(' '), rest.size());
  if (target_end > limits.target) return failure(ErrorCode::uri_too_long);
  if (Done version = parse_version(rest.substr(std::min(target_end + 1, rest.size())), head); !version) return version;
  return parse_target(rest.substr(0, target_end), head);
}

// Cuts the next line off, without its CRLF. Every LF of a head stands behind a CR, or HeadScanner had refused it.
std::string_view cut_line(std::string_view& bytes) {
  const auto end = bytes.find('\n');
  const auto line = bytes.substr(0, end - 1);
  bytes.remove_prefix(end + 1);
  return line;
}

std::size_t bytes_of(const std::vector<RequestHead::Field>& fields) {
  std::size_t bytes = 0;
  for (const auto& [name, value] : fields) bytes += name.size() + value.size();
  return bytes;
}

void write_origin_form(const RequestHead& head, std::string& target) {
  target.clear();
  if (!head.authority.empty()) {
    if (head.target.empty()) target = head.method == "OPTIONS" ? "*" : "/";
    if (head.target.starts_with('?')) target = "/";
  }
  target.append(head.target);
}

}  // namespace

void RequestHead::clear() {
  auto kept = std::move(fields);
  kept.clear();
  *this = {};
  fields = std::move(kept);
}

Done parse_head(std::string_view bytes, const HeadLimits& limits, RequestHead& head) {
  head.clear();
  const bool too_large = bytes.size() > limits.bytes;
  if (Done line = parse_request_line(cut_line(bytes), limits, head); !line) return line;
  if (too_large) return failure(ErrorCode::header_too_large);
  FramingFields framing;
  for (auto line = cut_line(bytes); !line.empty(); line = cut_line(bytes)) {
    if (head.fields.size() == limits.fields) return failure(ErrorCode::header_too_large);
    if (Done field = parse_field(line, head); !field) return field;
    notice(head.fields.back(), framing, head);
  }
  head.keep_alive = !framing.asks_to_close && (!head.is_http_1_0 || framing.asks_to_keep_alive);
  return check_framing(framing, head);
}

Done check_unfinished_head(std::string_view bytes, const HeadLimits& limits, RequestHead& head) {
  const auto line = bytes.substr(0, bytes.find("\r\n"));
  const auto target_begin = line.find(' ');
  if (target_begin == std::string_view::npos && line.size() > kLongestMethod) return malformed("method without an end");
  if (line.size() < bytes.size()) {
    if (Done first = parse_request_line(line, limits, head); !first) return first;
  } else if (std::min(line.find(' ', target_begin + 1), line.size()) - (target_begin + 1) > limits.target) {
    return failure(ErrorCode::uri_too_long);
  }
  if (bytes.size() > limits.bytes) return failure(ErrorCode::header_too_large);
  return {};
}

void copy_head(const RequestHead& head, Request& request) {
  request.method = parse_method(head.method);
  write_origin_form(head, request.target);
  request.headers.clear();
  request.headers.reserve(head.fields.size(), bytes_of(head.fields));
  for (const auto& [name, value] : head.fields) request.headers.add(name, value);
  if (!head.authority.empty()) request.headers.set("Host", head.authority);
}

}  // namespace cardea::web
