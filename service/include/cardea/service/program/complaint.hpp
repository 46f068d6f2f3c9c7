// How a program tells a person that it cannot go on: what is wrong, and what to do next.
#pragma once

#include <cardea/core/base/error.hpp>
#include <iosfwd>
#include <string_view>

namespace cardea::service {

// "error: …", and "hint: …" on a line of its own where there is something to do that the error does not say itself.
void complain(std::ostream& out, const Error& error);

// What is wrong: the log's text where that of the public tells nothing. As long as the error lives.
std::string_view sentence_of(const Error& error) noexcept;

// Empty where the error's own text says it all.
std::string_view hint_for(ErrorCode code) noexcept;

}  // namespace cardea::service
