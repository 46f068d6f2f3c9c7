// Options may stand before or after the words of a command; CLI11 wants them after.
#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace cardea::cli {

// Puts the words (commands and their arguments) before the options, each option with its value; the order among the
// words and among the options stays. What follows `--` is words, and stays behind it.
std::vector<std::string> words_first(const std::vector<std::string>& arguments, const CLI::App& program);

}  // namespace cardea::cli
