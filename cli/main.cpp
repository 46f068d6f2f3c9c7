#include <cstdlib>
#include <exception>
#include <iostream>

#include "command_line/program.hpp"

int main(int argc, char** argv) {
  try {
    const cardea::SystemClock clock;
    auto terminal = cardea::cli::Terminal::of_process();
    const auto status =
        cardea::cli::run_program({argv + 1, argv + argc}, cardea::service::process_environment(), clock, terminal);
    std::cout.flush();
    // A full disk or a closed pipe must not look like success.
    if (!std::cout) return static_cast<int>(cardea::cli::ExitStatus::refused);
    return static_cast<int>(status);
  } catch (const std::exception& failure) {
    std::cerr << "error: " << failure.what() << '\n';
    return static_cast<int>(cardea::cli::ExitStatus::refused);
  }
}
