// expect: compiles
#include <cardea/web/app_with.hpp>

using namespace cardea::web;

inline constexpr auto kCatalogue = cardea::catalogue(
    {{"posts:write", "Publish posts"}, {"posts:review", "Review posts"}, {"letters:read", "Read others' letters"}},
    {{"editor", "posts:*"}});

void add_routes(AppWith<kCatalogue>& app) {
  app.get<"/a">([](RequireAny<"posts:write", "posts:review"> caller) { return caller->subject; });
  app.post<"/b">([](AllowingApiKeys<RequireAll<"posts:write", "posts:review">> caller) { return caller->subject; });
  app.put<"/users/{id}/letters">([](RequireOwner<"id", "letters:read"> caller) { return caller->username; });
  app.patch<"/c">([](RequireRole<"editor"> caller) { return caller->username; });
  app.delete_<"/users/{id}">([](RequireOwner<"id"> caller) { return caller->username; });
}
