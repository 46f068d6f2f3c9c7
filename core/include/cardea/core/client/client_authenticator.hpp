// Who the client is that asks: by its id and its secret (RFC 6749 section 2.3), or by its id alone where it is public.
#pragma once

#include <cardea/core/audit/audit_event.hpp>
#include <cardea/core/base/secret.hpp>
#include <cardea/core/client/client_store.hpp>
#include <string_view>

namespace cardea {

// Thread-safe. May block on the store. What it is given outlives it.
class ClientAuthenticator {
 public:
  ClientAuthenticator(ClientStore& clients, AuditSink& audit) : clients_(clients), audit_(audit) {}

  // An unknown or disabled client, a public one and a wrong or empty secret are one error with the same text and the
  // same work: client_invalid. What is not said to the client stands in the audit event's reason.
  // Other errors: those of the store.
  Result<OAuthClient> authenticate(std::string_view id, const Secret& secret, const Origin& origin, Instant now);

  // A public client says who it is and proves nothing (RFC 6749 section 3.2.1), so that a success is no event; a
  // confidential one that does only that is refused. Errors: as above.
  Result<OAuthClient> identify(std::string_view id, const Origin& origin, Instant now);

 private:
  Result<std::optional<ClientCredentials>> find(std::string_view id) const;
  void record(std::string_view id, std::optional<ErrorCode> refusal, const Origin& origin, Instant now);
  Error refused(std::string_view id, ErrorCode reason, const Origin& origin, Instant now);

  ClientStore& clients_;
  AuditSink& audit_;
};

}  // namespace cardea
