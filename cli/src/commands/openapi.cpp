#include <boost/json/serialize.hpp>
#include <cardea/web/openapi/document.hpp>

#include "commands/commands.hpp"
#include "commands/ready_server.hpp"

namespace cardea::cli {
namespace {

struct Arguments {};

ExitStatus run(Invocation& invocation, const Arguments&) {
  invocation.terminal.out() << boost::json::serialize(web::openapi_document(*ready_server())) << '\n';
  return ExitStatus::done;
}

}  // namespace

void add_openapi(Command program, Invocation& invocation) {
  auto command = program.add_command("openapi", "Print the server's OpenAPI document");
  when_named(command, invocation, std::make_shared<Arguments>(), run);
}

}  // namespace cardea::cli
