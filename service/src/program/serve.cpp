#include <cardea/core/audit/line_audit_sink.hpp>
#include <cardea/service/program/core_dumps.hpp>
#include <cardea/service/program/log.hpp>
#include <cardea/service/program/serve.hpp>
#include <cardea/service/wiring/backend.hpp>
#include <cardea/service/wiring/threads.hpp>
#include <cardea/web/layers/access_log.hpp>
#include <cardea/web/run/server.hpp>
#include <cardea/web/run/stop_on_signal.hpp>
#include <ostream>

#include "program/banner.hpp"

namespace cardea::service {
namespace {

std::unique_ptr<web::AccessLog> access_log_of(const Config& config) {
  if (config.log_level > LogLevel::info) return nullptr;
  const bool json = config.log_format == LogFormat::json;
  return web::BatchedAccessLog::to_standard_output(json ? web::AccessLogFormat::json : web::AccessLogFormat::text);
}

web::ServerOptions server_options_of(const Config& config) {
  web::ServerOptions options;
  options.address = config.listen.host;
  options.port = config.listen.port;
  options.io_threads = io_threads_of(config);
  return options;
}

}  // namespace

Done serve(web::App& app, const Config& config, std::ostream& err) {
  disable_core_dumps();
  set_up_log(config);

  const SystemClock clock;
  const auto backend = Backend::open(config, clock.now(), std::make_shared<LineAuditSink>(log_audit_line));
  if (!backend) return failure(backend.error());
  Backend::provide(*backend, app);
  app.prepare();

  const auto access_log = access_log_of(config);
  web::Server server(server_options_of(config), app, access_log.get());
  const web::StopOnSignal stop([&server] { server.stop(); });  // before anyone can think that it listens
  if (auto listening = server.listen(); !listening) return listening;
  for (const auto& warning : (*backend)->warnings()) err << "warning: " << warning << '\n';
  err << banner(app, config, server.port()) << std::flush;

  server.run();
  return {};
}

}  // namespace cardea::service
