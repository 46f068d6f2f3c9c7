// The person, or the script, in front of a command. Results go to standard output, everything else to standard error.
#pragma once

#include <cardea/core/base/result.hpp>
#include <cardea/core/base/secret.hpp>
#include <cardea/service/program/exit_status.hpp>
#include <cstddef>
#include <iosfwd>
#include <string>
#include <string_view>

namespace cardea::cli {

using service::ExitStatus;

class Terminal {
 public:
  // The streams of the process. What is typed at a terminal is only asked for there, so that scripts see no prompt.
  static Terminal of_process();

  Terminal(std::istream& in, std::ostream& out, std::ostream& err, bool interactive = false,
           bool shows_progress = false)
      : in_(in), out_(out), err_(err), interactive_(interactive), shows_progress_(shows_progress) {}

  std::istream& in() noexcept { return in_; }
  std::ostream& out() noexcept { return out_; }
  std::ostream& err() noexcept { return err_; }

  // Somebody looks at standard error.
  bool shows_progress() const noexcept { return shows_progress_; }

  // Standard input to its end, but not more than `limit` bytes of it.
  std::string read_all(std::size_t limit);

  // One line without its end: typed without echo at a terminal, where a second time has to agree; otherwise from
  // standard input. Error: invalid_request.
  Result<Secret> read_new_password(std::string_view prompt);

  // True for a typed y or yes; false without a terminal.
  bool confirms(std::string_view question);

  // "error: …", with a "hint: …" line where there is something to do next, and the exit status that belongs to it.
  ExitStatus refuse(const Error& error);

 private:
  Result<Secret> read_hidden_line(std::string_view prompt);
  Result<std::string> read_line();

  std::istream& in_;
  std::ostream& out_;
  std::ostream& err_;
  bool interactive_;
  bool shows_progress_;
};

}  // namespace cardea::cli
