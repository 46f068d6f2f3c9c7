#include <sodium.h>

#include <array>
#include <cardea/core/account/login_throttle.hpp>
#include <string>

#include <cardea/core/base/random_bytes.hpp>
#include "account/bounded_table.hpp"
#include "account/failure_counter.hpp"
#include "account/network_of.hpp"

namespace cardea {
namespace {

struct Familiarity {
  std::uint64_t key = 0;
  Instant since{};
};

// Never 0, which is the key of no row.
std::uint64_t keyed_hash(const std::string& secret, std::string_view text) {
  std::array<unsigned char, crypto_shorthash_BYTES> bytes{};
  crypto_shorthash(bytes.data(), reinterpret_cast<const unsigned char*>(text.data()), text.size(),
                   reinterpret_cast<const unsigned char*>(secret.data()));
  std::uint64_t hash = 0;
  for (const auto byte : bytes) hash = hash << 8U | byte;
  return hash == 0 ? 1 : hash;
}

}  // namespace

struct LoginThrottle::Keys {
  std::uint64_t account, network, pair;
};

struct LoginThrottle::Tables {
  explicit Tables(const Limits& limits)
      : long_limits{limits.free_failures, limits.longest_delay, limits.forgiving},
        account_limits{limits.free_failures, limits.longest_account_delay, limits.forgiving},
        pairs(limits.capacity),
        networks(limits.capacity),
        accounts(limits.capacity),
        familiar(limits.capacity) {}

  static void add(BoundedTable<FailureCounter>& table, std::uint64_t key, const FailureCounter::Limits& limits,
                  Instant now) {
    table.change(
        key, [&](const FailureCounter& row) { return row.worth(limits, now); },
        [&](FailureCounter& row) { row.add(limits, now); });
  }

  // A counter that is not there stays away.
  static std::uint32_t take_back(BoundedTable<FailureCounter>& table, std::uint64_t key, std::uint32_t most,
                                 const FailureCounter::Limits& limits, Instant now) {
    if (most == 0 || table.find(key).key == 0) return 0;
    return table.change(
        key, [&](const FailureCounter& row) { return row.worth(limits, now); },
        [&](FailureCounter& row) { return row.take_back(most, limits, now); });
  }

  const std::string secret = random_bytes(crypto_shorthash_KEYBYTES);
  FailureCounter::Limits long_limits, account_limits;
  BoundedTable<FailureCounter> pairs, networks, accounts;
  BoundedTable<Familiarity> familiar;
};

LoginThrottle::LoginThrottle(const Limits& limits) : limits_(limits), tables_(std::make_unique<Tables>(limits)) {}

LoginThrottle::~LoginThrottle() = default;

LoginThrottle::Keys LoginThrottle::keys_of(std::string_view account, std::string_view address) const {
  const auto network = network_of(address);
  const std::string pair = std::to_string(network.size()) + ':' + network + std::string(account);
  return {keyed_hash(tables_->secret, account), keyed_hash(tables_->secret, network),
          keyed_hash(tables_->secret, pair)};
}

std::optional<std::chrono::seconds> LoginThrottle::delay(std::string_view account, std::string_view address,
                                                         Instant now) const {
  const auto keys = keys_of(account, address);
  auto& tables = *tables_;
  auto longest = tables.pairs.find(keys.pair).delay(tables.long_limits, now);
  const auto familiar = tables.familiar.find(keys.pair);
  if (familiar.key == 0 || now - familiar.since >= limits_.familiar) {
    longest = std::max({longest, tables.networks.find(keys.network).delay(tables.long_limits, now),
                        tables.accounts.find(keys.account).delay(tables.account_limits, now)});
  }
  return longest > std::chrono::seconds{0} ? std::optional{longest} : std::nullopt;
}

void LoginThrottle::failed(std::string_view account, std::string_view address, Instant now) {
  const auto keys = keys_of(account, address);
  auto& tables = *tables_;
  Tables::add(tables.pairs, keys.pair, tables.long_limits, now);
  Tables::add(tables.networks, keys.network, tables.long_limits, now);
  Tables::add(tables.accounts, keys.account, tables.account_limits, now);
}

void LoginThrottle::succeeded(std::string_view account, std::string_view address, Instant now) {
  const auto keys = keys_of(account, address);
  auto& tables = *tables_;
  const auto count = Tables::take_back(tables.pairs, keys.pair, UINT32_MAX, tables.long_limits, now);
  Tables::take_back(tables.networks, keys.network, count, tables.long_limits, now);
  Tables::take_back(tables.accounts, keys.account, count, tables.account_limits, now);
  tables.familiar.change(keys.pair, &Familiarity::since, [&](Familiarity& row) { row.since = now; });
}

}  // namespace cardea
