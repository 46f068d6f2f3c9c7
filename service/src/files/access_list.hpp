// POSIX access control lists (acl(5)), as Linux shows them in a file's extended attribute system.posix_acl_access.
#pragma once

#include <sys/types.h>

#include <string_view>

namespace cardea::service {

// Whether somebody else than the owner and `self` may read: the group, another user or group by name, or the world.
// With such a list the mode's group bits are but the most that it gives, and say nothing of who has it: systemd
// makes a credential readable to its service's user so. True for what is no such list.
bool lets_others_read(std::string_view access_list, uid_t self) noexcept;

}  // namespace cardea::service
