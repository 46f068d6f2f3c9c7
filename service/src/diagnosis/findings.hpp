// Short ways to write a Finding down.
#pragma once

#include <cardea/core/base/error.hpp>
#include <cardea/service/diagnosis/finding.hpp>
#include <cardea/service/program/complaint.hpp>

namespace cardea::service {

inline Finding ok(std::string check, std::string what) {
  return {.verdict = Verdict::ok, .check = std::move(check), .what = std::move(what), .advice = {}};
}

inline Finding warning(std::string check, std::string what, std::string advice) {
  return {.verdict = Verdict::warning, .check = std::move(check), .what = std::move(what), .advice = std::move(advice)};
}

inline Finding problem(std::string check, std::string what, std::string advice) {
  return {.verdict = Verdict::problem, .check = std::move(check), .what = std::move(what), .advice = std::move(advice)};
}

// As `complain` says it.
inline Finding problem(std::string check, const Error& error) {
  return problem(std::move(check), std::string(sentence_of(error)), std::string(hint_for(error.code())));
}

}  // namespace cardea::service
