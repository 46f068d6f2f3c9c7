// libcurl's handles, released by their owners.
#pragma once

#include <curl/curl.h>

#include <memory>
#include <string>

namespace cardea::web {

template <auto release>
struct CurlRelease {
  template <class T>
  void operator()(T* handle) const noexcept {
    release(handle);
  }
};

using CurlEasy = std::unique_ptr<CURL, CurlRelease<curl_easy_cleanup>>;
using CurlMulti = std::unique_ptr<CURLM, CurlRelease<curl_multi_cleanup>>;
using CurlUrl = std::unique_ptr<CURLU, CurlRelease<curl_url_cleanup>>;
using CurlText = std::unique_ptr<char, CurlRelease<curl_free>>;

// Never null; std::bad_alloc instead.
CurlEasy new_curl_easy();
CurlMulti new_curl_multi();

// Header lines of a request.
class CurlLines {
 public:
  void add(const std::string& line);
  curl_slist* get() const noexcept { return lines_.get(); }

 private:
  std::unique_ptr<curl_slist, CurlRelease<curl_slist_free_all>> lines_;
};

}  // namespace cardea::web
