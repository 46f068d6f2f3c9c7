#include <algorithm>
#include <cardea/web/security/permission_rule.hpp>

namespace cardea::web {
namespace {

using Names = std::span<const std::string_view>;

std::string joined(Names names, std::string_view between) {
  std::string text;
  for (const auto name : names) text.append(text.empty() ? "" : between).append(name);
  return text;
}

Done refused(const Principal& principal, std::string sentence, std::string scope, const RequestContext& context,
             UseIfProvided<AuditSink> audit) {
  if (audit)
    audit->record({context.received_at, AuditAction::access_denied, principal.subject, context.origin,
                   ErrorCode::permission_required});
  return failure(Error{ErrorCode::permission_required, PublicText{std::move(sentence)}}.with_scope(std::move(scope)));
}

}  // namespace

Done AllPermissions::check(const Principal& principal, Names permissions, const RequestContext& context,
                           UseIfProvided<AuditSink> audit) {
  const auto allowed = [&principal](std::string_view name) { return principal.permissions.allows(name); };
  if (std::ranges::all_of(permissions, allowed)) return {};
  std::vector<std::string_view> missing;
  std::ranges::remove_copy_if(permissions, std::back_inserter(missing), allowed);
  const auto* const kind = missing.size() == 1 ? "Requires permission: " : "Requires permissions: ";
  return refused(principal, kind + joined(missing, ", "), joined(missing, " "), context, audit);
}

void AllPermissions::describe(Operation& operation, Names permissions) {
  for (const auto name : permissions) {
    operation.requirements.push_back("permission " + std::string(name));
    operation.permissions.push_back({name});
  }
  operation.refusals.insert(403);
}

// One of them is enough, and RFC 6750's `scope` has no word for that: it names the first.
Done AnyPermission::check(const Principal& principal, Names permissions, const RequestContext& context,
                          UseIfProvided<AuditSink> audit) {
  const auto allowed = [&principal](std::string_view name) { return principal.permissions.allows(name); };
  if (std::ranges::any_of(permissions, allowed)) return {};
  return refused(principal, "Requires one of the permissions: " + joined(permissions, ", "),
                 std::string(permissions.front()), context, audit);
}

void AnyPermission::describe(Operation& operation, Names permissions) {
  operation.requirements.push_back("permission " + joined(permissions, " or "));
  operation.permissions.emplace_back(permissions.begin(), permissions.end());
  operation.refusals.insert(403);
}

}  // namespace cardea::web
