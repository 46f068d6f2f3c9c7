#include <gtest/gtest.h>

#include <algorithm>
#include <cardea/service/config/load_config.hpp>

#include "temporary_folder.hpp"

namespace cardea::service {
namespace {

using namespace std::chrono_literals;

const Setting& setting_of(const LoadedConfig& loaded, std::string_view key) {
  return *std::ranges::find(loaded.settings, key, [](const Setting& setting) { return setting.option->key; });
}

// The sentence that stops the start; empty if nothing does.
std::string refusal_of(const ConfigSources& sources) {
  const auto loaded = load_config(sources);
  return loaded ? "" : std::string(loaded.error().public_text());
}

TEST(LoadConfig, HasADefaultForEveryOption) {
  const auto loaded = load_config({});
  ASSERT_TRUE(loaded.has_value()) << loaded.error().public_text();
  const auto& config = loaded->config;
  EXPECT_EQ(config.listen.text(), "127.0.0.1:8000");
  EXPECT_EQ(config.database.text(), "sqlite:cardea.db");
  EXPECT_EQ(config.signing_algorithm, Algorithm::hs256);
  EXPECT_EQ(config.access_token_lifetime, 30min);
  EXPECT_EQ(config.password_hash_memory_mib, 19U);
  EXPECT_EQ(config.password_minimum_length, 15U);
  EXPECT_EQ(config.connections, 8192U);
  EXPECT_EQ(config.connections_per_address, 1024U);
  EXPECT_EQ(config.handshake, 10s);
  EXPECT_EQ(config.request_head, 10s);
  EXPECT_EQ(config.request_body, 15s);
  EXPECT_EQ(config.handler, 30s);
  EXPECT_EQ(config.answer_write, 30s);
  EXPECT_EQ(config.keep_alive, 30s);
  EXPECT_EQ(config.log_format, LogFormat::text);
  EXPECT_EQ(config.log_level, LogLevel::info);
  EXPECT_FALSE(config.issuer || config.audience || config.jwt_secret || config.threads || config.blocking_threads);
  EXPECT_FALSE(config.demo || config.demo_on_any_address);
  EXPECT_EQ(secret_file_of(config), "cardea.jwt-secret");
}

TEST(LoadConfig, KeepsTheSecretBesideTheDatabaseUnlessToldOtherwise) {
  ConfigSources sources;
  sources.flags = {{"database", "sqlite:/var/lib/cardea/accounts"}};
  EXPECT_EQ(secret_file_of(load_config(sources)->config), "/var/lib/cardea/accounts.jwt-secret");
  sources.flags = {{"database", "sqlite:v1.0/accounts.v2"}};
  EXPECT_EQ(secret_file_of(load_config(sources)->config), "v1.0/accounts.v2.jwt-secret");
  sources.flags = {{"secret_file", "/run/secrets/jwt"}};
  EXPECT_EQ(secret_file_of(load_config(sources)->config), "/run/secrets/jwt");
  sources.flags = {{"database", "sqlite::memory:"}};
  EXPECT_EQ(secret_file_of(load_config(sources)->config), std::nullopt);
}

TEST(LoadConfig, ShowsADatabaseWithoutItsPasswordAndKeepsNothingBesideAServer) {
  ConfigSources sources;
  sources.environment = {{"CARDEA_DATABASE", "postgresql://cardea:secret@db/accounts"}};
  const auto loaded = load_config(sources).value();
  EXPECT_EQ(secret_file_of(loaded.config), std::nullopt);
  EXPECT_EQ(master_key_file_of(loaded.config), "cardea.master-key");
  EXPECT_EQ(setting_of(loaded, "database").shown, "postgresql://cardea:********@db/accounts");
}

TEST(LoadConfig, PrefersFlagsToTheEnvironmentToTheFileToDefaults) {
  const TemporaryFolder folder;
  ConfigSources sources;
  sources.file = folder.write("cardea.toml", "issuer = \"file\"\naudience = \"file\"\naccess_token_minutes = 5\n");
  sources.environment = {{"CARDEA_ISSUER", "environment"}, {"CARDEA_AUDIENCE", "environment"}, {"HOME", "/"}};
  sources.flags = {{"issuer", "flag"}};
  const auto loaded = load_config(sources);
  ASSERT_TRUE(loaded.has_value()) << loaded.error().public_text();
  EXPECT_EQ(loaded->config.issuer, "flag");
  EXPECT_EQ(loaded->config.audience, "environment");
  EXPECT_EQ(loaded->config.access_token_lifetime, 5min);
  EXPECT_EQ(setting_of(*loaded, "issuer").source, ConfigSource::flag);
  EXPECT_EQ(setting_of(*loaded, "audience").source, ConfigSource::environment);
  EXPECT_EQ(setting_of(*loaded, "access_token_minutes").source, ConfigSource::file);
  EXPECT_EQ(setting_of(*loaded, "listen").source, ConfigSource::default_value);
}

TEST(LoadConfig, FindsTheFileByTheEnvironmentUnlessAFlagNamesAnother) {
  const TemporaryFolder folder;
  ConfigSources sources;
  sources.environment = {{"CARDEA_CONFIG", folder.write("a.toml", "issuer = \"a\"")}};
  EXPECT_EQ(load_config(sources)->config.issuer, "a");
  sources.file = folder.write("b.toml", "issuer = \"b\"");
  EXPECT_EQ(load_config(sources)->config.issuer, "b");
}

TEST(LoadConfig, MasksTheSecret) {
  ConfigSources sources;
  sources.environment = {{"CARDEA_JWT_SECRET", "ffeeddccbbaa99887766554433221100"}};
  const auto loaded = load_config(sources);
  EXPECT_EQ(loaded->config.jwt_secret->expose(), "ffeeddccbbaa99887766554433221100");
  EXPECT_EQ(setting_of(*loaded, "jwt_secret").shown, "********");
}

struct BadValue {
  std::string key, text, sentence;
};

class BadValues : public testing::TestWithParam<BadValue> {};

TEST_P(BadValues, StopTheStartWithOneSentence) {
  ConfigSources sources;
  sources.flags = {{GetParam().key, GetParam().text}};
  EXPECT_EQ(refusal_of(sources), GetParam().sentence);
}

INSTANTIATE_TEST_SUITE_P(
    Options, BadValues,
    testing::Values(
        BadValue{"listen", "8000",
                 "--listen: \"8000\" is not an address and a port; write 127.0.0.1:8000, 0.0.0.0:8000 or [::1]:8000; "
                 "or unix:FILE, or systemd"},
        BadValue{
            "database", "postgresql://u:secret@db/cardea?x=y",
            "--database: \"postgresql://u:********@db/cardea?x=y\" is no PostgreSQL URL; write "
            "postgresql://USER:PASSWORD@HOST:PORT/DATABASE?sslmode=verify-full, with %40 for an @, %2F for a / and "
            "%25 for a % in the password"},
        BadValue{"database", "cardea.db",
                 "--database: \"cardea.db\" is no database's name; write sqlite:cardea.db, "
                 "sqlite:/var/lib/cardea/cardea.db or postgresql://USER:PASSWORD@HOST/DATABASE"},
        BadValue{"issuer", "two\nlines", "--issuer: \"two?lines\" has control characters; write printable text"},
        BadValue{"issuer", "\xff", "--issuer: \"\xff\" is not UTF-8; write it in UTF-8"},
        BadValue{"audience", std::string(513, 'a'),
                 "--audience: \"" + std::string(100, 'a') + "…\" is too long; write at most 512 bytes"},
        BadValue{"audience", std::string(99, 'a') + "ü" + std::string(412, 'a'),
                 "--audience: \"" + std::string(99, 'a') + "…\" is too long; write at most 512 bytes"},
        BadValue{
            "signing_algorithm", "none",
            "--signing-algorithm: \"none\" is not one of the choices; write one of HS256, HS384, HS512, RS256, RS384, "
            "RS512, PS256, PS384, PS512, ES256, ES384, ES512, EdDSA"},
        BadValue{
            "signing_algorithm", "hs256",
            "--signing-algorithm: \"hs256\" is not one of the choices; write one of HS256, HS384, HS512, RS256, RS384, "
            "RS512, PS256, PS384, PS512, ES256, ES384, ES512, EdDSA"},
        BadValue{"access_token_minutes", "soon",
                 "--access-token-minutes: \"soon\" is not a whole number; write a whole number from 1 to 1440"},
        BadValue{"access_token_minutes", "-1",
                 "--access-token-minutes: \"-1\" is not a whole number; write a whole number from 1 to 1440"},
        BadValue{"access_token_minutes", "0",
                 "--access-token-minutes: \"0\" is too small; write a whole number from 1 to 1440"},
        BadValue{"access_token_minutes", "99999999999999",
                 "--access-token-minutes: \"99999999999999\" is too large; write a whole number from 1 to 1440"},
        BadValue{"secret_file", "", "--secret-file: \"\" names no file; write a file name"},
        BadValue{"threads", "all",
                 "--threads: \"all\" is not a whole number; write a whole number from 1 to 256, or auto"},
        BadValue{"blocking_threads", "257",
                 "--blocking-threads: \"257\" is too large; write a whole number from 1 to 256, or auto"},
        BadValue{"password_hash_memory_mib", "18",
                 "--password-hash-memory-mib: \"18\" is too small; write a whole number from 19 to 256"},
        BadValue{"password_hash_threads", "0",
                 "--password-hash-threads: \"0\" is too small; write a whole number from 1 to 256, or auto"},
        BadValue{"password_minimum_length", "7",
                 "--password-minimum-length: \"7\" is too small; write a whole number from 8 to 64"},
        BadValue{"connections", "0", "--connections: \"0\" is too small; write a whole number from 1 to 1000000"},
        BadValue{"connections_per_address", "1000001",
                 "--connections-per-address: \"1000001\" is too large; write a whole number from 1 to 1000000"},
        BadValue{"request_head_seconds", "0",
                 "--request-head-seconds: \"0\" is too small; write a whole number from 1 to 600"},
        BadValue{"request_body_seconds", "601",
                 "--request-body-seconds: \"601\" is too large; write a whole number from 1 to 600"},
        BadValue{"answer_write_seconds", "1.5",
                 "--answer-write-seconds: \"1.5\" is not a whole number; write a whole number from 1 to 600"},
        BadValue{"keep_alive_seconds", "3601",
                 "--keep-alive-seconds: \"3601\" is too large; write a whole number from 1 to 3600"},
        BadValue{"log_format", "xml", "--log-format: \"xml\" is not one of the choices; write one of text, json"},
        BadValue{"log_level", "trace",
                 "--log-level: \"trace\" is not one of the choices; write one of debug, info, warning, error"},
        BadValue{"demo", "maybe", "--demo: \"maybe\" is neither true nor false; write true or false"},
        BadValue{"demo_on_any_address", "yes",
                 "--demo-on-any-address: \"yes\" is neither true nor false; write true or false"}));

TEST(LoadConfig, ChecksAValueThatAnotherOverrides) {
  ConfigSources sources;
  sources.flags = {{"threads", "2"}};
  sources.environment = {{"CARDEA_THREADS", "many"}};
  EXPECT_EQ(refusal_of(sources),
            "CARDEA_THREADS: \"many\" is not a whole number; write a whole number from 1 to 256, or auto");
}

TEST(LoadConfig, SuggestsTheNearestNameForOneThatIsUnknown) {
  ConfigSources sources;
  sources.environment = {{"CARDEA_LISTEM", "127.0.0.1:1"}};
  EXPECT_EQ(refusal_of(sources), "CARDEA_LISTEM: is no option; did you mean CARDEA_LISTEN?");
  sources.environment = {{"CARDEA_COFFEE_STRENGTH", "9"}};
  EXPECT_EQ(refusal_of(sources), "CARDEA_COFFEE_STRENGTH: is no option; `cardea config` lists those there are");

  const TemporaryFolder folder;
  sources.environment.clear();
  sources.file = folder.write("cardea.toml", "access_token_minute = 5");
  EXPECT_EQ(refusal_of(sources), "access_token_minute: is no option; did you mean access_token_minutes?");
}

TEST(LoadConfig, TakesTheDemoFromTheCommandLineOnlyAndTheSecretNeverFromIt) {
  ConfigSources sources;
  sources.environment = {{"CARDEA_DEMO", "true"}};
  EXPECT_EQ(refusal_of(sources), "CARDEA_DEMO: cannot be given here; write --demo on the command line");
  sources.environment.clear();
  sources.flags = {{"jwt_secret", "ffeeddccbbaa99887766554433221100"}};
  EXPECT_EQ(refusal_of(sources), "jwt_secret: cannot be given here; write CARDEA_JWT_SECRET in the environment");
}

TEST(LoadConfig, RefusesAFileWithASecretThatOthersCanRead) {
  const TemporaryFolder folder;
  ConfigSources sources;
  sources.file =
      folder.write("cardea.toml", "jwt_secret = \"ffeeddccbbaa99887766554433221100\"", std::filesystem::perms{0644});
  EXPECT_EQ(refusal_of(sources),
            "jwt_secret: stands in a file that others can read; run chmod 600 " + sources.file->string());
  std::filesystem::permissions(*sources.file, std::filesystem::perms{0600});
  EXPECT_EQ(refusal_of(sources), "");
}

TEST(LoadConfig, SaysWhereAFileIsNotWhatItShouldBe) {
  const TemporaryFolder folder;
  ConfigSources sources;
  sources.file = folder / "absent.toml";
  EXPECT_EQ(refusal_of(sources), sources.file->string() + ": cannot be opened: No such file or directory");
  sources.file = folder.write("a.toml", "issuer = \"a\"\nlisten = \n");
  EXPECT_EQ(refusal_of(sources),
            sources.file->string() + ":2: is not TOML; write lines such as listen = \"127.0.0.1:8000\"");
  sources.file = folder.write("b.toml", "issuer = \"a\"\n\nthreads = [1, 2]\n");
  EXPECT_EQ(refusal_of(sources),
            sources.file->string() + ":3: threads: is neither text, whole number, true nor false; write one value");
}

}  // namespace
}  // namespace cardea::service
