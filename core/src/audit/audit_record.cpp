#include <algorithm>
#include <array>
#include <cardea/core/audit/audit_record.hpp>
#include <cardea/core/base/hex.hpp>
#include <cardea/core/base/json_text.hpp>

#include "audit/field_list.hpp"
#include "key/hash.hpp"

namespace cardea {
namespace {

constexpr std::string_view kVersion = "1";
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

std::string sha256_hex(std::string_view bytes) {
  std::array<char, Sha256::kSize> digest{};
  Sha256::State state;
  Sha256::start(state);
  Sha256::add(state, bytes);
  Sha256::finish(state, digest.data());
  return to_hex({digest.data(), digest.size()});
}

// The character at the front as it is stored, and how many bytes it was.
std::pair<std::string_view, std::size_t> storable_front(std::string_view text) {
  constexpr std::size_t kLongestCharacter = 4;
  for (std::size_t size = 1; size <= std::min(text.size(), kLongestCharacter); ++size) {
    const auto character = text.substr(0, size);
    if (!character.contains('\0') && is_utf8(character)) return {character, size};
  }
  return {kReplacement, 1};
}

std::string storable(std::string_view text) {
  if (text.size() <= AuditRecord::kLongestText && !text.contains('\0') && is_utf8(text)) return std::string(text);
  std::string stored;
  while (!text.empty()) {
    const auto [character, size] = storable_front(text);
    if (stored.size() + character.size() > AuditRecord::kLongestText) break;
    stored += character;
    text.remove_prefix(size);
  }
  return stored;
}

}  // namespace

AuditRecord record_after(const AuditHead& head, const FoldedEvent& folded) {
  const auto& [at, action, subject, origin, reason] = folded.event;
  AuditRecord record{.sequence = head.sequence + 1,
                     .at = at,
                     .until = folded.until,
                     .count = folded.count,
                     .event = std::string(name_of(action)),
                     .reason = reason ? std::string(name_of(*reason)) : std::string{},
                     .subject = storable(subject),
                     .address = storable(origin.address),
                     .request_id = storable(origin.request_id),
                     .previous = head.hash,
                     .hash = {}};
  record.hash = hash_of(record);
  return record;
}

std::string hash_of(const AuditRecord& record) {
  return sha256_hex(field_list({kVersion, std::to_string(record.sequence), to_rfc3339(record.at),
                                to_rfc3339(record.until), std::to_string(record.count), record.event, record.reason,
                                record.subject, record.address, record.request_id, record.previous}));
}

}  // namespace cardea
