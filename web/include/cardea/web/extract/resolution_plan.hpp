// The order in which a route's dependencies are resolved: each once, what it needs before it, the handler's order kept.
#pragma once

#include <cardea/web/extract/dependency.hpp>
#include <cstddef>
#include <string>
#include <vector>

namespace cardea::web {

class ResolutionPlan {
 public:
  // A dependency that `provisions` replaces is resolved by its replacement, and what only it needed is left out.
  ResolutionPlan(std::span<const Dependency* const> parameters, const Provisions& provisions);

  // Where a run stands: all resolved, refused (the exchange has the refusal), or waiting at a step.
  struct Progress {
    Resolution resolution = Resolution::resolved;
    std::size_t step = 0;
  };

  // Resolves what can be resolved without waiting, from a step on, up to the first one that refuses or must wait.
  Progress run_now(Exchange& exchange, std::size_t first = 0) const;

  // Goes on from a step that must wait to the end; false if something refused.
  Task<bool> run_from(std::size_t waiting, Exchange& exchange) const;

  // The names of the `Use<…>` whose type nobody provides; empty if the plan can run.
  std::vector<std::string> missing(const Provisions& provisions) const;

 private:
  struct Step {
    const Dependency* dependency;
    const Provisions::Replacement* replacement;
  };
  void add(const Dependency& dependency, const Provisions& provisions);
  bool has(TypeKey key) const noexcept;

  static Resolution resolve_now(const Step& step, Exchange& exchange);

  std::vector<Step> steps_;
};

}  // namespace cardea::web
