#include <cardea/service/diagnosis/finding.hpp>
#include <utility>

namespace cardea::service {

std::string_view name_of(Verdict verdict) noexcept {
  switch (verdict) {
    case Verdict::ok: return "ok";
    case Verdict::warning: return "warning";
    case Verdict::problem: return "problem";
  }
  std::unreachable();
}

}  // namespace cardea::service
