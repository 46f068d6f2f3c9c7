// The permissions that the routes of this layer require, and the two roles of the tutorial. An application that adds
// its own has the sum of both:
//
//   inline constexpr auto kCatalogue = cardea::service::kCatalogue + cardea::catalogue({{"posts:write", "..."}});
#pragma once

#include <cardea/core/access/catalogue.hpp>

namespace cardea::service {

inline constexpr auto kCatalogue = catalogue({{"users:read", "See accounts, their sessions and API keys"},
                                              {"users:write", "Make and change accounts, end their sessions"},
                                              {"roles:read", "See the roles and what they give"},
                                              {"roles:write", "Make and change roles"},
                                              {"clients:read", "See the OAuth clients"},
                                              {"clients:write", "Make and change OAuth clients"},
                                              {"keys:read", "See the keys that sign tokens"},
                                              {"keys:rotate", "Change the keys that sign tokens"},
                                              {"audit:read", "Read the audit log"},
                                              {"metrics:read", "Read what the server counts and measures"}},
                                             {{"admin", "*"}, {"user"}});

}  // namespace cardea::service
