#include <malloc.h>
#include <sys/mman.h>

#include <bit>
#include <cardea/service/program/start_memory.hpp>
#include <cstdint>
#include <exception>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace cardea::service {
namespace {

struct Mapping {
  std::uintptr_t begin = 0, end = 0;
  bool may_go = false;
};

// The line that begins the account of a mapping: "7f0112-7f0113 r-xp 00001000 08:01 1234   /usr/lib/libc.so.6". The
// others, two dozen a mapping, begin with a capital letter.
std::optional<Mapping> mapping_of(const std::string& line) {
  if (line.empty() || ('A' <= line.front() && line.front() <= 'Z')) return std::nullopt;
  std::istringstream words{line};
  Mapping mapping;
  char dash = 0;
  std::string permissions, offset, device;
  std::uint64_t inode = 0;
  words >> std::hex >> mapping.begin >> dash >> mapping.end >> permissions >> offset >> device >> std::dec >> inode;
  if (!words || dash != '-' || permissions.size() != 4) return std::nullopt;
  mapping.may_go = inode != 0 && permissions[1] == '-' && permissions[3] == 'p';
  return mapping;
}

// "Anonymous:            8 kB": pages that are no longer the file's; "Swap:" if they are elsewhere.
bool says_written(std::string_view line) {
  if (!line.starts_with("Anonymous:") && !line.starts_with("Swap:")) return false;
  const auto digits = line.find_first_of("0123456789");
  return digits != std::string_view::npos && line[digits] != '0';
}

std::vector<Mapping> unwritten_mappings_of_files() {
  std::vector<Mapping> all;
  std::ifstream smaps{"/proc/self/smaps"};
  for (std::string line; std::getline(smaps, line);) {
    if (auto mapping = mapping_of(line)) {
      all.push_back(*mapping);
    } else if (!all.empty() && says_written(line)) {
      all.back().may_go = false;
    }
  }
  std::erase_if(all, [](const Mapping& mapping) { return !mapping.may_go; });
  return all;
}

}  // namespace

void give_back_start_memory() noexcept try {
  ::malloc_trim(0);
  for (const auto& mapping : unwritten_mappings_of_files()) {
    ::madvise(std::bit_cast<void*>(mapping.begin), mapping.end - mapping.begin, MADV_DONTNEED);
  }
} catch (const std::exception&) {
  return;  // it stays where it is
}

}  // namespace cardea::service
