// POST /auth/refresh: a refresh token for the next pair of tokens.
#pragma once

#include <cardea/web/app.hpp>

namespace cardea::service {

// Uses a SessionIssuer. The token is in the body, urlencoded, multipart or JSON, or in the cookie that a login with
// refresh_cookie has set; then the next one is in the cookie, too. 403 for a cookie with a request of another site.
void add_refresh(web::App& app);

}  // namespace cardea::service
