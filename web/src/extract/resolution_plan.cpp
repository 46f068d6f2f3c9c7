#include <algorithm>
#include <cardea/web/extract/resolution_plan.hpp>

namespace cardea::web {

ResolutionPlan::ResolutionPlan(std::span<const Dependency* const> parameters, const Provisions& provisions) {
  for (const auto* parameter : parameters) add(*parameter, provisions);
}

bool ResolutionPlan::has(TypeKey key) const noexcept {
  return std::ranges::any_of(steps_, [key](const Step& step) { return step.dependency->key == key; });
}

void ResolutionPlan::add(const Dependency& dependency, const Provisions& provisions) {
  if (has(dependency.key)) return;
  const auto* replacement = provisions.replacement_of(dependency.key);
  if (replacement == nullptr) {
    for (const auto* need : dependency.needs) add(*need, provisions);
  }
  steps_.push_back({&dependency, replacement});
}

Resolution ResolutionPlan::resolve_now(const Step& step, Exchange& exchange) {
  if (step.replacement == nullptr) return step.dependency->resolve_now(exchange);
  return (*step.replacement)(exchange) ? Resolution::resolved : Resolution::refused;
}

ResolutionPlan::Progress ResolutionPlan::run_now(Exchange& exchange, std::size_t first) const {
  for (auto step = first; step < steps_.size(); ++step) {
    if (const auto resolution = resolve_now(steps_[step], exchange); resolution != Resolution::resolved) {
      return {resolution, step};
    }
  }
  return {};
}

Task<bool> ResolutionPlan::run_from(std::size_t waiting, Exchange& exchange) const {
  Progress progress{Resolution::waiting, waiting};
  while (progress.resolution == Resolution::waiting) {
    const bool resolved = co_await steps_[progress.step].dependency->resolve_later(exchange);
    if (!resolved) co_return false;
    progress = run_now(exchange, progress.step + 1);
  }
  co_return progress.resolution == Resolution::resolved;
}

std::vector<std::string> ResolutionPlan::missing(const Provisions& provisions) const {
  std::vector<std::string> names;
  for (const auto& [dependency, replacement] : steps_) {
    const bool needs = replacement == nullptr && dependency->provided != nullptr;
    if (needs && !provisions.provides(dependency->provided)) names.emplace_back(dependency->name);
  }
  return names;
}

}  // namespace cardea::web
