#include "commands/commands.hpp"

namespace cardea::cli {
namespace {

void add_user_commands(Command program, Invocation& invocation) {
  auto user = program.add_words("user", "Add, show and change users");
  add_user_add(user, invocation);
  add_user_list(user, invocation);
  add_user_show(user, invocation);
  add_user_disable(user, invocation);
  add_user_enable(user, invocation);
  add_user_delete(user, invocation);
  add_user_restore(user, invocation);
  add_user_set_password(user, invocation);
  add_user_reset_password(user, invocation);
  add_user_set_email(user, invocation);
  add_user_set_role(user, invocation);
  add_user_grant(user, invocation);
  add_user_revoke(user, invocation);
  add_user_import(user, invocation);
  add_user_export(user, invocation);
}

void add_role_commands(Command program, Invocation& invocation) {
  auto role = program.add_words("role", "Show and change what roles give");
  add_role_list(role, invocation);
  add_role_show(role, invocation);
  add_role_add(role, invocation);
  add_role_set(role, invocation);
  add_role_remove(role, invocation);
}

void add_session_commands(Command program, Invocation& invocation) {
  auto session = program.add_words("session", "Show and end the sessions that logins have started");
  add_session_list(session, invocation);
  add_session_end(session, invocation);
}

void add_api_key_commands(Command program, Invocation& invocation) {
  auto api_key = program.add_words("api-key", "Show and revoke the API keys that users have made for scripts");
  add_api_key_list(api_key, invocation);
  add_api_key_revoke(api_key, invocation);
}

void add_key_commands(Command program, Invocation& invocation) {
  auto key = program.add_words("key", "Show and change the keys that sign access tokens");
  add_key_list(key, invocation);
  add_key_rotate(key, invocation);
  add_key_retire(key, invocation);
  add_key_export(key, invocation);
  add_key_reseal(key, invocation);
}

void add_client_commands(Command program, Invocation& invocation) {
  auto client = program.add_words("client", "Add, show and change OAuth clients");
  add_client_add(client, invocation);
  add_client_list(client, invocation);
  add_client_show(client, invocation);
  add_client_set_scope(client, invocation);
  add_client_disable(client, invocation);
  add_client_enable(client, invocation);
  add_client_rotate_secret(client, invocation);
}

void add_audit_commands(Command program, Invocation& invocation) {
  auto audit = program.add_words("audit", "Show and verify the log of what has happened");
  add_audit_list(audit, invocation);
  add_audit_verify(audit, invocation);
  add_audit_export(audit, invocation);
}

void add_token_commands(Command program, Invocation& invocation) {
  auto token = program.add_words("token", "Issue, show and check access tokens");
  add_token_issue(token, invocation);
  add_token_decode(token, invocation);
  add_token_verify(token, invocation);
}

void add_jws_commands(Command program, Invocation& invocation) {
  auto jws = program.add_words("jws", "Check signed payloads of any kind");
  add_jws_verify(jws, invocation);
}

void add_db_commands(Command program, Invocation& invocation) {
  auto db = program.add_words("db", "Look after the database");
  add_db_migrate(db, invocation);
  add_db_status(db, invocation);
  add_db_backup(db, invocation);
}

}  // namespace

void add_commands(Command program, Invocation& invocation) {
  add_serve(program, invocation);
  add_user_commands(program, invocation);
  add_role_commands(program, invocation);
  add_session_commands(program, invocation);
  add_api_key_commands(program, invocation);
  add_key_commands(program, invocation);
  add_client_commands(program, invocation);
  add_audit_commands(program, invocation);
  add_token_commands(program, invocation);
  add_jws_commands(program, invocation);
  add_db_commands(program, invocation);
  add_routes(program, invocation);
  add_openapi(program, invocation);
  add_config(program, invocation);
  add_doctor(program, invocation);
  add_version(program, invocation);
}

}  // namespace cardea::cli
