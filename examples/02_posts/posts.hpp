// Posts in memory: what the routes of this example work on. Thread-safe.
#pragma once

#include <cardea/web/json/json_codec.hpp>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace blog {

// [body]
BOOST_DEFINE_ENUM_CLASS(Visibility, everyone, members)

struct NewPost {
  cardea::web::Text<1, 80> title;
  cardea::web::Text<0, 10'000> text;
  std::optional<Visibility> visibility;
};
BOOST_DESCRIBE_STRUCT(NewPost, (), (title, text, visibility))
// [/body]

struct Post {
  std::int64_t id = 0;
  std::string author;
  std::string title;
  std::string text;
  Visibility visibility = Visibility::everyone;
};
BOOST_DESCRIBE_STRUCT(Post, (), (id, author, title, text, visibility))

class Posts {
 public:
  Post publish(const std::string& author, const NewPost& post);
  std::optional<Post> find(std::int64_t id) const;
  // The newest first; those for members only if asked for.
  std::vector<Post> list(std::size_t limit, const std::optional<std::string>& word, bool for_members) const;
  void remove(std::int64_t id);

 private:
  mutable std::mutex mutex_;
  std::vector<Post> posts_;
  std::int64_t last_id_ = 0;
};

}  // namespace blog
