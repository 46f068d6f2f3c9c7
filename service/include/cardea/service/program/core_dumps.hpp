// Memory that holds keys and passwords must not be written to a disk.
#pragma once

namespace cardea::service {

// No core file, and no other process of the same user may read this one's memory.
void disable_core_dumps() noexcept;

}  // namespace cardea::service
