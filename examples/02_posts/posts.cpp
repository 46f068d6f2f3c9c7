#include "posts.hpp"

#include <algorithm>

namespace blog {

Post Posts::publish(const std::string& author, const NewPost& post) {
  const std::scoped_lock lock(mutex_);
  posts_.push_back({++last_id_, author, post.title, post.text, post.visibility.value_or(Visibility::everyone)});
  return posts_.back();
}

std::optional<Post> Posts::find(std::int64_t id) const {
  const std::scoped_lock lock(mutex_);
  const auto found = std::ranges::find(posts_, id, &Post::id);
  return found == posts_.end() ? std::nullopt : std::optional{*found};
}

std::vector<Post> Posts::list(std::size_t limit, const std::optional<std::string>& word, bool for_members) const {
  const std::scoped_lock lock(mutex_);
  std::vector<Post> listed;
  for (auto post = posts_.rbegin(); post != posts_.rend() && listed.size() < limit; ++post) {
    const bool visible = for_members || post->visibility == Visibility::everyone;
    const bool wanted = !word || post->title.contains(*word) || post->text.contains(*word);
    if (visible && wanted) listed.push_back(*post);
  }
  return listed;
}

void Posts::remove(std::int64_t id) {
  const std::scoped_lock lock(mutex_);
  std::erase_if(posts_, [id](const Post& post) { return post.id == id; });
}

}  // namespace blog
