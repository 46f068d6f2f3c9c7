#include <boost/describe/enum.hpp>
#include <cardea/core/audit/audit_store.hpp>
#include <cardea/service/routes/admin_audit.hpp>
#include <charconv>
#include <cstdint>
#include <limits>

namespace cardea::service {
namespace {

BOOST_DEFINE_ENUM_CLASS(Outcome, done, refused)

using MayRead = web::AllowingApiKeys<web::RequirePermission<"audit:read">>;
using OptionalText = std::optional<std::string>;

// What is asked for, as parameters of the query.
struct AskedFor {
  AuditFilter filter;

  static Result<AskedFor> resolve(const web::Query<"since", std::optional<Instant>>& since,
                                  const web::Query<"until", std::optional<Instant>>& until,
                                  const web::Query<"event", OptionalText>& event,
                                  const web::Query<"subject", OptionalText>& subject,
                                  const web::Query<"address", OptionalText>& address,
                                  const web::Query<"outcome", std::optional<Outcome>>& outcome) {
    if (*event && !parse_audit_action(**event)) {
      return failure(web::invalid_value("/query", "event", "is no event of the audit log"));
    }
    AskedFor asked{.filter = {*since, *until, *event, *subject, *address, std::nullopt}};
    if (*outcome) asked.filter.outcome = **outcome == Outcome::done ? AuditOutcome::done : AuditOutcome::refused;
    return asked;
  }
};

// The row before which the page begins.
struct Cursor {
  std::optional<std::uint64_t> before;

  static Result<Cursor> resolve(const web::Query<"cursor", OptionalText>& cursor) {
    if (!*cursor) return Cursor{};
    const std::string_view text = **cursor;
    std::uint64_t before = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), before);
    constexpr std::uint64_t kLast = std::numeric_limits<std::int64_t>::max();
    if (error != std::errc{} || end != text.data() + text.size() || before > kLast) {
      return failure(web::invalid_value("/query", "cursor", "is not the `next` of a page"));
    }
    return Cursor{before};
  }
};

Result<AuditListing> list(const MayRead&, const AskedFor& asked, const Cursor& cursor,
                          web::Query<"limit", web::Ranged<int, 1, 200>, 50> limit, web::Use<AuditStore> store) {
  const auto page = store->page(asked.filter, cursor.before, static_cast<std::size_t>(limit->value));
  if (!page) return failure(page.error());
  AuditListing listing;
  for (const auto& record : page->records) listing.items.push_back(AuditView::of(record));
  if (page->next) listing.next = std::to_string(*page->next);
  return listing;
}

}  // namespace

AuditView AuditView::of(const AuditRecord& record) {
  return {.sequence = record.sequence,
          .at = record.at,
          .until = record.until,
          .count = record.count,
          .event = record.event,
          .outcome = record.reason.empty() ? "done" : "refused",
          .reason = record.reason.empty() ? std::nullopt : std::optional{record.reason},
          .subject = record.subject,
          .address = record.address,
          .request_id = record.request_id,
          .hash = record.hash};
}

void add_admin_audit(web::App& app) {
  app.get<"/admin/audit">(list)
      .blocking()
      .tag("administration")
      .summary("List what has happened, the last events first")
      .description(
          "Equal failures of one source within a minute are one row with a count. `cardea audit verify` checks that no "
          "row was changed, removed or put in.");
}

}  // namespace cardea::service
