// What the commands about keys share: opening them, naming one, showing one.
#pragma once

#include <boost/json/object.hpp>
#include <cardea/core/audit/audit_event.hpp>
#include <cardea/core/key/key_ring.hpp>
#include <cardea/service/wiring/signing_keys.hpp>
#include <functional>

#include "command_line/invocation.hpp"
#include "terminal/table.hpp"

namespace cardea::cli {

// Opens the keys that there are, making neither a key nor a database, and calls use(keys, config).
ExitStatus with_keys(Invocation& invocation,
                     const std::function<ExitStatus(const service::SigningKeys&, const service::Config&)>& use);

// The same for the ring alone; refused where the secret is configured.
ExitStatus with_ring(Invocation& invocation, const std::function<ExitStatus(KeyRing&)>& use);

// The same with a sink that is to be told of the change.
ExitStatus with_ring_to_change(Invocation& invocation, const std::function<ExitStatus(KeyRing&, AuditSink&)>& use);

// Error: key_not_found.
Result<KeyId> key_named(const std::string& text);

boost::json::object json_of(const RingKey& key);
Row heading_of_keys();
Row row_of(const RingKey& key);

}  // namespace cardea::cli
