// What every ClientStore does, sentence by sentence of cardea/core/client/client_store.hpp.
//
// A store's test defines a type with a `ClientStore& store()` over an empty store of its own, and writes
//   INSTANTIATE_TYPED_TEST_SUITE_P(Memory, ClientStoreContract, MemoryStores);
#pragma once

#include <gtest/gtest.h>

#include <cardea/core/client/client_store.hpp>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace cardea {

// Named `name`, with a digest unless it is public.
inline ClientCredentials client_named(std::string_view name, ClientKind kind = ClientKind::confidential_client,
                                      std::string_view scope = "posts:read") {
  return {{ClientId::generate(), ClientName::parse(name).value(), kind, PermissionSet::from_scope(scope),
           parse_instant("2026-01-01T12:00:00Z").value(), std::nullopt},
          kind == ClientKind::public_client ? std::string{} : "digest of " + std::string(name)};
}

template <class Stores>
class ClientStoreContract : public testing::Test {
 protected:
  ClientStore& store() { return stores_.store(); }

  OAuthClient added(const ClientCredentials& credentials) {
    EXPECT_TRUE(store().add(credentials));
    return credentials.client;
  }
  OAuthClient found(const ClientId& id) { return store().find(id).value().value(); }
  std::string digest_found(const ClientId& id) { return store().find_credentials(id).value().value().secret_digest; }
  std::vector<std::string> names_after(const std::optional<ClientId>& after, std::size_t limit) {
    const auto page = store().list(after, limit).value();
    std::vector<std::string> names;
    for (const auto& client : page.clients) names.emplace_back(client.name.text());
    return names;
  }

  const Instant later = parse_instant("2026-01-01T13:00:00.000001Z").value();
  const Instant last = parse_instant("2026-01-01T14:00:00Z").value();

 private:
  Stores stores_;
};

TYPED_TEST_SUITE_P(ClientStoreContract);

TYPED_TEST_P(ClientStoreContract, FindsAnAddedClientAsItWasAdded) {
  for (const auto& credentials : {client_named("billing", ClientKind::confidential_client, "posts:* users:read"),
                                  client_named("a page", ClientKind::public_client, "")}) {
    const auto client = this->added(credentials);
    EXPECT_EQ(this->found(client.id), client);
    EXPECT_EQ(this->store().find_credentials(client.id).value().value().client, client);
    EXPECT_EQ(this->digest_found(client.id), credentials.secret_digest);
  }
}

TYPED_TEST_P(ClientStoreContract, AnswersNothingForAnUnknownId) {
  this->added(client_named("billing"));
  EXPECT_EQ(this->store().find(ClientId::generate()).value(), std::nullopt);
  EXPECT_FALSE(this->store().find_credentials(ClientId::generate()).value().has_value());
}

TYPED_TEST_P(ClientStoreContract, KeepsEveryValidName) {
  for (const auto& name :
       {std::string(80, '\''), std::string("\xC3\xA9\xF0\x9F\x94\x91; -- \"%:name\\"), std::string("\xC2\xA0")}) {
    const auto client = this->added(client_named(name));
    EXPECT_EQ(this->found(client.id).name.text(), name);
  }
}

TYPED_TEST_P(ClientStoreContract, GivesAnIdOnceAndANameAsOftenAsAsked) {
  const auto first = client_named("billing");
  this->added(first);
  auto second = client_named("another");
  second.client.id = first.client.id;
  EXPECT_EQ(this->store().add(second).error().code(), ErrorCode::conflict);
  EXPECT_EQ(this->found(first.client.id), first.client);
  EXPECT_EQ(this->digest_found(first.client.id), "digest of billing");
  EXPECT_TRUE(this->store().add(client_named("billing")));
}

TYPED_TEST_P(ClientStoreContract, DisablesAndEnablesAndKeepsTheFirstTime) {
  const auto client = this->added(client_named("billing"));
  EXPECT_EQ(this->store().disable(client.id, this->later).value().disabled_at, this->later);
  EXPECT_EQ(this->store().disable(client.id, this->last).value().disabled_at, this->later);
  EXPECT_EQ(this->found(client.id).disabled_at, this->later);
  EXPECT_EQ(this->store().find_credentials(client.id).value()->client.disabled_at, this->later);
  EXPECT_EQ(this->store().enable(client.id).value(), client);
  EXPECT_EQ(this->store().enable(client.id).value(), client);
  EXPECT_EQ(this->found(client.id), client);
}

