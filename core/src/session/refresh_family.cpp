#include <sodium.h>

#include <algorithm>
#include <cardea/core/base/random_bytes.hpp>
#include <cardea/core/session/refresh_family.hpp>
#include <cardea/core/token/opaque_token.hpp>

namespace cardea {
namespace {

static_assert(RefreshToken::kSecretSize == crypto_auth_hmacsha256_KEYBYTES);
static_assert(RefreshToken::kSecretSize == crypto_auth_hmacsha256_BYTES);

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

RefreshToken successor_of(const RefreshToken& token, std::string_view salt) {
  const auto generation = token.generation + 1;
  const std::string number = std::to_string(generation);
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, bytes_of(token.secret.expose()), token.secret.size());
  crypto_auth_hmacsha256_update(&state, bytes_of(salt), salt.size());
  crypto_auth_hmacsha256_update(&state, bytes_of(number), number.size());
  std::string secret(RefreshToken::kSecretSize, '\0');
  crypto_auth_hmacsha256_final(&state, reinterpret_cast<unsigned char*>(secret.data()));
  sodium_memzero(&state, sizeof state);
  return {.handle = token.handle.clone(), .generation = generation, .secret = Secret{std::move(secret)}};
}

// A clock that was set back makes times lie ahead: those near it still are near.
bool is_within(std::chrono::seconds grace, Instant at, Instant now) { return at > now - grace && at < now + grace; }

}  // namespace

RefreshFamily::RefreshFamily(std::string handle_digest, std::string secret_digest, std::uint32_t generation,
                             std::vector<Succession> successions)
    : handle_digest_(std::move(handle_digest)),
      secret_digest_(std::move(secret_digest)),
      generation_(generation),
      successions_(std::move(successions)) {}

RefreshFamily::Started RefreshFamily::start() {
  RefreshToken first{.handle = Secret{random_bytes(RefreshToken::kHandleSize)},
                     .generation = 0,
                     .secret = Secret{random_bytes(RefreshToken::kSecretSize)}};
  RefreshFamily family{digest_of(first.handle), digest_of(first.secret), 0, {}};
  return {std::move(family), std::move(first)};
}

std::string RefreshFamily::handle_digest_of(const RefreshToken& token) { return digest_of(token.handle); }

const RefreshFamily::Succession* RefreshFamily::succession_of(std::uint32_t generation) const noexcept {
  const Succession* found = nullptr;
  for (const auto& succession : successions_) {
    if (succession.generation <= generation) found = &succession;
  }
  return found;
}

RefreshFamily::Standing RefreshFamily::standing_of(const RefreshToken& token, Instant now,
                                                   std::chrono::seconds grace) const {
  if (token.generation > generation_) return Standing::foreign;
  if (token.generation == generation_) {
    const bool counts = equal_in_constant_time(digest_of(token.secret), secret_digest_);
    return counts ? Standing::current : Standing::foreign;
  }
  const auto* succession = succession_of(token.generation);
  if (succession == nullptr || !is_within(grace, succession->at, now)) return Standing::reused;
  const bool leads_there = equal_in_constant_time(digest_of(current_for(token).secret), secret_digest_);
  return leads_there ? Standing::superseded : Standing::foreign;
}

RefreshToken RefreshFamily::current_for(const RefreshToken& superseded) const {
  auto token = successor_of(superseded, succession_of(superseded.generation)->salt);
  while (token.generation < generation_) token = successor_of(token, succession_of(token.generation)->salt);
  return token;
}

void RefreshFamily::add_succession(Instant now, std::chrono::seconds grace) {
  const auto is_wanted = [&](const Succession& succession) { return is_within(grace, succession.at, now); };
  successions_.erase(successions_.begin(), std::ranges::find_if(successions_, is_wanted));
  const bool shares = !successions_.empty() && successions_.back().at <= now && now - successions_.back().at < kStep;
  if (!shares) {
    successions_.push_back({.at = now, .generation = generation_, .salt = random_bytes(RefreshToken::kSecretSize)});
  }
}

RefreshFamily::Exchanged RefreshFamily::exchange(const RefreshToken& current, Instant now,
                                                 std::chrono::seconds grace) const {
  auto next = *this;
  next.add_succession(now, grace);
  auto successor = successor_of(current, next.successions_.back().salt);
  next.generation_ = successor.generation;
  next.secret_digest_ = digest_of(successor.secret);
  return {std::move(next), std::move(successor)};
}

}  // namespace cardea
