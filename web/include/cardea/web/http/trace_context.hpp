// What a caller says of the distributed trace that a request belongs to: the header field traceparent of W3C Trace
// Context, https://www.w3.org/TR/trace-context/#traceparent-header. It names things in logs, and decides nothing:
// anyone may send any.
#pragma once

#include <array>
#include <cardea/web/http/headers.hpp>
#include <optional>
#include <string_view>

namespace cardea::web {

class TraceContext {
 public:
  // Version 00 exactly; of a later version what the first one has, as section 3.2.4 says. None for anything else, which
  // counts as if there were no field.
  static std::optional<TraceContext> parse(std::string_view traceparent) noexcept;

  // By the one field there is; none if there are two. `fields` have a name and a value.
  template <class Fields>
  static std::optional<TraceContext> of(Fields&& fields) noexcept {
    std::optional<std::string_view> found;
    for (const auto& field : fields) {
      if (!equal_ignoring_case(field.name, "traceparent")) continue;
      if (found) return std::nullopt;
      found = field.value;
    }
    return found ? parse(*found) : std::nullopt;
  }

  std::string_view trace_id() const noexcept { return {trace_id_.data(), trace_id_.size()}; }  // 32 digits, lower case
  std::string_view parent_id() const noexcept { return {parent_id_.data(), parent_id_.size()}; }  // 16, the caller's
  bool is_sampled() const noexcept { return is_sampled_; }  // the caller may have recorded its part

 private:
  TraceContext() = default;
  std::array<char, 32> trace_id_{};
  std::array<char, 16> parent_id_{};
  bool is_sampled_ = false;
};

}  // namespace cardea::web
