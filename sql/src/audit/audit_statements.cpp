#include "audit/audit_statements.hpp"

namespace cardea::sql {
namespace {

using soci::into;
using soci::use;

constexpr std::string_view kSelect =
    "SELECT sequence, first_at, last_at, event_count, event, reason, subject, address, request_id, previous_hash, hash "
    "FROM audit_events ";

long long microseconds_of(Instant instant) { return instant.time_since_epoch().count(); }
Instant instant_of(long long microseconds) { return Instant{std::chrono::microseconds{microseconds}}; }

}  // namespace

AuditRecord AuditRow::record() const {
  return {.sequence = static_cast<std::uint64_t>(sequence),
          .at = instant_of(first_at),
          .until = instant_of(last_at),
          .count = static_cast<std::uint64_t>(event_count),
          .event = event,
          .reason = reason,
          .subject = subject,
          .address = address,
          .request_id = request_id,
          .previous = previous_hash,
          .hash = hash};
}

AuditRow row_of(const AuditRecord& record) {
  AuditRow row;
  row.sequence = static_cast<long long>(record.sequence);
  row.first_at = microseconds_of(record.at);
  row.last_at = microseconds_of(record.until);
  row.event_count = static_cast<long long>(record.count);
  row.event = record.event;
  row.reason = record.reason;
  row.subject = record.subject;
  row.address = record.address;
  row.request_id = record.request_id;
  row.previous_hash = record.previous;
  row.hash = record.hash;
  return row;
}

AuditCheckpoint AuditMarkRow::checkpoint() const {
  return {.head = head(), .at = instant_of(signed_at), .signer = signer, .signature = signature};
}

AuditMarkRow row_of(std::string_view name, const AuditCheckpoint& checkpoint) {
  AuditMarkRow row;
  row.name = name;
  row.sequence = static_cast<long long>(checkpoint.head.sequence);
  row.hash = checkpoint.head.hash;
  row.signed_at = microseconds_of(checkpoint.at);
  row.signer = checkpoint.signer;
  row.signature = checkpoint.signature;
  return row;
}

soci::details::prepare_temp_type select_audit(soci::session& session, AuditRow& row, const std::string& filter) {
  auto prepared = session.prepare << kSelect << filter;
  prepared, into(row.sequence), into(row.first_at), into(row.last_at), into(row.event_count), into(row.event),
      into(row.reason), into(row.subject), into(row.address), into(row.request_id), into(row.previous_hash),
      into(row.hash);
  return prepared;
}

AuditStatements::AuditStatements(soci::session& session)
    : marks((session.prepare << "SELECT name, sequence, hash, signed_at, signer, signature FROM audit_marks",
             into(mark_row.name), into(mark_row.sequence), into(mark_row.hash), into(mark_row.signed_at),
             into(mark_row.signer), into(mark_row.signature))),
      move_head((session.prepare << "UPDATE audit_marks SET sequence = :sequence, hash = :hash WHERE name = 'head' "
                                    "AND sequence = :old_sequence AND hash = :old_hash RETURNING name",
                 use(mark.sequence), use(mark.hash), use(expected.sequence), use(expected.hash), into(mark_row.name))),
      add((session.prepare << "INSERT INTO audit_events (sequence, first_at, last_at, event_count, event, reason, "
                              "subject, address, request_id, previous_hash, hash) VALUES (:sequence, :first_at, "
                              ":last_at, :event_count, :event, :reason, :subject, :address, :request_id, "
                              ":previous_hash, :hash)",
           use(input.sequence), use(input.first_at), use(input.last_at), use(input.event_count), use(input.event),
           use(input.reason), use(input.subject), use(input.address), use(input.request_id), use(input.previous_hash),
           use(input.hash))),
      set_checkpoint((session.prepare << "INSERT INTO audit_marks (name, sequence, hash, signed_at, signer, signature) "
                                         "VALUES ('checkpoint', :sequence, :hash, :signed_at, :signer, :signature) "
                                         "ON CONFLICT (name) DO UPDATE SET sequence = excluded.sequence, "
                                         "hash = excluded.hash, signed_at = excluded.signed_at, "
                                         "signer = excluded.signer, signature = excluded.signature",
                      use(mark.sequence), use(mark.hash), use(mark.signed_at), use(mark.signer), use(mark.signature))),
      move_anchor((session.prepare << "INSERT INTO audit_marks (name, sequence, hash, signed_at, signer, signature) "
                                      "VALUES ('anchor', :sequence, :hash, :signed_at, :signer, :signature) "
                                      "ON CONFLICT (name) DO UPDATE SET sequence = excluded.sequence, "
                                      "hash = excluded.hash, signed_at = excluded.signed_at, "
                                      "signer = excluded.signer, signature = excluded.signature "
                                      "WHERE audit_marks.sequence < excluded.sequence RETURNING name",
                   use(mark.sequence), use(mark.hash), use(mark.signed_at), use(mark.signer), use(mark.signature),
                   into(mark_row.name))),
      remove((session.prepare << "DELETE FROM audit_events WHERE sequence <= :sequence", use(mark.sequence))),
      replace_signature((session.prepare << "UPDATE audit_marks SET signed_at = :signed_at, signer = :signer, "
                                            "signature = :signature WHERE name = :name AND sequence = :sequence "
                                            "AND hash = :hash AND signature = :old_signature RETURNING name",
                         use(mark.signed_at), use(mark.signer), use(mark.signature), use(mark.name), use(mark.sequence),
                         use(mark.hash), use(expected.signature), into(mark_row.name))),
      read((select_audit(session, row, "WHERE sequence > :after ORDER BY sequence LIMIT :limit"), use(after),
            use(limit))) {}

}  // namespace cardea::sql
