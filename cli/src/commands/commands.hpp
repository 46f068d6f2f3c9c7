// The commands of the program. Each add_… gives `program` one command with its options; a file of its name has it.
#pragma once

#include <CLI/App.hpp>

#include "command_line/invocation.hpp"

namespace cardea::cli {

// All of them, and the options of the configuration.
void add_commands(CLI::App& program, Invocation& invocation);

void add_serve(CLI::App& program, Invocation& invocation);

void add_user_add(CLI::App& user, Invocation& invocation);
void add_user_list(CLI::App& user, Invocation& invocation);
void add_user_show(CLI::App& user, Invocation& invocation);
void add_user_disable(CLI::App& user, Invocation& invocation);
void add_user_enable(CLI::App& user, Invocation& invocation);
void add_user_delete(CLI::App& user, Invocation& invocation);
void add_user_restore(CLI::App& user, Invocation& invocation);
void add_user_set_password(CLI::App& user, Invocation& invocation);
void add_user_reset_password(CLI::App& user, Invocation& invocation);
void add_user_set_email(CLI::App& user, Invocation& invocation);
void add_user_set_role(CLI::App& user, Invocation& invocation);
void add_user_grant(CLI::App& user, Invocation& invocation);
void add_user_revoke(CLI::App& user, Invocation& invocation);
void add_user_import(CLI::App& user, Invocation& invocation);
void add_user_export(CLI::App& user, Invocation& invocation);

void add_role_list(CLI::App& role, Invocation& invocation);
void add_role_show(CLI::App& role, Invocation& invocation);
void add_role_add(CLI::App& role, Invocation& invocation);
void add_role_set(CLI::App& role, Invocation& invocation);
void add_role_remove(CLI::App& role, Invocation& invocation);

void add_session_list(CLI::App& session, Invocation& invocation);
void add_session_end(CLI::App& session, Invocation& invocation);

void add_api_key_list(CLI::App& api_key, Invocation& invocation);
void add_api_key_revoke(CLI::App& api_key, Invocation& invocation);

void add_token_issue(CLI::App& token, Invocation& invocation);
void add_token_decode(CLI::App& token, Invocation& invocation);
void add_token_verify(CLI::App& token, Invocation& invocation);

void add_key_list(CLI::App& key, Invocation& invocation);
void add_key_rotate(CLI::App& key, Invocation& invocation);
void add_key_retire(CLI::App& key, Invocation& invocation);
void add_key_export(CLI::App& key, Invocation& invocation);
void add_key_reseal(CLI::App& key, Invocation& invocation);

void add_client_add(CLI::App& client, Invocation& invocation);
void add_client_list(CLI::App& client, Invocation& invocation);
void add_client_show(CLI::App& client, Invocation& invocation);
void add_client_set_scope(CLI::App& client, Invocation& invocation);
void add_client_disable(CLI::App& client, Invocation& invocation);
void add_client_enable(CLI::App& client, Invocation& invocation);
void add_client_rotate_secret(CLI::App& client, Invocation& invocation);

void add_audit_list(CLI::App& audit, Invocation& invocation);
void add_audit_verify(CLI::App& audit, Invocation& invocation);
void add_audit_export(CLI::App& audit, Invocation& invocation);

void add_jws_verify(CLI::App& jws, Invocation& invocation);

void add_db_migrate(CLI::App& db, Invocation& invocation);
void add_db_status(CLI::App& db, Invocation& invocation);
void add_db_backup(CLI::App& db, Invocation& invocation);

void add_routes(CLI::App& program, Invocation& invocation);
void add_openapi(CLI::App& program, Invocation& invocation);
void add_config(CLI::App& program, Invocation& invocation);
void add_doctor(CLI::App& program, Invocation& invocation);
void add_version(CLI::App& program, Invocation& invocation);

}  // namespace cardea::cli
