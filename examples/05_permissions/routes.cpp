#include "routes.hpp"

namespace newsroom {

using namespace cardea::web;

// [routes]
void add_routes(App& app) {
  app.post<"/articles">([](RequirePermission<"articles:write"> author) { return "Written by " + author->subject; })
      .summary("Write an article");

  app.post<"/articles/{id}/publish">([](RequireAll<"articles:write", "articles:publish"> editor,
                                        Path<"id", std::int64_t>) { return "Published by " + editor->subject; })
      .summary("Let an article go out");

  app.get<"/drafts">([](RequireAny<"articles:publish", "audit:read"> reader) { return "Shown to " + reader->subject; })
      .summary("List what is not out yet");

  app.get<"/users/{id}/letters">(
         [](RequireOwner<"id", "letters:read"> reader) { return "Letters, for " + reader->username; })
      .summary("Read a user's letters");

  app.get<"/desk">([](RequireRole<"author"> author) { return "The desk of " + author->username; })
      .summary("For authors, and whoever is one by another role");
}
// [/routes]

}  // namespace newsroom
