// The files of the documentation pages, embedded in the program. `docs.html` and `redoc.html` are served where the
// OpenAPI document's neighbours are (`/docs`, `/redoc` beside `/openapi.json`); they name every other file as
// `docs/<name>` relative to themselves, and work under the policy below.
#pragma once

#include <span>
#include <string_view>

namespace cardea::web {

struct Asset {
  std::string_view name;        // the file's name, "docs.html"
  std::string_view media_type;  // a complete Content-Type
  std::string_view bytes;
  std::string_view etag;  // a strong entity tag with its quotes (RFC 9110 section 8.8.3), from the content
};

std::span<const Asset> docs_assets() noexcept;

// What the pages may do: their own scripts, styles, images and calls to their own host, and nothing else.
inline constexpr std::string_view docs_content_security_policy =
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src "
    "'self'; "
    "font-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

}  // namespace cardea::web
