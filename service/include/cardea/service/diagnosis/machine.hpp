// What a diagnosis knows of the machine that it runs on; a test says what it likes.
#pragma once

#include <cardea/core/base/clock.hpp>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>

namespace cardea::service {

struct Machine {
  Instant now{};
  std::optional<bool> clock_is_synchronised;  // as the kernel has it; empty: it does not say
  std::uint64_t open_files = 0;               // that this process may have (RLIMIT_NOFILE)
  std::uint64_t bytes_free = 0;               // for the owner of the process, in the folder that was asked about

  // This one, and the space where `folder` is.
  static Machine at(Instant now, const std::filesystem::path& folder);
};

}  // namespace cardea::service
