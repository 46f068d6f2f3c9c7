#include <cardea/web/routing/route.hpp>
#include <stdexcept>

namespace cardea::web {

RouteOptions& RouteOptions::blocking() {
  if (route_.endpoint->is_coroutine()) {
    throw std::logic_error("cardea: " + std::string(route_.pattern) +
                           " is a coroutine and cannot be .blocking(): use BlockingPool inside it");
  }
  route_.blocking = true;
  return *this;
}

RouteOptions& RouteOptions::body_limit(std::size_t bytes) {
  route_.body_limit = bytes;
  return *this;
}

RouteOptions& RouteOptions::issues_tokens() {
  route_.issues_tokens = true;
  return *this;
}

RouteOptions& RouteOptions::refuses(std::initializer_list<ErrorCode> codes) {
  route_.refusals.insert(route_.refusals.end(), codes);
  return *this;
}

RouteOptions& RouteOptions::oauth_errors() {
  route_.oauth_errors = true;
  return *this;
}

RouteOptions& RouteOptions::hidden() {
  route_.in_document = false;
  return *this;
}

}  // namespace cardea::web
