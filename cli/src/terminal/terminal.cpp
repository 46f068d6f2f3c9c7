#include "terminal/terminal.hpp"

#include <termios.h>
#include <unistd.h>

#include <cardea/service/program/complaint.hpp>
#include <iostream>

namespace cardea::cli {
namespace {

constexpr std::size_t kLongestLine = 4096;

// Switches the echo of the terminal off for as long as it lives.
class EchoOff {
 public:
  EchoOff() {
    switched_ = ::tcgetattr(STDIN_FILENO, &before_) == 0;
    if (!switched_) return;
    auto silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
  }
  EchoOff(const EchoOff&) = delete;
  EchoOff& operator=(const EchoOff&) = delete;
  ~EchoOff() {
    if (switched_) ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
  }

 private:
  termios before_{};
  bool switched_ = false;
};

}  // namespace

Terminal Terminal::of_process() {
  const bool shows_progress = ::isatty(STDERR_FILENO) == 1;
  return Terminal{std::cin, std::cout, std::cerr, ::isatty(STDIN_FILENO) == 1 && shows_progress, shows_progress};
}

std::string Terminal::read_all(std::size_t limit) {
  std::string bytes(limit, '\0');
  in_.read(bytes.data(), static_cast<std::streamsize>(limit));
  bytes.resize(static_cast<std::size_t>(in_.gcount()));
  return bytes;
}

Result<std::string> Terminal::read_line() {
  std::string line;
  char c = 0;
  bool ended = false;
  while (line.size() <= kLongestLine && in_.get(c)) {
    ended = c == '\n';
    if (ended) break;
    line += c;
  }
  if (!ended && line.empty()) return failure(ErrorCode::invalid_request, PublicText{"Standard input is empty"});
  if (line.size() > kLongestLine) return failure(ErrorCode::invalid_request, PublicText{"The line is too long"});
  return line;
}

Result<Secret> Terminal::read_hidden_line(std::string_view prompt) {
  err_ << prompt << ": " << std::flush;
  const EchoOff echo_off;
  auto line = read_line();
  err_ << '\n';
  if (!line) return failure(std::move(line).error());
  return Secret{*std::move(line)};
}

Result<Secret> Terminal::read_new_password(std::string_view prompt) {
  if (!interactive_) {
    auto line = read_line();
    if (!line) return failure(std::move(line).error());
    return Secret{*std::move(line)};
  }
  auto first = read_hidden_line(prompt);
  if (!first) return first;
  const auto second = read_hidden_line("Once more");
  if (!second) return failure(second.error());
  if (!equal_in_constant_time(first->expose(), second->expose())) {
    return failure(ErrorCode::invalid_request, PublicText{"The two passwords differ"});
  }
  return first;
}

bool Terminal::confirms(std::string_view question) {
  if (!interactive_) return false;
  err_ << question << " [y/N] " << std::flush;
  const auto answer = read_line();
  return answer && (*answer == "y" || *answer == "yes");
}

ExitStatus Terminal::refuse(const Error& error) {
  service::complain(err_, error);
  return service::exit_status_of(error.code());
}

}  // namespace cardea::cli
