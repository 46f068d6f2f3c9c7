// The commands of the program. Each add_… gives `program` one command with its options; a file of its name has it.
#pragma once

#include "command_line/command.hpp"
#include "command_line/invocation.hpp"

namespace cardea::cli {

// All of them.
void add_commands(Command program, Invocation& invocation);

void add_serve(Command program, Invocation& invocation);

void add_user_add(Command user, Invocation& invocation);
void add_user_list(Command user, Invocation& invocation);
void add_user_show(Command user, Invocation& invocation);
void add_user_disable(Command user, Invocation& invocation);
void add_user_enable(Command user, Invocation& invocation);
void add_user_delete(Command user, Invocation& invocation);
void add_user_restore(Command user, Invocation& invocation);
void add_user_set_password(Command user, Invocation& invocation);
void add_user_reset_password(Command user, Invocation& invocation);
void add_user_set_email(Command user, Invocation& invocation);
void add_user_set_role(Command user, Invocation& invocation);
void add_user_grant(Command user, Invocation& invocation);
void add_user_revoke(Command user, Invocation& invocation);
void add_user_import(Command user, Invocation& invocation);
void add_user_export(Command user, Invocation& invocation);

void add_role_list(Command role, Invocation& invocation);
void add_role_show(Command role, Invocation& invocation);
void add_role_add(Command role, Invocation& invocation);
void add_role_set(Command role, Invocation& invocation);
void add_role_remove(Command role, Invocation& invocation);

void add_session_list(Command session, Invocation& invocation);
void add_session_end(Command session, Invocation& invocation);

void add_api_key_list(Command api_key, Invocation& invocation);
void add_api_key_revoke(Command api_key, Invocation& invocation);

void add_token_issue(Command token, Invocation& invocation);
void add_token_decode(Command token, Invocation& invocation);
void add_token_verify(Command token, Invocation& invocation);

void add_key_list(Command key, Invocation& invocation);
void add_key_rotate(Command key, Invocation& invocation);
void add_key_retire(Command key, Invocation& invocation);
void add_key_export(Command key, Invocation& invocation);
void add_key_reseal(Command key, Invocation& invocation);

void add_client_add(Command client, Invocation& invocation);
void add_client_list(Command client, Invocation& invocation);
void add_client_show(Command client, Invocation& invocation);
void add_client_set_scope(Command client, Invocation& invocation);
void add_client_disable(Command client, Invocation& invocation);
void add_client_enable(Command client, Invocation& invocation);
void add_client_rotate_secret(Command client, Invocation& invocation);

void add_audit_list(Command audit, Invocation& invocation);
void add_audit_verify(Command audit, Invocation& invocation);
void add_audit_export(Command audit, Invocation& invocation);

void add_jws_verify(Command jws, Invocation& invocation);

void add_db_migrate(Command db, Invocation& invocation);
void add_db_status(Command db, Invocation& invocation);
void add_db_backup(Command db, Invocation& invocation);

void add_routes(Command program, Invocation& invocation);
void add_openapi(Command program, Invocation& invocation);
void add_config(Command program, Invocation& invocation);
void add_doctor(Command program, Invocation& invocation);
void add_version(Command program, Invocation& invocation);

}  // namespace cardea::cli
