#include <cardea/core/client/cached_client_store.hpp>
#include <cardea/core/client/memory_client_store.hpp>
#include <functional>
#include <utility>

#include "client/client_store_contract.hpp"

namespace cardea {
namespace {

class CachedClients {
 public:
  ClientStore& store() { return cached_; }

 private:
  MemoryClientStore memory_;
  CachedClientStore cached_{memory_, 2};  // so few that clients are forgotten under way
};

INSTANTIATE_TYPED_TEST_SUITE_P(Cached, ClientStoreContract, CachedClients);

// A memory store that counts look-ups and can be interrupted between reading a row and answering.
class SlowClientStore final : public ClientStore {
 public:
  Result<std::optional<OAuthClient>> find(const ClientId& id) override {
    ++look_ups;
    auto found = rows.find(id);
    if (before_answering) std::exchange(before_answering, nullptr)();
    return found;
  }
  Result<std::optional<ClientCredentials>> find_credentials(const ClientId& id) override {
    return rows.find_credentials(id);
  }
  Done add(const ClientCredentials& credentials) override { return rows.add(credentials); }
  Result<OAuthClient> disable(const ClientId& id, Instant now) override {
    auto changed = rows.disable(id, now);
    if (breaks) return failure(ErrorCode::store_unavailable);
    return changed;
  }
  Result<OAuthClient> enable(const ClientId& id) override { return rows.enable(id); }
  Result<OAuthClient> set_scopes(const ClientId& id, const PermissionSet& scopes) override {
    return rows.set_scopes(id, scopes);
  }
  Result<OAuthClient> set_secret_digest(const ClientId& id, const std::string& digest) override {
    return rows.set_secret_digest(id, digest);
  }
  Result<ClientPage> list(const std::optional<ClientId>& after, std::size_t limit) override {
    return rows.list(after, limit);
  }

  MemoryClientStore rows;
  int look_ups = 0;
  bool breaks = false;
  std::function<void()> before_answering;
};

class CachedClientStoreTest : public testing::Test {
 protected:
  CachedClientStoreTest() { behind.add(billing).value(); }

  bool finds_it_enabled() { return cached.find(id).value()->is_enabled(); }

  const ClientCredentials billing = client_named("billing");
  const ClientId id = billing.client.id;
  const Instant later = parse_instant("2026-01-01T13:00:00Z").value();
  SlowClientStore behind;
  CachedClientStore cached{behind};
};

TEST_F(CachedClientStoreTest, AsksTheStoreOnceForAClient) {
  EXPECT_EQ(cached.find_without_waiting(id), std::nullopt);
  EXPECT_EQ(cached.find(id).value(), billing.client);
  EXPECT_EQ(cached.find(id).value(), billing.client);
  EXPECT_EQ(cached.find_without_waiting(id), billing.client);
  EXPECT_EQ(behind.look_ups, 1);
}

TEST_F(CachedClientStoreTest, AsksAgainForAnIdOfNoClient) {
  auto late = client_named("late");
  EXPECT_EQ(cached.find(late.client.id).value(), std::nullopt);
  behind.add(late).value();
  EXPECT_EQ(cached.find(late.client.id).value(), late.client);
}

TEST_F(CachedClientStoreTest, ShowsAChangePastItOnceItIsToldOfChanges) {
  EXPECT_TRUE(finds_it_enabled());
  behind.rows.disable(id, later).value();
  cached.invalidate_all();
  EXPECT_EQ(cached.find_without_waiting(id), std::nullopt);
  EXPECT_FALSE(finds_it_enabled());
}

TEST_F(CachedClientStoreTest, RemembersNothingThatWasReadBeforeAChange) {
  behind.before_answering = [this] { cached.disable(id, later).value(); };
  EXPECT_TRUE(finds_it_enabled()) << "asked before the change";
  EXPECT_FALSE(finds_it_enabled());
}

TEST_F(CachedClientStoreTest, ForgetsAlsoWhenAChangeSeemsToHaveFailed) {
  EXPECT_TRUE(finds_it_enabled());
  behind.breaks = true;
  EXPECT_EQ(cached.disable(id, later).error().code(), ErrorCode::store_unavailable);
  EXPECT_FALSE(finds_it_enabled());
}

}  // namespace
}  // namespace cardea
