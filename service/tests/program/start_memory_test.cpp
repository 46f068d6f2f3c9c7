#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cardea/service/program/start_memory.hpp>
#include <cstdint>
#include <fstream>
#include <string>

#include "temporary_folder.hpp"

namespace cardea::service {
namespace {

const auto kPage = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
constexpr std::size_t kPages = 40;

class StartMemoryTest : public testing::Test {
 protected:
  StartMemoryTest() {
    std::ofstream{folder_ / "file"} << std::string(kPages * kPage, 'f');
    const int file = ::open((folder_ / "file").c_str(), O_RDONLY | O_CLOEXEC);
    mapped = static_cast<char*>(::mmap(nullptr, kPages * kPage, PROT_READ, MAP_PRIVATE | MAP_POPULATE, file, 0));
    ::close(file);
  }
  void TearDown() override { ::munmap(mapped, kPages * kPage); }

  // Bit 63 of a page's entry: it is in memory and mapped (proc_pid_pagemap(5)).
  std::size_t pages_that_are_mapped() const {
    std::array<std::uint64_t, kPages> entries{};
    const auto first = std::bit_cast<std::uintptr_t>(mapped) / kPage;
    const int pagemap = ::open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
    EXPECT_EQ(::pread(pagemap, entries.data(), sizeof entries, static_cast<off_t>(first * sizeof entries[0])),
              static_cast<ssize_t>(sizeof entries));
    ::close(pagemap);
    return static_cast<std::size_t>(std::ranges::count_if(entries, [](auto entry) { return entry >> 63U != 0; }));
  }
  void protect(int how) { ASSERT_EQ(::mprotect(mapped, kPages * kPage, how), 0); }

  TemporaryFolder folder_;
  char* mapped = nullptr;
};

TEST_F(StartMemoryTest, UnmapsWhatIsOnlyReadOfAFileAndWhichCanBeReadAgain) {
  ASSERT_EQ(pages_that_are_mapped(), kPages);
  give_back_start_memory();
  EXPECT_EQ(pages_that_are_mapped(), 0U);
  EXPECT_EQ(std::count(mapped, mapped + kPages * kPage, 'f'), kPages * kPage);
}

TEST_F(StartMemoryTest, KeepsWhatHasBeenWrittenToThoughNobodyMayWriteAnyMore) {
  protect(PROT_READ | PROT_WRITE);
  mapped[kPage] = 'w';
  protect(PROT_READ);
  give_back_start_memory();
  EXPECT_EQ(mapped[kPage], 'w');
}

TEST_F(StartMemoryTest, KeepsWhatMayBeWritten) {
  protect(PROT_READ | PROT_WRITE);
  give_back_start_memory();
  EXPECT_EQ(pages_that_are_mapped(), kPages);
}

}  // namespace
}  // namespace cardea::service
