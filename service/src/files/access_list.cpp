#include "files/access_list.hpp"

#include <linux/posix_acl.h>
#include <linux/posix_acl_xattr.h>

#include <cstdint>

namespace cardea::service {
namespace {

constexpr std::size_t kHeaderSize = sizeof(posix_acl_xattr_header);
constexpr std::size_t kEntrySize = sizeof(posix_acl_xattr_entry);

struct Entry {
  std::uint32_t tag, permissions, id;
  bool reads() const noexcept { return (permissions & ACL_READ) != 0; }
};

// The least significant byte first, whatever the machine.
std::uint32_t number_in(std::string_view bytes) noexcept {
  std::uint32_t number = 0;
  for (std::size_t i = bytes.size(); i-- > 0;) number = number << 8 | static_cast<unsigned char>(bytes[i]);
  return number;
}

Entry take_entry(std::string_view& entries) noexcept {
  const Entry entry{number_in(entries.substr(0, 2)), number_in(entries.substr(2, 2)), number_in(entries.substr(4, 4))};
  entries.remove_prefix(kEntrySize);
  return entry;
}

bool mask_reads(std::string_view entries) noexcept {
  while (!entries.empty()) {
    const auto entry = take_entry(entries);
    if (entry.tag == ACL_MASK) return entry.reads();
  }
  return true;
}

bool names_another(const Entry& entry, uid_t self) noexcept {
  return entry.tag == ACL_GROUP_OBJ || entry.tag == ACL_GROUP || (entry.tag == ACL_USER && entry.id != self);
}

}  // namespace

bool lets_others_read(std::string_view access_list, uid_t self) noexcept {
  if (access_list.size() < kHeaderSize || (access_list.size() - kHeaderSize) % kEntrySize != 0) return true;
  if (number_in(access_list.substr(0, kHeaderSize)) != POSIX_ACL_XATTR_VERSION) return true;
  auto entries = access_list.substr(kHeaderSize);
  const bool masked_read = mask_reads(entries);
  while (!entries.empty()) {
    const auto entry = take_entry(entries);
    if (entry.tag == ACL_OTHER && entry.reads()) return true;
    if (names_another(entry, self) && entry.reads() && masked_read) return true;
  }
  return false;
}

}  // namespace cardea::service
