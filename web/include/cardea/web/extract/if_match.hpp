// The version of a thing that the caller has seen and means to change, from the header If-Match (RFC 9110 section
// 13.1.1): the entity tag that a Tagged<T> answer had, or * for whatever version there is. Without the header: 428.
#pragma once

#include <cardea/core/base/result.hpp>
#include <cardea/web/extract/exchange.hpp>
#include <cstdint>
#include <optional>

namespace cardea::web {

struct Operation;

struct IfMatch {
  // Empty: any. A tag that is none of ours (a weak one, too) is a version that nothing has, so that the change is
  // refused as one of a version that is gone.
  std::optional<std::int64_t> version;

  // Errors: precondition_required; validation_failed for what is no entity tag, and for more than one.
  static Result<IfMatch> resolve(Exchange& exchange);
  static void describe(Operation& operation);
};

}  // namespace cardea::web
