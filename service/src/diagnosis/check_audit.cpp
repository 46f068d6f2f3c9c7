#include "diagnosis/check_audit.hpp"

#include "diagnosis/findings.hpp"

namespace cardea::service {
namespace {

constexpr std::string_view kCheck = "audit log";
constexpr std::string_view kVerify = "run `cardea audit verify`, which names the first row that is wrong";

bool is_genuine(const AuditState& state, const AuditSigner& signer) {
  const auto& [head, end, start] = state;
  return signer.has_signed(AuditStatement::ends_here, *end) &&
         (!start || signer.has_signed(AuditStatement::starts_here, *start));
}

}  // namespace

Finding check_audit(const Result<AuditState>& state, const Result<AuditSigner>& signer) {
  if (!state) return problem(std::string(kCheck), state.error());
  const auto rows = "row " + std::to_string(state->head.sequence);
  if (!state->checkpoint) return ok(std::string(kCheck), "at " + rows + ", not signed yet");
  if (!signer) return problem(std::string(kCheck), signer.error());
  const auto& checkpoint = *state->checkpoint;
  if (!is_genuine(*state, *signer)) {
    return problem(std::string(kCheck), "what signed it is not this master key", std::string(kVerify));
  }
  if (checkpoint.head.sequence > state->head.sequence) {
    return problem(std::string(kCheck), "ends at " + rows + ", before what was signed", std::string(kVerify));
  }
  return ok(std::string(kCheck), "at " + rows + ", signed up to row " + std::to_string(checkpoint.head.sequence) +
                                     " at " + to_rfc3339(checkpoint.at) + "; `cardea audit verify` reads all of it");
}

}  // namespace cardea::service
