#include "terminal/confirmation.hpp"

#include <ostream>

namespace cardea::cli {

bool is_confirmed(Terminal& terminal, const Confirmation& confirmation) {
  if (terminal.confirms(confirmation.question)) return true;
  terminal.err() << "error: " << confirmation.left_undone << "\nhint: " << confirmation.without << '\n';
  return false;
}

}  // namespace cardea::cli
