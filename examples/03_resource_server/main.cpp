// A service that trusts the tokens of another one, by its public keys alone:
//
//   build/bin/cardea serve --demo --signing-algorithm ES256
//   build/bin/example_resource_server 9000 http://127.0.0.1:8000 http://127.0.0.1:8000
#include <cardea/web/openapi/docs_page.hpp>
#include <cardea/web/remote/trusted_issuer.hpp>
#include <cardea/web/run/server.hpp>
#include <cardea/web/run/stop_on_signal.hpp>
#include <cstdlib>
#include <iostream>

#include "routes.hpp"

namespace {

int complain(std::string_view sentence) {
  std::cerr << "error: " << sentence << '\n';
  return 2;
}

}  // namespace

int main(int argc, char** argv) {
  using namespace cardea;
  if (argc != 4) return complain("say PORT ISSUER AUDIENCE");
  web::ServerOptions options;
  options.port = static_cast<std::uint16_t>(std::strtoul(argv[1], nullptr, 10));
  const std::string issuer = argv[2], audience = argv[3];

  // [trust]
  const auto key_set = web::KeySetUrl::parse(issuer + "/.well-known/jwks.json");
  if (!key_set) return complain(key_set.error().public_text());
  web::App app;
  app.provide(web::trust_issuer(app, {.key_set = *key_set, .issuer = Issuer{issuer}, .audience = Audience{audience}}));
  // [/trust]
  web::add_docs(app);
  reports::add_routes(app);
  app.prepare();

  web::Server server(options, app);
  const web::StopOnSignal stop([&server] { server.stop(); });
  if (const auto listening = server.listen(); !listening) return complain(listening.error().public_text());
  server.run();
}
