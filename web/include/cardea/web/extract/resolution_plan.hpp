// The order in which a route's dependencies are resolved: each once, what it needs before it, the handler's order kept.
#pragma once

#include <cardea/web/extract/dependency.hpp>
#include <string>
#include <vector>

namespace cardea::web {

class ResolutionPlan {
 public:
  // A dependency that `provisions` replaces is resolved by its replacement, and what only it needed is left out.
  ResolutionPlan(std::span<const Dependency* const> parameters, const Provisions& provisions);

  // False once something has refused; the exchange has the refusal.
  Task<bool> run(Exchange& exchange) const;

  // True if no step waits, so that run_now() does the same without a coroutine.
  bool immediate() const noexcept { return immediate_; }
  bool run_now(Exchange& exchange) const;

  // The names of the `Use<…>` whose type nobody provides; empty if the plan can run.
  std::vector<std::string> missing(const Provisions& provisions) const;

 private:
  struct Step {
    const Dependency* dependency;
    const Provisions::Replacement* replacement;
  };
  void add(const Dependency& dependency, const Provisions& provisions);
  bool has(TypeKey key) const noexcept;

  std::vector<Step> steps_;
  bool immediate_ = true;
};

}  // namespace cardea::web
