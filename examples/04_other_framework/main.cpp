// Cardea without its web layer: the accounts, tokens, sessions and audit log of the ready server, behind cpp-httplib.
//
//   build/bin/example_other_framework --demo
//   curl -d 'username=alice&password=alicepw' http://127.0.0.1:8000/auth/login
//
// The options are those of `cardea serve`. What the commands of `cardea` change in the same database counts at once.
#include <cardea/core/audit/line_audit_sink.hpp>
#include <cardea/core/session/password_login.hpp>
#include <cardea/service/program/command_line.hpp>
#include <cardea/service/program/complaint.hpp>
#include <cardea/service/program/core_dumps.hpp>
#include <cardea/service/program/log.hpp>
#include <csignal>
#include <iostream>
#include <thread>

#include "guard.hpp"

namespace example {
namespace {

boost::json::object json_of(const cardea::TokenPair& tokens) {
  return {{"access_token", tokens.access.token},
          {"token_type", "bearer"},
          {"expires_in", tokens.access.expires_in.count()},
          {"refresh_token", tokens.refresh_token.expose()}};
}

void answer_tokens(httplib::Response& response, const cardea::Result<cardea::TokenPair>& tokens) {
  if (!tokens) return refuse(response, tokens.error());
  answer(response, json_of(*tokens));
}

void add_routes(httplib::Server& server, cardea::service::Backend& backend) {
  server.Post("/auth/login", [&backend](const httplib::Request& request, httplib::Response& response) {
    const cardea::PasswordLogin login{
        .username = request.get_param_value("username"),
        .password = cardea::Secret{request.get_param_value("password")},
        .client = cardea::ClientTrace::of(request.remote_addr, request.get_header_value("User-Agent")),
        .origin = origin_of(request)};
    answer_tokens(response, log_in(backend.authenticator(), backend.sessions(), login, cardea::SystemClock{}.now()));
  });
  server.Post("/auth/refresh", [&backend](const httplib::Request& request, httplib::Response& response) {
    const auto client = cardea::ClientTrace::of(request.remote_addr, request.get_header_value("User-Agent"));
    answer_tokens(response, backend.sessions().refresh(request.get_param_value("refresh_token"), client,
                                                       origin_of(request), cardea::SystemClock{}.now()));
  });

  // [guarded]
  const Guard guard{backend};
  server.Get("/me", guard.for_users([](const cardea::User& user, httplib::Response& response) {
    answer(response, {{"id", user.id.value}, {"username", user.username.text()}, {"role", user.role.name()}});
  }));
  server.Get("/admin/stats",
             guard.for_holders_of("stats:read", [](const cardea::User& user, httplib::Response& response) {
               answer(response, {{"message", "Hello, " + std::string(user.username.text())}});
             }));
  // [/guarded]
  server.Get("/healthz",
             [](const httplib::Request&, httplib::Response& response) { answer(response, {{"ok", true}}); });
}

cardea::Done serve(const cardea::service::Config& config) {
  sigset_t ends{};
  sigaddset(&ends, SIGTERM);
  sigaddset(&ends, SIGINT);
  pthread_sigmask(SIG_BLOCK, &ends, nullptr);  // before there are threads, which take it over

  // [backend]
  cardea::service::disable_core_dumps();
  cardea::service::set_up_log(config);
  const auto backend = cardea::service::Backend::open(
      config, cardea::SystemClock{}.now(), std::make_shared<cardea::LineAuditSink>(cardea::service::log_audit_line));
  if (!backend) return cardea::failure(backend.error());
  // [/backend]

  httplib::Server server;
  server.set_payload_max_length(16 * 1024);
  add_routes(server, **backend);
  if (!server.bind_to_port(config.listen.host, config.listen.port)) {
    return cardea::failure(cardea::ErrorCode::configuration_invalid,
                           cardea::PublicText{"cannot listen on " + config.listen.text()});
  }
  const std::jthread serving{[&server] { server.listen_after_bind(); }};
  std::cerr << "listening on http://" << config.listen.text() << '\n';
  int signal = 0;
  sigwait(&ends, &signal);
  server.stop();
  return {};
}

}  // namespace
}  // namespace example

int main(int argc, char** argv) {
  const auto config = cardea::service::read_command_line("Cardea behind cpp-httplib", argc, argv);
  if (!config) return static_cast<int>(config.error());
  const auto served = example::serve(*config);
  if (!served) cardea::service::complain(std::cerr, served.error());
  return served ? 0 : 1;
}
