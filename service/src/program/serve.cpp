#include <spdlog/spdlog.h>
#include <unistd.h>

#include <cardea/core/audit/line_audit_sink.hpp>
#include <cardea/service/program/complaint.hpp>
#include <cardea/service/program/core_dumps.hpp>
#include <cardea/service/program/log.hpp>
#include <cardea/service/program/serve.hpp>
#include <cardea/service/program/start_memory.hpp>
#include <cardea/service/program/systemd_notifier.hpp>
#include <cardea/service/program/write_signals.hpp>
#include <cardea/service/routes/health.hpp>
#include <cardea/service/wiring/backend.hpp>
#include <cardea/service/wiring/server_certificate.hpp>
#include <cardea/web/layers/access_log.hpp>
#include <cardea/web/run/reload_on_signal.hpp>
#include <cardea/web/run/server.hpp>
#include <cardea/web/run/stop_on_signal.hpp>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <ostream>
#include <thread>

#include "program/banner.hpp"
#include "program/server_options.hpp"

namespace cardea::service {
namespace {

std::unique_ptr<web::AccessLog> access_log_of(const Config& config) {
  if (config.log_level > LogLevel::info) return nullptr;
  const bool json = config.log_format == LogFormat::json;
  return web::BatchedAccessLog::to_standard_output(json ? web::AccessLogFormat::json : web::AccessLogFormat::text);
}

void log_time_problem(const web::TlsCertificate& certificate) {
  const auto problem = time_problem_of(certificate, SystemClock{}.now());
  if (!problem.empty()) spdlog::warn("{}", problem);
}

// A certificate that cannot be used leaves the one before in its place.
void reload_certificate(const Config& config, web::Server& server) {
  const auto certificate = server_certificate_of(config);
  if (!certificate) return spdlog::error("the certificate stays as it was: {}", sentence_of(certificate.error()));
  if (!*certificate) return spdlog::info("there is nothing to read again: no certificate is configured");
  server.use(*certificate);
  log_time_problem(**certificate);
  spdlog::info("the certificate was read again; it is valid until {}", to_rfc3339((*certificate)->valid_until()));
}

// A terminal that goes away ends the program that ran in it, as it does others; but not one that has a certificate to
// read again.
std::unique_ptr<web::ReloadOnSignal> reload_on_signal(const Config& config, web::Server& server,
                                                      const SystemdNotifier& systemd) {
  if (!config.tls_certificate && ::isatty(STDERR_FILENO) != 0) return nullptr;
  return std::make_unique<web::ReloadOnSignal>([&config, &server, &systemd] {
    systemd.reloading();
    reload_certificate(config, server);
    systemd.ready();
  });
}

// Lets the server go on for the time of the notice, unless there is none any more.
void stop_after(std::chrono::seconds notice, web::Server& server, const std::stop_token& given_up) {
  std::mutex mutex;
  std::condition_variable_any ended;
  std::unique_lock lock{mutex};
  ended.wait_for(lock, given_up, notice, [] { return false; });
  server.stop();
}

}  // namespace

Done serve(web::App& app, const Config& config, std::ostream& err) {
  disable_core_dumps();
  ignore_write_signals();
  set_up_log(config);
  const auto options = server_options_of(config);
  if (!options) return failure(options.error());
  const SystemdNotifier systemd(process_environment());

  const SystemClock clock;
  const auto backend = Backend::open(config, clock.now(), std::make_shared<LineAuditSink>(log_audit_line));
  if (!backend) return failure(backend.error());
  Backend::provide(*backend, app);
  const auto notice = std::make_shared<DrainNotice>();
  app.provide(notice);
  app.prepare();

  const auto access_log = access_log_of(config);
  web::Server server(*options, app, access_log.get());
  std::jthread stopping;
  const web::StopOnSignal stop([&] {  // before anyone can think that it listens
    systemd.stopping();
    notice->give();
    if (config.drain_notice.count() == 0) return server.stop();
    spdlog::info("ends in {} s; /readyz is 503 from now on", config.drain_notice.count());
    stopping =
        std::jthread{[&](const std::stop_token& given_up) { stop_after(config.drain_notice, server, given_up); }};
  });
  const auto reload = reload_on_signal(config, server, systemd);
  if (auto listening = server.listen(); !listening) return listening;
  if (options->certificate) log_time_problem(*options->certificate);
  for (const auto& warning : (*backend)->warnings()) err << "warning: " << warning << '\n';
  err << banner(app, config, server.port()) << std::flush;
  systemd.ready();
  give_back_start_memory();

  server.run();
  return {};
}

}  // namespace cardea::service
