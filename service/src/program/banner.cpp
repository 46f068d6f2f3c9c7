#include "program/banner.hpp"

#include <algorithm>
#include <array>

namespace cardea::service {
namespace {

struct Page {
  std::string_view path, title;
};

constexpr std::array kPages{Page{"/docs", "Swagger UI"}, Page{"/redoc", "ReDoc     "},
                            Page{"/openapi.json", "OpenAPI   "}};

constexpr std::string_view kDemoLogins =
    "\n"
    "  demo users   alice / alicepw (admin)\n"
    "               bob / bobpw (user)\n";

bool has_route(const web::App& app, std::string_view pattern) {
  return std::ranges::any_of(app.routes(), [&](const auto& route) { return route->pattern == pattern; });
}

}  // namespace

std::string banner(const web::App& app, const Config& config, std::uint16_t port) {
  const auto& listen = config.listen;
  const auto scheme = config.tls_certificate ? "https://" : "http://";
  const auto url = scheme + ListenAddress{listen.host, port}.text();
  const auto where = listen.systemd ? "the sockets of systemd" : listen.is_address() ? url : listen.text();
  std::string text = app.introduction().title + " listens on " + where + "\n\n";
  for (const auto& [path, title] : kPages) {
    if (!listen.is_address() || !has_route(app, path)) continue;
    text.append("  ").append(title).append("   ").append(url).append(path).append("\n");
  }
  if (config.demo) text += kDemoLogins;
  return text + "\n  Ctrl+C ends it.\n";
}

}  // namespace cardea::service
