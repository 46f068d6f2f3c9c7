#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <cardea/core/base/base64url.hpp>
#include <cardea/core/base/strict_json.hpp>
#include <cardea/core/token/unchecked_jws.hpp>

#include "command_line/arguments.hpp"
#include "commands/commands.hpp"

namespace cardea::cli {
namespace {

struct Arguments {};

Result<boost::json::value> decoded_part(std::string_view part) {
  const auto text = from_base64url(part);
  if (!text) return failure(ErrorCode::token_malformed);
  auto json = parse_strict_json(*text);
  if (!json) return failure(ErrorCode::token_malformed);
  return json;
}

// Of any algorithm: who looks at a token wants to see just that.
Result<boost::json::object> decoded(std::string_view compact) {
  if (compact.size() > kLargestToken) return failure(ErrorCode::token_too_large);
  const auto first = compact.find('.');
  const auto second = compact.find('.', first + 1);
  if (first == std::string_view::npos || second == std::string_view::npos) return failure(ErrorCode::token_malformed);
  auto header = decoded_part(compact.substr(0, first));
  if (!header) return failure(std::move(header).error());
  auto claims = decoded_part(compact.substr(first + 1, second - first - 1));
  if (!claims) return failure(std::move(claims).error());
  return boost::json::object{{"verified", false}, {"header", *std::move(header)}, {"claims", *std::move(claims)}};
}

ExitStatus run(Invocation& invocation, const Arguments&) {
  auto& terminal = invocation.terminal;
  const auto compact = read_compact(terminal);
  const auto parts = decoded(compact);
  if (!parts) return refuse_token(terminal, parts.error());
  terminal.err() << "warning: not verified; anybody can have written this\n";
  terminal.out() << boost::json::serialize(*parts) << '\n';
  return ExitStatus::done;
}

}  // namespace

void add_token_decode(Command token, Invocation& invocation) {
  auto command = token.add_command("decode", "Show what a token from standard input says, without checking it");
  when_named(command, invocation, std::make_shared<Arguments>(), run);
}

}  // namespace cardea::cli
