// All that binds Cardea to cpp-httplib: who is asking, may they, and what is said to those who may not. Another
// framework takes another hundred lines like these.
#pragma once

#include <httplib.h>

#include <boost/json/object.hpp>
#include <cardea/core/account/user.hpp>
#include <cardea/core/audit/audit_event.hpp>
#include <cardea/core/base/error.hpp>
#include <cardea/service/wiring/backend.hpp>
#include <functional>
#include <string_view>

namespace example {

// Where a request comes from, for the audit log.
cardea::Origin origin_of(const httplib::Request& request);

void answer(httplib::Response& response, const boost::json::object& body);

// In the shape of Cardea's own routes; docs/errors.md lists the codes.
void refuse(httplib::Response& response, const cardea::Error& error);

// Lets those in who bring a valid access token, and hands the handler the account as it is now.
class Guard {
 public:
  using Handler = std::function<void(const cardea::User& user, httplib::Response& response)>;

  // The backend outlives the guard and its handlers.
  explicit Guard(const cardea::service::Backend& backend) : tokens_(backend.token_authenticator()) {}

  httplib::Server::Handler for_users(Handler handler) const;
  // For those whose roles and whose token's scope allow it. Throws std::invalid_argument for what is no permission's
  // name.
  httplib::Server::Handler for_holders_of(std::string_view permission, Handler handler) const;

 private:
  const cardea::TokenAuthenticator& tokens_;
};

}  // namespace example