TYPED_TEST_P(ClientStoreContract, ChangesOneClientAndLeavesTheOthers) {
  const auto client = this->added(client_named("billing"));
  const auto other = this->added(client_named("reports"));
  const auto scopes = PermissionSet::from_scope("reports:* users:read");
  EXPECT_EQ(this->store().set_scopes(client.id, scopes).value().scopes, scopes);
  EXPECT_EQ(this->store().set_secret_digest(client.id, "new").value().scopes, scopes);
  EXPECT_TRUE(this->store().disable(client.id, this->later));
  EXPECT_EQ(this->found(client.id).scopes, scopes);
  EXPECT_EQ(this->digest_found(client.id), "new");
  EXPECT_EQ(this->store().set_scopes(client.id, {}).value().scopes, PermissionSet{});
  EXPECT_EQ(this->found(other.id), other);
  EXPECT_EQ(this->digest_found(other.id), "digest of reports");
}

TYPED_TEST_P(ClientStoreContract, ChangesNothingOfAnUnknownClient) {
  const auto unknown = ClientId::generate();
  EXPECT_EQ(this->store().disable(unknown, this->later).error().code(), ErrorCode::client_not_found);
  EXPECT_EQ(this->store().enable(unknown).error().code(), ErrorCode::client_not_found);
  EXPECT_EQ(this->store().set_scopes(unknown, {}).error().code(), ErrorCode::client_not_found);
  EXPECT_EQ(this->store().set_secret_digest(unknown, "new").error().code(), ErrorCode::client_not_found);
}

TYPED_TEST_P(ClientStoreContract, GivesAPublicClientNoSecret) {
  const auto client = this->added(client_named("a page", ClientKind::public_client));
  EXPECT_EQ(this->store().set_secret_digest(client.id, "new").error().code(), ErrorCode::conflict);
  EXPECT_EQ(this->digest_found(client.id), "");
}

TYPED_TEST_P(ClientStoreContract, KnowsWithoutWaitingWhatItFindsOrNothing) {
  const auto client = this->added(client_named("billing"));
  const auto expect_agreement = [&] {
    for (int i = 0; i < 2; ++i) {
      const auto known = this->store().find_without_waiting(client.id);
      EXPECT_TRUE(!known || known == this->found(client.id));
      this->found(client.id);
    }
  };
  expect_agreement();
  this->store().disable(client.id, this->later).value();
  expect_agreement();
  this->store().enable(client.id).value();
  expect_agreement();
  this->store().set_scopes(client.id, {}).value();
  expect_agreement();
}

TYPED_TEST_P(ClientStoreContract, ListsInTheOrderOfAdditionUntilTheLastPage) {
  EXPECT_TRUE(this->names_after(std::nullopt, 1).empty());
  for (const auto* name : {"c", "a", "d", "b"}) this->added(client_named(name));
  const auto first = this->store().list(std::nullopt, 2).value();
  ASSERT_TRUE(first.next);
  EXPECT_EQ(first.clients.back().name.text(), "a");
  EXPECT_EQ(this->names_after(first.next, 2), (std::vector<std::string>{"d", "b"}));
  EXPECT_EQ(this->store().list(first.next, 2).value().next, std::nullopt) << "the page was full, and still the last";
  EXPECT_EQ(this->names_after(std::nullopt, SIZE_MAX), (std::vector<std::string>{"c", "a", "d", "b"}));
  EXPECT_TRUE(this->names_after(ClientId::generate(), 10).empty());
}

TYPED_TEST_P(ClientStoreContract, AddsAllOfManyAtOnce) {
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 8; ++i) {
      threads.emplace_back([this] {
        for (int n = 0; n < 5; ++n) this->added(client_named("worker"));
      });
    }
  }
  std::set<ClientId> ids;
  const auto page = this->store().list(std::nullopt, 100).value();
  for (const auto& client : page.clients) ids.insert(client.id);
  EXPECT_EQ(ids.size(), 40U);
}

REGISTER_TYPED_TEST_SUITE_P(ClientStoreContract, FindsAnAddedClientAsItWasAdded, AnswersNothingForAnUnknownId,
                            KeepsEveryValidName, GivesAnIdOnceAndANameAsOftenAsAsked,
                            DisablesAndEnablesAndKeepsTheFirstTime, ChangesOneClientAndLeavesTheOthers,
                            ChangesNothingOfAnUnknownClient, GivesAPublicClientNoSecret,
                            KnowsWithoutWaitingWhatItFindsOrNothing, ListsInTheOrderOfAdditionUntilTheLastPage,
                            AddsAllOfManyAtOnce);

}  // namespace cardea
