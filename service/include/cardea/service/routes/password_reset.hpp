// A new password for somebody who has lost theirs: an administrator has a code made and hands it over, the user sets a
// password with it. Nothing is sent from here.
#pragma once

#include <boost/describe/class.hpp>
#include <cardea/core/account/account_administration.hpp>
#include <cardea/core/base/clock.hpp>
#include <cardea/web/app.hpp>
#include <string>

namespace cardea::service {

struct ResetCode {
  std::string code;  // no other answer ever has it again
  Instant expires_at{};

  static ResetCode of(const PasswordReset& reset);
};
BOOST_DESCRIBE_STRUCT(ResetCode, (), (code, expires_at))

struct PasswordByCode {
  std::string code;
  std::string new_password;
};
BOOST_DESCRIBE_STRUCT(PasswordByCode, (), (code, new_password))

// Uses an AccountAdministration and HashingThreads. POST /auth/password-reset takes a code, once and within 15 minutes,
// and a new password. All sessions of the user end.
void add_password_reset(web::App& app);

// Uses an AccountAdministration, a UserStore and an AuditSink. POST /admin/users/{id}/password-reset needs users:write,
// and every permission that the user has: whoever has the code has the account.
void add_admin_password_reset(web::App& app);

}  // namespace cardea::service

// An answer with a code in it is kept by no cache.
template <>
struct cardea::web::Responder<cardea::service::ResetCode> {
  static Result<Response> respond(service::ResetCode& code);
  static responder_detail::Success describe(SchemaRegistry& schemas);
};
