// One thing that was looked at, how it is, and what to do about it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cardea::service {

enum class Verdict : unsigned char {
  ok,
  warning,  // works, and may not always, or not as safely as it could
  problem,  // does not work, or is not safe
};

std::string_view name_of(Verdict verdict) noexcept;

struct Finding {
  Verdict verdict = Verdict::ok;
  std::string check;   // what was looked at, in a word or two
  std::string what;    // how it is; never with a secret in it
  std::string advice;  // what to do next; empty: nothing

  friend bool operator==(const Finding&, const Finding&) = default;
};

using Findings = std::vector<Finding>;

}  // namespace cardea::service
