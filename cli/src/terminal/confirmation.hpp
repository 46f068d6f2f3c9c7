// The question before what cannot be undone.
#pragma once

#include <string>

#include "terminal/terminal.hpp"

namespace cardea::cli {

struct Confirmation {
  std::string question;     // "End all sessions of carol?"
  std::string left_undone;  // "the sessions of carol were not ended"
  std::string without;      // "--yes ends all of them without asking"
};

// True for a typed y or yes; otherwise, as always without a terminal, says what was not done and how it is.
bool is_confirmed(Terminal& terminal, const Confirmation& confirmation);

}  // namespace cardea::cli
