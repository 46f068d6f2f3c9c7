#include <algorithm>
#include <array>
#include <cardea/service/config/option.hpp>

#include "config/value.hpp"

namespace cardea::service {
namespace {

using Set = std::expected<void, ValueProblem>;

// Stores what was read, or passes its problem on.
template <class Field, class T>
Set store(Field& field, Value<T> value) {
  if (!value) return std::unexpected(std::move(value).error());
  field = Field(*std::move(value));
  return {};
}

constexpr std::array kOptions{
    Option{
        "listen", OptionKind::plain, "ADDRESS:PORT", "127.0.0.1:8000",
        "The address and port to listen on; port 0 takes any free one. Or unix:FILE, a Unix socket for its owner and "
        "group; or systemd, the sockets of a .socket unit (docs/network.md).",
        [](Config& config, std::string_view text) { return store(config.listen, read_listen_address(text)); }},
    Option{"tls_certificate", OptionKind::plain, "FILE", "",
           "The certificate to serve TLS 1.2 and 1.3 with, as PEM, the server's own first; SIGHUP reads it again. Not "
           "set: HTTP in the clear, for a proxy in front.",
           [](Config& config, std::string_view text) { return store(config.tls_certificate, read_file_name(text)); }},
    Option{"tls_key", OptionKind::plain, "FILE", "",
           "The key of `tls_certificate`, as PEM without a passphrase; readable by its owner only.",
           [](Config& config, std::string_view text) { return store(config.tls_key, read_file_name(text)); }},
    Option{
        "trusted_proxies", OptionKind::plain, "ADDRESSES", "",
        "The proxies whose word on a client's address is believed: addresses and networks, with commas between; "
        "unix is every client of a Unix socket. Not set: nobody, and each client has the address that it comes from.",
        [](Config& config, std::string_view text) { return store(config.trusted_proxies, read_proxies(text)); }},
    Option{"client_address", OptionKind::plain, "SOURCE", "x-forwarded-for",
           "How `trusted_proxies` tell the client's address: x-forwarded-for or forwarded, which are headers, or "
           "proxy-protocol, which comes before all else on their connections.",
           [](Config& config, std::string_view text) {
             using web::ClientAddressSource;
             return store(config.client_address, read_choice<ClientAddressSource>(
                                                     text, {{"x-forwarded-for", ClientAddressSource::x_forwarded_for},
                                                            {"forwarded", ClientAddressSource::forwarded},
                                                            {"proxy-protocol", ClientAddressSource::proxy_protocol}}));
           }},
    Option{"database", OptionKind::plain, "URL", "sqlite:cardea.db",
           "Where the accounts are kept: sqlite:FILE, which is made on the first start, or "
           "postgresql://USER:PASSWORD@HOST/DATABASE (docs/database.md). sqlite::memory: forgets at the end.",
           [](Config& config, std::string_view text) { return store(config.database, read_database(text)); },
           sql::DatabaseUrl::masked},
    Option{
        "issuer", OptionKind::plain, "TEXT", "",
        "The `iss` of the tokens that are issued, and the only one that is accepted: the URL by which others reach "
        "this service. Not set: tokens of the profile tutorial have none, those of rfc9068 have http:// (https:// with "
        "`tls_certificate`) and `listen`.",
        [](Config& config, std::string_view text) { return store(config.issuer, read_optional_text(text)); }},
    Option{"audience", OptionKind::plain, "TEXT", "",
           "The `aud` of the tokens that are issued, and the only one that is accepted. Not set: tokens of the profile "
           "tutorial have none, those of rfc9068 have the issuer.",
           [](Config& config, std::string_view text) { return store(config.audience, read_optional_text(text)); }},
    Option{"signing_algorithm", OptionKind::plain, "ALGORITHM", "HS256",
           "The algorithm that signs access tokens: HS256, HS384, HS512, RS256, RS384, RS512, PS256, PS384, PS512, "
           "ES256, ES384, ES512 or EdDSA. Another one than before is a rotation: the old key goes on until its last "
           "token has expired.",
           [](Config& config, std::string_view text) { return store(config.signing_algorithm, read_algorithm(text)); }},
    Option{"token_profile", OptionKind::plain, "PROFILE", "auto",
           "What access tokens look like: tutorial (sub, role, iat, exp; typ JWT) or rfc9068 (iss, aud, exp, sub, "
           "client_id, iat, jti; typ at+jwt). auto is rfc9068 for tokens that a pair of keys signs, and for all as "
           "soon as `issuer` is set.",
           [](Config& config, std::string_view text) {
             return store(config.token_profile,
                          read_choice<std::optional<TokenProfile>>(text, {{"auto", std::nullopt},
                                                                          {"tutorial", TokenProfile::tutorial},
                                                                          {"rfc9068", TokenProfile::rfc9068}}));
           }},
    Option{"access_token_minutes", OptionKind::plain, "MINUTES", "30",
           "How long an access token is valid, 1 to 1440 minutes.",
           [](Config& config, std::string_view text) {
             return store(config.access_token_lifetime, read_number(text, 1, 1440));
           }},
    Option{
        "refresh_idle_days", OptionKind::plain, "DAYS", "14",
        "How long a session lives after its login or its last refresh, 1 to 3650 days.",
        [](Config& config, std::string_view text) { return store(config.refresh_idle, read_number(text, 1, 3650)); }},
    Option{"refresh_absolute_days", OptionKind::plain, "DAYS", "90",
           "How long a session lives after its login, whatever is refreshed, 1 to 3650 days.",
           [](Config& config, std::string_view text) {
             return store(config.refresh_absolute, read_number(text, 1, 3650));
           }},
    Option{"registration", OptionKind::plain, "", "false",
           "Whether anybody who reaches the server may make an account, with the role `user`, by POST /auth/register.",
           [](Config& config, std::string_view text) { return store(config.registration, read_switch(text)); }},
    Option{"oauth_password_grant", OptionKind::plain, "", "false",
           "Whether /oauth2/token takes a user's name and password from a client, `grant_type=password`. The client "
           "learns the password, which is why RFC 9700 forbids the grant: for old clients alone.",
           [](Config& config, std::string_view text) { return store(config.oauth_password_grant, read_switch(text)); }},
    Option{"jwt_secret", OptionKind::secret, "TEXT", "",
           "The secret that signs access tokens by HS256, HS384 or HS512; its bytes as given, 32 at the least. Not "
           "set: keys are made on the first start, and kept in the database under the master key.",
           [](Config& config, std::string_view text) {
             config.jwt_secret = Secret::copy_of(text);
             return Set{};
           }},
    Option{"master_key_file", OptionKind::plain, "FILE", "",
           "The master key, which seals the keys in the database and signs the audit log; readable by its owner only. "
           "It is made on the first start, and nothing opens the keys without it. Not set: the systemd credential "
           "`cardea.master-key`, or "
           "beside the database, `cardea.master-key` for `cardea.db`.",
           [](Config& config, std::string_view text) { return store(config.master_key_file, read_file_name(text)); }},
    Option{"key_rotation_days", OptionKind::plain, "DAYS", "off",
           "How long a key signs before the next one takes over by itself, 1 to 3650 days; off: only by `cardea key "
           "rotate`.",
           [](Config& config, std::string_view text) {
             return store(config.key_rotation, read_number_or(text, "off", 1, 3650));
           }},
    Option{
        "jwks_cache_seconds", OptionKind::plain, "SECONDS", "300",
        "How long others may keep /.well-known/jwks.json, 10 to 86400 seconds. A new key is published for longer "
        "than that before it signs.",
        [](Config& config, std::string_view text) { return store(config.jwks_cache, read_number(text, 10, 86400)); }},
    Option{"audit_retention_days", OptionKind::plain, "DAYS", "off",
           "How long events stay in the audit log, 1 to 36500 days; off: for ever. What is left stays provable.",
           [](Config& config, std::string_view text) {
             return store(config.audit_retention, read_number_or(text, "off", 1, 36500));
           }},
    Option{"audit_checkpoint_minutes", OptionKind::plain, "MINUTES", "60",
           "How often a signed checkpoint of the audit log is written to the log of the process, 1 to 1440 minutes.",
           [](Config& config, std::string_view text) {
             return store(config.audit_checkpoint, read_number(text, 1, 1440));
           }},
    Option{"secret_file", OptionKind::plain, "FILE", "",
           "Where an earlier version kept the secret that it had made: the first start takes it over as the first "
           "key. Not set: beside the database, `cardea.jwt-secret` for `cardea.db`.",
           [](Config& config, std::string_view text) { return store(config.secret_file, read_file_name(text)); }},
    Option{"threads", OptionKind::plain, "NUMBER", "auto",
           "Threads that serve connections, 1 to 256; auto is one for each processor.",
           [](Config& config, std::string_view text) {
             return store(config.threads, read_number_or(text, "auto", 1, 256));
           }},
    Option{"blocking_threads", OptionKind::plain, "NUMBER", "auto",
           "Threads for what blocks: the database and handlers that say so. 1 to 256; auto is 16, or one for each "
           "processor where there are more. Most wait for the disk, and changes that wait at once share a commit.",
           [](Config& config, std::string_view text) {
             return store(config.blocking_threads, read_number_or(text, "auto", 1, 256));
           }},
    Option{"password_hash_threads", OptionKind::plain, "NUMBER", "auto",
           "Threads that hash passwords, 1 to 256; auto leaves one processor to the requests: one fewer than there "
           "are, and "
           "one at least. Each takes `password_hash_memory_mib` while it works.",
           [](Config& config, std::string_view text) {
             return store(config.password_hash_threads, read_number_or(text, "auto", 1, 256));
           }},
    Option{"password_hash_memory_mib", OptionKind::plain, "MIB", "19",
           "The memory that hashing one password with Argon2id takes, 19 to 256 MiB. Older hashes are renewed at the "
           "next login.",
           [](Config& config, std::string_view text) {
             return store(config.password_hash_memory_mib, read_number(text, 19, 256));
           }},
    Option{"password_minimum_length", OptionKind::plain, "NUMBER", "15",
           "The least characters of a new password, 8 to 64. 15 is for a password that is the only factor.",
           [](Config& config, std::string_view text) {
             return store(config.password_minimum_length, read_number(text, 8, 64));
           }},
    Option{"connections", OptionKind::plain, "NUMBER", "8192",
           "The most connections of clients at once, 1 to 1000000. Each takes an open file. A client beyond that is "
           "answered 503.",
           [](Config& config, std::string_view text) {
             return store(config.connections, read_number(text, 1, 1'000'000));
           }},
    Option{
        "connections_per_address", OptionKind::plain, "NUMBER", "1024",
        "The most connections of one client address at once, 1 to 1000000; an IPv6 address counts by its /64 network. "
        "Behind a proxy that is none of `trusted_proxies` all clients have its address.",
        [](Config& config, std::string_view text) {
          return store(config.connections_per_address, read_number(text, 1, 1'000'000));
        }},
    Option{
        "handshake_seconds", OptionKind::plain, "SECONDS", "10",
        "How long TLS's handshake, and the PROXY protocol before it, may take, 1 to 600 seconds; then the connection "
        "is closed.",
        [](Config& config, std::string_view text) { return store(config.handshake, read_number(text, 1, 600)); }},
    Option{"request_head_seconds", OptionKind::plain, "SECONDS", "10",
           "How long a client may take to send the head of a request, 1 to 600 seconds, then 408; and how long a new "
           "connection may say nothing until it is closed.",
           [](Config& config, std::string_view text) { return store(config.request_head, read_number(text, 1, 600)); }},
    Option{"request_body_seconds", OptionKind::plain, "SECONDS", "15",
           "How long a client may take to send the body of a request, 1 to 600 seconds, then 408.",
           [](Config& config, std::string_view text) { return store(config.request_body, read_number(text, 1, 600)); }},
    Option{"handler_seconds", OptionKind::plain, "SECONDS", "30",
           "How long the server may take to have an answer, 1 to 600 seconds, then 503; what it waited for goes on.",
           [](Config& config, std::string_view text) { return store(config.handler, read_number(text, 1, 600)); }},
    Option{"answer_write_seconds", OptionKind::plain, "SECONDS", "30",
           "How long a client may take to read an answer, 1 to 600 seconds; then the connection is cut.",
           [](Config& config, std::string_view text) { return store(config.answer_write, read_number(text, 1, 600)); }},
    Option{"keep_alive_seconds", OptionKind::plain, "SECONDS", "30",
           "How long a connection may wait for its next request, 1 to 3600 seconds; then it is closed. Longer than a "
           "proxy keeps its own connections, so that the proxy closes them and not the server.",
           [](Config& config, std::string_view text) { return store(config.keep_alive, read_number(text, 1, 3600)); }},
    Option{
        "drain_notice_seconds", OptionKind::plain, "SECONDS", "0",
        "How long the server goes on after SIGTERM or SIGINT with /readyz at 503, before it listens no more, 0 to 300 "
        "seconds: longer than a load balancer takes to notice.",
        [](Config& config, std::string_view text) { return store(config.drain_notice, read_number(text, 0, 300)); }},
    Option{"log_format", OptionKind::plain, "FORMAT", "text", "How a line of the log is written: text or json.",
           [](Config& config, std::string_view text) {
             return store(config.log_format,
                          read_choice<LogFormat>(text, {{"text", LogFormat::text}, {"json", LogFormat::json}}));
           }},
    Option{"log_level", OptionKind::plain, "LEVEL", "info",
           "The least important events that are logged: debug, info, warning or error.",
           [](Config& config, std::string_view text) {
             return store(config.log_level, read_choice<LogLevel>(text, {{"debug", LogLevel::debug},
                                                                         {"info", LogLevel::info},
                                                                         {"warning", LogLevel::warning},
                                                                         {"error", LogLevel::error}}));
           }},
    Option{
        "metrics", OptionKind::plain, "ACCESS", "permission",
        "Who may read GET /metrics (docs/observability.md): permission, which is whoever has metrics:read by a token "
        "or an API key; open, which is everyone who reaches the server; or off.",
        [](Config& config, std::string_view text) {
          return store(config.metrics, read_choice<MetricsAccess>(text, {{"permission", MetricsAccess::by_permission},
                                                                         {"open", MetricsAccess::everyone},
                                                                         {"off", MetricsAccess::off}}));
        }},
    Option{
        "demo", OptionKind::command, "", "false",
        "Adds the demo users alice (alicepw, admin) and bob (bobpw, user), and accepts a weak secret with a warning. "
        "Listens on loopback only.",
        [](Config& config, std::string_view text) { return store(config.demo, read_switch(text)); }},
    Option{"demo_on_any_address", OptionKind::command, "", "false",
           "Lets --demo listen on an address that others can reach. Everyone knows the demo passwords.",
           [](Config& config, std::string_view text) { return store(config.demo_on_any_address, read_switch(text)); }},
};

char dashed(char c) { return c == '_' ? '-' : c; }
char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

}  // namespace

std::span<const Option> options() { return kOptions; }

const Option* find_option(std::string_view key) {
  const auto found = std::ranges::find(kOptions, key, &Option::key);
  return found == kOptions.end() ? nullptr : &*found;
}

std::string flag_of(const Option& option) {
  std::string flag = "--";
  std::ranges::transform(option.key, std::back_inserter(flag), dashed);
  return flag;
}

std::string environment_name_of(const Option& option) {
  std::string name = "CARDEA_";
  std::ranges::transform(option.key, std::back_inserter(name), upper);
  return name;
}

}  // namespace cardea::service
