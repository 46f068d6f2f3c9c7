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
    if (dependency.resolve_later != nullptr) immediate_ = false;
  }
  steps_.push_back({&dependency, replacement});
}

bool ResolutionPlan::run_now(Exchange& exchange) const {
  return std::ranges::all_of(steps_, [&](const Step& step) {
    return step.replacement != nullptr ? (*step.replacement)(exchange) : step.dependency->resolve_now(exchange);
  });
}

Task<bool> ResolutionPlan::run(Exchange& exchange) const {
  for (const auto& [dependency, replacement] : steps_) {
    bool resolved = false;
    if (replacement != nullptr)
      resolved = (*replacement)(exchange);
    else if (dependency->resolve_now != nullptr)
      resolved = dependency->resolve_now(exchange);
    else
      resolved = co_await dependency->resolve_later(exchange);
    if (!resolved) co_return false;
  }
  co_return true;
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
