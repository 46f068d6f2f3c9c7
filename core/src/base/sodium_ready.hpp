// libsodium, made ready.
#pragma once

namespace cardea {

// Before this, libsodium runs its slowest code, and its random bytes are not thread-safe. Thread-safe itself; cheap
// after the first time.
void make_sodium_ready();

}  // namespace cardea
