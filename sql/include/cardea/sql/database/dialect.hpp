// Whose SQL is spoken.
#pragma once

namespace cardea::sql {

enum class Dialect : unsigned char { sqlite, postgresql };

}  // namespace cardea::sql
