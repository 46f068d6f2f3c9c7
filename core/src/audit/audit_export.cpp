#include <boost/json/object.hpp>
#include <cardea/core/audit/audit_export.hpp>
#include <cardea/core/base/json_text.hpp>
#include <cardea/core/base/strict_json.hpp>
#include <cstdint>

namespace cardea {
namespace {

class ObjectText {
 public:
  ObjectText& add(std::string_view name, std::string_view value) {
    start(name);
    append_json_string(text_, value);
    return *this;
  }
  ObjectText& add(std::string_view name, std::uint64_t value) { return add_raw(name, std::to_string(value)); }
  ObjectText& add_raw(std::string_view name, std::string_view json) {
    start(name);
    text_ += json;
    return *this;
  }
  std::string text() const { return text_ + '}'; }

 private:
  void start(std::string_view name) {
    text_ += text_.empty() ? '{' : ',';
    append_json_string(text_, name);
    text_ += ':';
  }

  std::string text_;
};

std::string json_of(const std::optional<AuditCheckpoint>& checkpoint) {
  if (!checkpoint) return "null";
  return ObjectText{}
      .add("sequence", checkpoint->head.sequence)
      .add("hash", checkpoint->head.hash)
      .add("at", to_rfc3339(checkpoint->at))
      .add("signer", checkpoint->signer)
      .add("signature", checkpoint->signature)
      .text();
}

std::unexpected<Error> no_checkpoint() {
  return failure(ErrorCode::invalid_request,
                 PublicText{"Not a checkpoint: give the line of the log, or the last line of an export, that has one"});
}

std::optional<std::string> text_in(const boost::json::object& members, std::string_view name) {
  const auto* const value = members.if_contains(name);
  if (value == nullptr || !value->is_string()) return std::nullopt;
  return std::string(value->as_string());
}

}  // namespace

std::string audit_export_line(const AuditRecord& record) {
  return ObjectText{}
      .add("sequence", record.sequence)
      .add("at", to_rfc3339(record.at))
      .add("until", to_rfc3339(record.until))
      .add("count", record.count)
      .add("event", record.event)
      .add("reason", record.reason)
      .add("subject", record.subject)
      .add("address", record.address)
      .add("request_id", record.request_id)
      .add("previous", record.previous)
      .add("hash", record.hash)
      .text();
}

std::string audit_export_head(const std::optional<AuditCheckpoint>& anchor) {
  return ObjectText{}.add("format", "cardea-audit-1").add_raw("anchor", json_of(anchor)).text();
}

std::string audit_export_end(const std::optional<AuditCheckpoint>& checkpoint) {
  return ObjectText{}.add_raw("checkpoint", json_of(checkpoint)).text();
}

Result<AuditCheckpoint> parse_audit_checkpoint(std::string_view json) {
  const auto value = parse_strict_json(json);
  if (!value || !value->is_object()) return no_checkpoint();
  const auto* const checkpoint = value->as_object().if_contains("checkpoint");
  if (checkpoint == nullptr || !checkpoint->is_object()) return no_checkpoint();
  const auto& members = checkpoint->as_object();
  const auto* const sequence = members.if_contains("sequence");
  if (sequence == nullptr || !sequence->is_int64() || sequence->as_int64() < 0) return no_checkpoint();
  const auto at = parse_instant(text_in(members, "at").value_or(""));
  auto hash = text_in(members, "hash");
  auto signer = text_in(members, "signer");
  auto signature = text_in(members, "signature");
  if (!at || !hash || !signer || !signature) return no_checkpoint();
  return AuditCheckpoint{.head = {static_cast<std::uint64_t>(sequence->as_int64()), *std::move(hash)},
                         .at = *at,
                         .signer = *std::move(signer),
                         .signature = *std::move(signature)};
}

}  // namespace cardea
