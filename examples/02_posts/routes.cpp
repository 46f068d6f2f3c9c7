#include "routes.hpp"

#include "posts.hpp"

namespace blog {
namespace {

using namespace cardea::web;
using cardea::ErrorCode;
using cardea::failure;
using cardea::Result;

Result<Post> existing(const Posts& posts, std::int64_t id) {
  auto post = posts.find(id);
  if (!post) return failure(ErrorCode::not_found, cardea::PublicText{"No such post"});
  return *post;
}

// [dependency]
// The post that the path names, for its author or an admin: whoever takes an OwnPost has been checked.
struct OwnPost {
  Post post;

  static Result<OwnPost> resolve(const CurrentUser& user, Path<"id", std::int64_t> id, Use<Posts> posts) {
    auto post = existing(*posts, *id);
    if (!post) return failure(post.error());
    if (post->author != user.username && user.role != "admin") {
      return failure(ErrorCode::permission_required, cardea::PublicText{"Requires the post's author"});
    }
    return OwnPost{std::move(*post)};
  }
};
// [/dependency]

}  // namespace

// [routes]
void add_routes(App& app) {
  app.get<"/posts">([](OptionalUser user, Query<"word", std::optional<std::string>> word,
                       Query<"limit", Ranged<int, 1, 200>, 50> limit, Use<Posts> posts) {
       return posts->list(static_cast<std::size_t>(limit->value), *word, bool{user});
     })
      .summary("List posts")
      .tag("posts");

  app.get<"/posts/{id}">([](Public, Path<"id", std::int64_t> id, Use<Posts> posts) { return existing(*posts, *id); })
      .summary("Read a post")
      .tag("posts");

  app.post<"/posts">([](CurrentUser author, const JsonBody<NewPost>& body, Use<Posts> posts) {
       auto post = posts->publish(author.username, *body);
       const auto location = "/posts/" + std::to_string(post.id);
       return Created<Post>{std::move(post), location};
     })
      .summary("Publish a post")
      .tag("posts");

  app.delete_<"/posts/{id}">([](const OwnPost& own, Use<Posts> posts) { posts->remove(own.post.id); })
      .summary("Delete your own post")
      .tag("posts");
}
// [/routes]

}  // namespace blog
