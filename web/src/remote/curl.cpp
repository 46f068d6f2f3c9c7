#include "remote/curl.hpp"

#include <new>

namespace cardea::web {
namespace {

// Once a process, and never undone: other users of libcurl may live longer.
bool is_ready() {
  static const bool ready = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  return ready;
}

template <class Owner>
Owner owned(Owner owner) {
  if (!owner) throw std::bad_alloc();
  return owner;
}

}  // namespace

CurlEasy new_curl_easy() { return owned(CurlEasy(is_ready() ? curl_easy_init() : nullptr)); }

CurlMulti new_curl_multi() { return owned(CurlMulti(is_ready() ? curl_multi_init() : nullptr)); }

void CurlLines::add(const std::string& line) {
  curl_slist* const longer = curl_slist_append(lines_.get(), line.c_str());
  if (longer == nullptr) throw std::bad_alloc();
  static_cast<void>(lines_.release());
  lines_.reset(longer);
}

}  // namespace cardea::web
