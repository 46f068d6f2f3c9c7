#include <cardea/core/audit/audit_log.hpp>
#include <cardea/core/key/reseal.hpp>
#include <cardea/service/files/file.hpp>
#include <cardea/service/wiring/configured_secret.hpp>
#include <cardea/service/wiring/master_key_file.hpp>
#include <cardea/service/wiring/signing_keys.hpp>
#include <cardea/service/wiring/token_rules.hpp>
#include <cardea/sql/audit/sql_audit_store.hpp>

namespace cardea::service {
namespace {

constexpr std::size_t kLongestSecret = 4096;

KeyRingOptions ring_options_of(const Config& config) {
  KeyRingOptions options;
  options.algorithm = config.signing_algorithm;
  options.token_type = token_type_of(token_profile_of(config, KeyKind::asymmetric));
  options.token_type_of_secrets = token_type_of(token_profile_of(config, KeyKind::symmetric));
  options.token_lifetime = config.access_token_lifetime;
  options.publication = config.jwks_cache;
  options.rotate_after = config.key_rotation;
  return options;
}

Result<KeySealer> sealer_of(Result<MasterKeys> keys) {
  if (!keys) return failure(std::move(keys).error());
  return KeySealer{*std::move(keys)};
}

// The file is read each time, since another process may have changed it.
KeyRing::SealerSource sealer_from(const MasterKeyFile& file) {
  return [file] { return sealer_of(file.read()); };
}

// For a database in memory: gone with the process, as all that it sealed.
KeyRing::SealerSource sealer_in_memory() {
  return [text = std::make_shared<const Secret>(MasterKeys::generate().text())] {
    return sealer_of(MasterKeys::parse(*text));
  };
}

// A database without keys may get a master key; one that has keys needs the one that sealed them.
Result<KeyRing::SealerSource> sealer_for(const Config& config, KeyStore& store, RingUse use) {
  const auto path = master_key_file_of(config);
  if (!path) return sealer_in_memory();
  const auto file = MasterKeyFile::at(*path);
  const auto rows = store.list();
  if (!rows) return failure(rows.error());
  if (rows->empty() && use != RingUse::reading) {
    if (auto made = file.read_or_make(); !made) return failure(std::move(made).error());
  }
  return sealer_from(file);
}

// The secret that an earlier version made becomes the first key, so that its tokens stay good.
Done adopt_earlier_secret(const Config& config, KeyStore& store, const KeyRing::SealerSource& sealer,
                          const KeyRingOptions& options, Instant now) {
  const auto path = secret_file_of(config);
  std::error_code ignored;
  if (!path || !std::filesystem::exists(*path, ignored)) return {};
  const auto secret = read_secret_file(*path, kLongestSecret);
  if (!secret) return failure(secret.error());
  const auto algorithm = is_symmetric(config.signing_algorithm) ? config.signing_algorithm : Algorithm::hs256;
  auto adopted = KeyRing::adopt(store, sealer, *secret, algorithm, options, now);
  if (adopted || adopted.error().code() != ErrorCode::key_unusable) return adopted;
  return failure(ErrorCode::file_unusable,
                 PublicText{path->string() + ": is no secret for " + std::string(name_of(algorithm)) +
                            "; restore it, or move it away to have a new key made, which ends every token"});
}

// What a stranger may not read, and who starts the program has to.
Error explained(const Error& error, const Config& config) {
  const auto path = master_key_file_of(config);
  if (error.code() == ErrorCode::key_not_found) return no_key_yet(config);
  const bool is_told = error.public_text() != default_text_of(error.code());
  if (error.code() != ErrorCode::master_key_unusable || is_told || !path) return error;
  return Error{
      ErrorCode::master_key_unusable,
      PublicText{path->string() + ": is not the master key that sealed the keys in the database; restore that " +
                 "one from your backup, or name it by master_key_file"}};
}

// What an older master key has signed, the first one signs now. A server that writes meanwhile signs again by itself.
Done sign_again(AuditStore& audit, const AuditSigner& signer) {
  constexpr int kAttempts = 20;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    const auto done = cardea::sign_again(audit, signer, signer, SystemClock{}.now());
    if (!done) return failure(done.error());
    if (*done) break;
  }
  return {};
}

}  // namespace

Error no_key_yet(const Config& config) {
  return Error{ErrorCode::file_unusable,
               PublicText{config.database.text() + ": has no key yet; `cardea serve` makes one on its first start"}};
}

Result<SigningKeys> SigningKeys::open(const Config& config, sql::Database& database, Instant now, RingUse use) {
  SigningKeys keys;
  if (config.jwt_secret) {
    auto secret = configured_secret_of(config);
    if (!secret) return failure(std::move(secret).error());
    const SigningKey key{secret->key};
    const auto type = token_type_of(token_profile_of(config, KeyKind::symmetric));
    keys.verification_ = std::make_shared<FixedKeys>(key.verification_key());
    keys.signers_ = std::make_shared<FixedSigner>(TokenSigner{key, type});
    keys.warning_ = std::move(secret->warning);
    return keys;
  }
  keys.store_ = std::make_unique<sql::SqlKeyStore>(database);
  const auto sealer = sealer_for(config, *keys.store_, use);
  if (!sealer) return failure(sealer.error());
  const auto options = ring_options_of(config);
  if (use != RingUse::reading) {
    if (auto adopted = adopt_earlier_secret(config, *keys.store_, *sealer, options, now); !adopted) {
      return failure(explained(adopted.error(), config));
    }
  }
  auto ring = KeyRing::open(*keys.store_, *sealer, options, now, use);
  if (!ring) return failure(explained(ring.error(), config));
  keys.ring_ = *std::move(ring);
  keys.verification_ = keys.ring_;
  keys.signers_ = keys.ring_;
  return keys;
}

Result<std::size_t> SigningKeys::reseal(const Config& config, sql::Database& database) {
  const auto path = master_key_file_of(config);
  if (!path || path == config.master_key_credential) {
    return failure(ErrorCode::configuration_invalid,
                   PublicText{"master_key_file: is not set to a file of this program's own, so there is no master key "
                              "to change; name one"});
  }
  const auto file = MasterKeyFile::at(*path);
  const auto before = file.read();
  if (!before) return failure(before.error());
  const auto both = before->with_new_first();
  if (!both) return failure(both.error());
  if (auto written = file.write(*both); !written) return failure(std::move(written).error());
  sql::SqlKeyStore store{database};
  const KeySealer sealer{MasterKeys::parse(both->text()).value()};
  const auto sealed = reseal_all(store, sealer);
  if (!sealed) return failure(explained(sealed.error(), config));
  sql::SqlAuditStore audit{database};
  const AuditSigner signer{MasterKeys::parse(both->text()).value()};
  if (auto again = sign_again(audit, signer); !again) return failure(std::move(again).error());
  if (auto written = file.write(both->first_only()); !written) return failure(std::move(written).error());
  // A server that had read the old file a moment before may have sealed a new key under it.
  const auto late = reseal_all(store, sealer);
  if (!late) return failure(explained(late.error(), config));
  if (auto again = sign_again(audit, signer); !again) return failure(std::move(again).error());
  return *sealed + *late;
}

}  // namespace cardea::service
