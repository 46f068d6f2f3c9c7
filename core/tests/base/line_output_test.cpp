#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cardea/core/base/line_output.hpp>
#include <csignal>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>

namespace cardea {
namespace {

using namespace std::chrono_literals;
using ::testing::EndsWith;
using ::testing::StartsWith;

std::string gap_line(std::uint64_t dropped) { return std::to_string(dropped) + " lost"; }

class Pipe {
 public:
  Pipe() {
    if (::pipe(ends_.data()) != 0) throw std::runtime_error("no pipe");
  }
  ~Pipe() {
    close_reader();
    ::close(ends_[1]);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  int writer() const { return ends_[1]; }
  void close_reader() {
    if (ends_[0] >= 0) ::close(std::exchange(ends_[0], -1));
  }

  // Its writing end is that file from now on.
  void writes_to(const char* file) {
    const int opened = ::open(file, O_WRONLY);
    if (opened < 0) throw std::runtime_error("not there");
    ::dup2(opened, ends_[1]);
    ::close(opened);
  }

  // What is in it.
  std::string read_all() {
    ::fcntl(ends_[0], F_SETFL, O_NONBLOCK);
    std::string all;
    std::array<char, 4096> room{};
    for (ssize_t count = 0; (count = ::read(ends_[0], room.data(), room.size())) > 0;) {
      all.append(room.data(), static_cast<std::size_t>(count));
    }
    return all;
  }

  // Until a write of a byte would wait.
  void fill() {
    ::fcntl(ends_[1], F_SETFL, O_NONBLOCK);
    while (::write(ends_[1], "fill\n", 5) > 0) continue;
    while (::write(ends_[1], "\n", 1) > 0) continue;
    ::fcntl(ends_[1], F_SETFL, 0);
  }

 private:
  std::array<int, 2> ends_{-1, -1};
};

TEST(LineOutput, WritesLinesAndTheEndOfTheLast) {
  Pipe pipe;
  LineOutput output{pipe.writer(), 0ms, gap_line};
  output.write("one");
  output.write("two\nthree");
  output.write("four\n");
  EXPECT_EQ(pipe.read_all(), "one\ntwo\nthree\nfour\n");
}

TEST(LineOutput, DropsWhatAFullPipeDoesNotTakeAndSaysHowMuchThatWas) {
  Pipe pipe;
  LineOutput output{pipe.writer(), 0ms, gap_line};
  pipe.fill();
  output.write("one");
  output.write("two\nthree");
  pipe.read_all();
  output.write("four");
  output.write("five");
  EXPECT_EQ(pipe.read_all(), "3 lost\nfour\nfive\n");
}

TEST(LineOutput, WaitsForAReaderThatIsOnlySlow) {
  Pipe pipe;
  LineOutput output{pipe.writer(), 1h, gap_line};
  pipe.fill();
  const std::jthread writing{[&] { output.write("one"); }};
  std::string read;
  while (!read.ends_with("one\n")) read += pipe.read_all();
  EXPECT_THAT(read, EndsWith("\none\n"));
}

TEST(LineOutput, WritesMoreThanAPipeHoldsInOrder) {
  Pipe pipe;
  LineOutput output{pipe.writer(), 1h, gap_line};
  std::string lines;
  for (int i = 0; i < 50'000; ++i) lines += std::to_string(i) + '\n';
  lines += std::string(10'000, 'x') + '\n';
  const std::jthread writing{[&] { output.write(lines); }};
  std::string read;
  while (read.size() < lines.size()) read += pipe.read_all();
  EXPECT_EQ(read, lines);
}

TEST(LineOutput, NeverWritesOnBehindTheBeginningOfALine) {
  Pipe pipe;
  LineOutput output{pipe.writer(), 0ms, gap_line};
  output.write(std::string(1'000'000, 'x'));  // the pipe takes the beginning of it
  const auto beginning = pipe.read_all();
  EXPECT_THAT(beginning, StartsWith("xxx"));
  output.write("one");
  EXPECT_EQ(pipe.read_all(), "\n1 lost\none\n");
}

TEST(LineOutput, IsNotEndedByAReaderThatHasGone) {
  Pipe pipe;
  LineOutput output{pipe.writer(), 1h, gap_line};
  pipe.close_reader();
  const auto before = ::signal(SIGPIPE, SIG_IGN);
  output.write("one");
  output.write("two");
  ::signal(SIGPIPE, before);
}

TEST(LineOutput, SaysWhatAFullDiskHasLost) {
  Pipe pipe;
  Pipe replaced;
  replaced.writes_to("/dev/full");
  LineOutput output{replaced.writer(), 0ms, gap_line};
  output.write("one\ntwo");
  ::dup2(pipe.writer(), replaced.writer());  // there is room again
  output.write("three");
  EXPECT_EQ(pipe.read_all(), "2 lost\nthree\n");
}

}  // namespace
}  // namespace cardea
