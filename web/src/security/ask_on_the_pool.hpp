// A question that may block, asked where blocking is allowed.
#pragma once

#include <cardea/web/extract/exchange.hpp>
#include <cardea/web/http/service.hpp>
#include <cardea/web/run/blocking_pool.hpp>
#include <concepts>
#include <type_traits>
#include <utility>

namespace cardea::web {

// Calls question(context), which returns a Result. It outlives the connection if need be, so that it holds what it
// uses; what the application provides outlives it. Errors: the question's, and service_unavailable.
template <std::invocable<const RequestContext&> Question>
Task<std::invoke_result_t<const Question&, const RequestContext&>> ask_on_the_pool(Exchange& exchange,
                                                                                   Question question) {
  auto job = [shared = exchange.shared_from_this(), question = std::move(question)] {
    return question(shared->context());
  };
  return exchange.provisions().find<BlockingPool>()->run(std::move(job));
}

}  // namespace cardea::web
