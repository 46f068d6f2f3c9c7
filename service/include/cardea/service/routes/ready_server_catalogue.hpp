// The permissions and roles of the ready server.
#pragma once

#include <cardea/service/routes/catalogue.hpp>

namespace cardea::service {

// Open, since an organisation's roles also give the permissions of its other services.
inline constexpr auto kReadyServerCatalogue = kCatalogue.open();

}  // namespace cardea::service
