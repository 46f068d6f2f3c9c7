// Typed arguments that several commands read in the same way.
#pragma once

#include <cardea/core/key/verification_key_set.hpp>
#include <optional>
#include <string>

#include "command_line/invocation.hpp"

namespace cardea::cli {

// The time of --at, or now. Error: configuration_invalid.
Result<Instant> time_of(const std::optional<std::string>& at, const Clock& clock);

// The keys of a JWK or a JWK set. Errors: file_unusable, key_set_unusable, each naming the file.
Result<VerificationKeySet> read_keys(const std::string& file);

// A compact token from standard input: without one final newline, and with everything else that stands there. Never
// much more than the longest token that can be valid.
std::string read_compact(Terminal& terminal);

// "invalid: token_expired" on standard error.
ExitStatus refuse_token(Terminal& terminal, const Error& error);

}  // namespace cardea::cli
