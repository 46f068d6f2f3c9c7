#include <cardea/core/base/error.hpp>
#include <cardea/web/errors/errors_page.hpp>
#include <cardea/web/errors/status_of.hpp>
#include <map>

namespace cardea::web {
namespace {

constexpr std::string_view kIntroduction = R"(# Errors

<!-- Generated from core/include/cardea/core/base/error_codes.def; do not edit. -->

Every error of every route, the server's own included, has one shape:

```json
{
  "error": {
    "message": "Invalid or expired token",
    "status": 401,
    "path": "/me",
    "code": "token_invalid",
    "request_id": "5f0c6e1b7a9d4c52"
  }
}
```

- `message` is for people, `code` for programs: codes are stable and only ever added.
- `request_id` is also the `X-Request-Id` header, and what the server's log has.
- 422 adds `fields`: `[{"where": "/body/title", "reason": "is missing"}]`. A value that was sent is never in there.
- With `Accept: application/problem+json` the same facts come as problem details (RFC 9457): `type`, `title`, `detail`,
  `status`, `instance`, `code`, `request_id` and `fields`.
- 401 has `WWW-Authenticate: Bearer`, with `error="invalid_token"` when a token was presented; 403 has
  `error="insufficient_scope"` (RFC 6750). 405 has `Allow`; 429 and 503 have `Retry-After`.
- The endpoints of OAuth 2 alone answer as RFC 6749 has it, which is what standard clients read: [oauth.md](oauth.md#errors).

Some codes say how an operation failed inside the program: the command line and the log show them, a client reads the
code in brackets.
)";

std::string row(ErrorCode code) {
  const auto shown = public_code_of(code);
  std::string name = '`' + std::string(name_of(code)) + '`';
  if (shown != code) name += " (`" + std::string(name_of(shown)) + "`)";
  return "| " + name + " | " + std::string(default_text_of(shown)) + " | " + std::string(meaning_of(code)) + " |\n";
}

}  // namespace

std::string errors_page() {
  std::map<unsigned, std::string> rows;
  for (const auto code : all_error_codes()) rows[status_of(code)] += row(code);
  std::string page(kIntroduction);
  for (const auto& [status, lines] : rows) {
    page += "\n## " + std::to_string(status) + ' ' + std::string(reason_phrase(status)) +
            "\n\n| code | message, unless a route says more | when, and what to do |\n| --- | --- | --- |\n" + lines;
  }
  return page;
}

}  // namespace cardea::web
