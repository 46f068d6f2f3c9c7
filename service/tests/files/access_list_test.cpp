#include "files/access_list.hpp"

#include <gtest/gtest.h>

#include <cardea/core/base/hex.hpp>
#include <string>

namespace cardea::service {
namespace {

constexpr uid_t kSelf = 1234;

bool lets_others_read_hex(std::string_view list, uid_t self = kSelf) {
  return lets_others_read(from_hex(list).value(), self);
}

// The lists were made by setfacl on a file of mode 0400, with the arguments beside them, and read from the attribute.

TEST(AccessList, LetsNobodyElseReadWhenItNamesWhoAsks) {
  // -m u:1234:r, as systemd does it for a service of the user 1234
  constexpr std::string_view list =
      "0200000001000400ffffffff02000400d204000004000000ffffffff10000400ffffffff20000000ffffffff";
  EXPECT_FALSE(lets_others_read_hex(list));
  EXPECT_TRUE(lets_others_read_hex(list, 1235));
}

TEST(AccessList, LetsOthersReadWhenItNamesAnotherUserOrAGroup) {
  for (const std::string_view list : {
           // -m u:1234:r,u:1235:r
           "0200000001000400ffffffff02000400d204000002000400d304000004000000ffffffff10000400ffffffff20000000ffffffff",
           // -m u:1234:r,g:77:r
           "0200000001000400ffffffff02000400d204000004000000ffffffff080004004d00000010000400ffffffff20000000ffffffff",
           // -m u:1234:r,g::r
           "0200000001000400ffffffff02000400d204000004000400ffffffff10000400ffffffff20000000ffffffff",
           // -m u:1234:r,o::r
           "0200000001000400ffffffff02000400d204000004000000ffffffff10000400ffffffff20000400ffffffff",
       }) {
    EXPECT_TRUE(lets_others_read_hex(list)) << list;
  }
}

TEST(AccessList, LetsNobodyElseReadWhomItNamesWithoutThatRightOrAgainstItsMask) {
  for (const std::string_view list : {
           // -m u:1234:r,g:77:-
           "0200000001000400ffffffff02000400d204000004000000ffffffff080000004d00000010000400ffffffff20000000ffffffff",
           // -m u:1235:w,u:1234:r
           "0200000001000400ffffffff02000400d204000002000200d304000004000000ffffffff10000600ffffffff20000000ffffffff",
           // -n -m u:1234:r,g:77:r,m::-
           "0200000001000400ffffffff02000400d204000004000000ffffffff080004004d00000010000000ffffffff20000000ffffffff",
       }) {
    EXPECT_FALSE(lets_others_read_hex(list)) << list;
  }
}

TEST(AccessList, CountsAsLettingOthersReadWhenItIsNone) {
  for (const std::string_view list : {"", "020000", "0300000001000400ffffffff", "0200000001000400ffffff"}) {
    EXPECT_TRUE(lets_others_read_hex(list)) << list;
  }
}

}  // namespace
}  // namespace cardea::service
