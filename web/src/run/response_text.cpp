#include "run/response_text.hpp"

#include <algorithm>
#include <array>
#include <cardea/web/errors/status_of.hpp>
#include <charconv>

#include "run/ascii.hpp"

namespace cardea::web {
namespace {

constexpr std::array<std::string_view, 9> kServersOwn{"Content-Length", "Connection", "Date",
                                                      "X-Request-Id",   "Keep-Alive", "Transfer-Encoding",
                                                      "Trailer",        "Upgrade",    "Proxy-Connection"};

bool is_servers_own(std::string_view name) {
  return std::ranges::any_of(kServersOwn, [name](std::string_view own) { return equal_ignoring_case(own, name); });
}

bool is_safe(const Headers::Field& field) {
  return !field.name.empty() && std::ranges::all_of(field.name, is_token_character) &&
         std::ranges::all_of(field.value, is_field_value_character);
}

bool may_have_content_length(unsigned status) { return status >= 200 && status != 204 && status != 304; }

void append_number(std::string& out, std::size_t number) {
  std::array<char, 20> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out.append(digits.data(), end);
}

void append_field(std::string& out, std::string_view name, std::string_view value) {
  out.append(name).append(": ").append(value).append("\r\n");
}

void append_status_line(std::string& out, unsigned status) {
  if (status == 200) {
    out.append("HTTP/1.1 200 OK\r\n");
    return;
  }
  out.append("HTTP/1.1 ");
  append_number(out, status);
  out.append(" ").append(reason_phrase(status)).append("\r\n");
}

}  // namespace

bool sends_body(const Response& response, bool to_head) noexcept {
  return !to_head && may_have_content_length(response.status);
}

bool asks_to_close(const Response& response) noexcept {
  const auto connection = response.headers.find("Connection");
  return connection && equal_ignoring_case(*connection, "close");
}

void append_head(std::string& out, const Response& response, const ResponseFraming& framing) {
  append_status_line(out, response.status);
  append_field(out, "Date", framing.date);
  append_field(out, "X-Request-Id", framing.request_id);
  bool has_nosniff = false;
  for (const auto& field : response.headers.fields()) {
    if (is_servers_own(field.name) || !is_safe(field)) continue;
    has_nosniff = has_nosniff || equal_ignoring_case(field.name, "X-Content-Type-Options");
    append_field(out, field.name, field.value);
  }
  if (!has_nosniff) out.append("X-Content-Type-Options: nosniff\r\n");
  if (may_have_content_length(response.status)) {
    out.append("Content-Length: ");
    append_number(out, response.content().size());
    out.append("\r\n");
  }
  if (!framing.keep_alive)
    out.append("Connection: close\r\n");
  else if (framing.to_http_1_0)
    out.append("Connection: keep-alive\r\n");
  out.append("\r\n");
}

}  // namespace cardea::web
