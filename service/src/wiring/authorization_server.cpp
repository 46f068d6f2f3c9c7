#include <cardea/service/wiring/authorization_server.hpp>

namespace cardea::service {

std::string AuthorizationServer::url_of(std::string_view path) const {
  std::string_view base = issuer_.value;
  if (base.ends_with('/')) base.remove_suffix(1);
  return std::string(base).append(path);
}

}  // namespace cardea::service
