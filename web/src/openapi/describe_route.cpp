#include "openapi/describe_route.hpp"

#include <algorithm>
#include <cardea/web/errors/status_of.hpp>
#include <cardea/web/routing/pattern.hpp>

#include "errors/oauth_error.hpp"

namespace cardea::web {
namespace {

void describe(const Dependency& dependency, Operation& operation, std::vector<TypeKey>& described) {
  if (std::ranges::find(described, dependency.key) != described.end()) return;
  described.push_back(dependency.key);
  for (const auto* need : dependency.needs) describe(*need, operation, described);
  if (dependency.describe != nullptr) dependency.describe(operation);
}

// A parameter of the pattern that no handler parameter reads is there all the same.
void add_unread_parameters(const Route& route, Operation& operation) {
  for (const auto name : parameters_of(route.pattern)) {
    const auto read = [name](const ParameterDescription& parameter) {
      return parameter.in == "path" && parameter.name == name;
    };
    if (std::ranges::any_of(operation.parameters, read)) continue;
    operation.parameters.push_back({"path", std::string(name), true, {{"type", "string"}}});
  }
}

}  // namespace

Operation describe_route(const Route& route, SchemaRegistry& schemas) {
  Operation operation{schemas};
  std::vector<TypeKey> described;
  for (const auto* parameter : route.endpoint->parameters()) describe(*parameter, operation, described);
  add_unread_parameters(route, operation);
  for (const auto code : route.refusals) {
    const auto shown = public_code_of(code);
    operation.refusals.insert(route.oauth_errors ? oauth_status_of(shown) : status_of(shown));
  }
  if (route.blocking) operation.refusals.insert(503);
  if (route.issues_tokens) operation.refusals.insert(401);  // invalid credentials
  operation.refusals.insert(500);
  return operation;
}

}  // namespace cardea::web
