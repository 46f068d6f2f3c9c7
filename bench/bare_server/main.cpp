// The server alone: a Service that answers every request with the same few bytes, so that what a load program measures
// is what the server costs. Usage: cardea_bare_server PORT [IO_THREADS] [--access-log]; ends on SIGTERM.
#include <cardea/web/errors/error_response.hpp>
#include <cardea/web/http/service.hpp>
#include <cardea/web/layers/access_log.hpp>
#include <cardea/web/run/server.hpp>
#include <cardea/web/run/stop_on_signal.hpp>
#include <cstdio>
#include <span>
#include <string>
#include <string_view>

namespace {

using namespace cardea::web;

class ConstantService final : public Service {
 public:
  std::size_t body_limit(Method, std::string_view) const override { return 64 * 1024; }

  Answer answer(Request) override {
    Response response{.status = 200, .headers = {}, .body = R"({"status":"ok"})"};
    response.headers.add("Content-Type", "application/json");
    return response;
  }

  Response refuse(const cardea::Error& error, const Request& head) const override {
    return error_response(error, rendering_for(head));
  }
};

}  // namespace

int main(int argc, char** argv) {
  const std::span arguments(argv, static_cast<std::size_t>(argc));
  if (arguments.size() < 2) return 2;
  ServerOptions options;
  options.port = static_cast<std::uint16_t>(std::stoul(arguments[1]));
  if (arguments.size() > 2) options.io_threads = static_cast<unsigned>(std::stoul(arguments[2]));
  std::unique_ptr<AccessLog> log;
  if (arguments.size() > 3 && std::string_view{arguments[3]} == "--access-log")
    log = BatchedAccessLog::to_standard_output(AccessLogFormat::text);

  ConstantService service;
  // [serve]
  Server server(options, service, log.get());
  if (const auto listening = server.listen(); !listening) {
    std::fprintf(stderr, "%s\n", std::string(listening.error().public_text()).c_str());
    return 1;
  }
  const StopOnSignal stop([&server] { server.stop(); });
  server.run();
  // [/serve]
}
