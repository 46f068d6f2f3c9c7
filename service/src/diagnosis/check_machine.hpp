// The machine: its clock, its descriptors, its disk.
#pragma once

#include <cardea/core/base/clock.hpp>
#include <cardea/service/diagnosis/finding.hpp>
#include <cardea/service/diagnosis/machine.hpp>
#include <filesystem>
#include <optional>

namespace cardea::service {

// `newest` is the latest moment that the database knows of.
Finding check_clock(const Machine& machine, std::optional<Instant> newest);
// `connections` may be open at once to clients and the database.
Finding check_open_files(const Machine& machine, std::size_t connections);
Finding check_space(const Machine& machine, const std::filesystem::path& folder);

}  // namespace cardea::service
