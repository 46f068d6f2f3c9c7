#include <algorithm>
#include <array>
#include <atomic>
#include <cardea/web/http/headers.hpp>
#include <cardea/web/remote/https_key_set_fetcher.hpp>
#include <new>
#include <stdexcept>
#include <vector>

#include "remote/curl.hpp"
#include "remote/freshness.hpp"

namespace cardea::web {
namespace {

constexpr std::size_t kLargestHead = 16UL * 1024;
constexpr std::size_t kLongestEtag = 256;
constexpr int kPollMilliseconds = 1000;
constexpr long kOk = 200;
constexpr long kNotModified = 304;

// entity-tag of RFC 9110 section 8.8.3, in ASCII.
bool is_etag(std::string_view text) {
  if (text.size() > kLongestEtag) return false;
  if (text.starts_with("W/")) text.remove_prefix(2);
  if (text.size() < 2 || text.front() != '"' || text.back() != '"') return false;
  const auto is_etag_character = [](char c) { return c > ' ' && c <= '~' && c != '"'; };
  return std::ranges::all_of(text.substr(1, text.size() - 2), is_etag_character);
}

bool is_json_type(std::string_view value) {
  auto type = value.substr(0, value.find(';'));
  type = type.substr(0, type.find_last_not_of(" \t") + 1);
  return equal_ignoring_case(type, "application/json") || equal_ignoring_case(type, "application/jwk-set+json");
}

// What comes in during a transfer, cut where it is too much.
struct Received {
  std::size_t largest_body;
  std::string body = {};
  std::size_t head_size = 0;
  bool body_is_too_large = false;
  std::array<char, CURL_ERROR_SIZE> problem = {};

  bool head_is_too_large() const { return head_size > kLargestHead; }
};

std::size_t on_head(const char*, std::size_t, std::size_t size, void* user) noexcept {
  auto& received = *static_cast<Received*>(user);
  received.head_size += size;
  return received.head_is_too_large() ? 0 : size;
}

std::size_t on_body(const char* bytes, std::size_t, std::size_t size, void* user) noexcept {
  auto& received = *static_cast<Received*>(user);
  received.body_is_too_large |= size > received.largest_body - received.body.size();
  if (received.body_is_too_large) return 0;
  try {
    received.body.append(bytes, size);
    return size;
  } catch (const std::bad_alloc&) {
    return 0;
  }
}

template <class Value>
void set(const CurlEasy& easy, CURLoption option, Value value) {
  if (curl_easy_setopt(easy.get(), option, value) != CURLE_OK)
    throw std::runtime_error("libcurl lacks what this needs");
}

void set_limits(const CurlEasy& easy, const HttpsKeySetFetcherOptions& options) {
  // Zero would be no limit.
  const auto limit = [](std::chrono::milliseconds time) { return static_cast<long>(std::max(time.count(), 1L)); };
  set(easy, CURLOPT_CONNECTTIMEOUT_MS, limit(options.connect_limit));
  set(easy, CURLOPT_TIMEOUT_MS, limit(options.whole_limit));
  set(easy, CURLOPT_NOSIGNAL, 1L);
#if LIBCURL_VERSION_NUM >= 0x075700
  // A look-up of a name that hangs must not keep its thread waiting when the time is over.
  set(easy, CURLOPT_QUICK_EXIT, 1L);
#endif
}

void set_trust(const CurlEasy& easy, const HttpsKeySetFetcherOptions& options) {
  set(easy, CURLOPT_SSL_VERIFYPEER, 1L);
  set(easy, CURLOPT_SSL_VERIFYHOST, 2L);
  set(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  if (!options.ca_file) return;
  set(easy, CURLOPT_CAINFO, options.ca_file->c_str());
  set(easy, CURLOPT_CAPATH, static_cast<const char*>(nullptr));
}

void set_target(const CurlEasy& easy, const KeySetUrl& url) {
  set(easy, CURLOPT_URL, url.text().c_str());
  set(easy, CURLOPT_PROTOCOLS_STR, url.text().starts_with("https:") ? "https" : "http");
  set(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  set(easy, CURLOPT_FOLLOWLOCATION, 0L);
  set(easy, CURLOPT_PROXY, "");
  set(easy, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  set(easy, CURLOPT_FORBID_REUSE, 1L);
  set(easy, CURLOPT_USERAGENT, "cardea/" CARDEA_VERSION);
}

void set_receiver(const CurlEasy& easy, Received& received) {
  set(easy, CURLOPT_HEADERFUNCTION, &on_head);
  set(easy, CURLOPT_HEADERDATA, &received);
  set(easy, CURLOPT_WRITEFUNCTION, &on_body);
  set(easy, CURLOPT_WRITEDATA, &received);
  set(easy, CURLOPT_ERRORBUFFER, received.problem.data());
}

CurlLines request_headers(std::string_view etag) {
  CurlLines lines;
  lines.add("Accept: application/jwk-set+json, application/json");
  // A cache on the way has to ask whether what it has is still right: an unknown key may be the reason of this request.
  lines.add("Cache-Control: no-cache");
  if (is_etag(etag)) lines.add("If-None-Match: " + std::string(etag));
  return lines;
}

// The values of the final answer's fields of that name; not those of an interim answer or a trailer.
std::vector<std::string_view> fields_of(const CurlEasy& easy, const char* name) {
  std::vector<std::string_view> values;
  curl_header* field = nullptr;
  while (curl_easy_header(easy.get(), name, values.size(), CURLH_HEADER, -1, &field) == CURLHE_OK) {
    values.emplace_back(field->value);
  }
  return values;
}

long status_of(const CurlEasy& easy) {
  long status = 0;
  static_cast<void>(curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &status));
  return status;
}

}  // namespace

class HttpsKeySetFetcher::Transfer {
 public:
  Result<FetchedKeySet> run(const KeySetUrl& url, const HttpsKeySetFetcherOptions& options, std::string_view etag) {
    const CurlLines headers = request_headers(etag);
    Received received{.largest_body = options.largest_body};
    const CurlEasy easy = new_curl_easy();
    set_target(easy, url);
    set_trust(easy, options);
    set_limits(easy, options);
    set(easy, CURLOPT_HTTPHEADER, headers.get());
    set_receiver(easy, received);
    const CURLcode outcome = perform(easy);
    if (const auto why = problem_of(easy, outcome, received); !why.empty()) {
      return failure(ErrorCode::key_set_unavailable, PrivateText{url.text() + ": " + why});
    }
    return read(easy, std::move(received.body));
  }

  void interrupt() noexcept {
    is_interrupted_ = true;
    static_cast<void>(curl_multi_wakeup(multi_.get()));
  }

 private:
  // Empty if the answer is one that counts.
  std::string problem_of(const CurlEasy& easy, CURLcode outcome, const Received& received) const {
    if (is_interrupted_) return "interrupted";
    const long status = status_of(easy);
    if (status != 0 && status != kOk && status != kNotModified) return "answered " + std::to_string(status);
    if (received.head_is_too_large()) return "the head of the answer is too large";
    if (received.body_is_too_large) return "more than " + std::to_string(received.largest_body) + " bytes";
    if (outcome != CURLE_OK) return received.problem[0] != '\0' ? received.problem.data() : curl_easy_strerror(outcome);
    const auto types = fields_of(easy, "Content-Type");
    if (status == kOk && (types.size() != 1 || !is_json_type(types[0]))) return "its content type is not JSON";
    return {};
  }

  static FetchedKeySet read(const CurlEasy& easy, std::string body) {
    FetchedKeySet fetched{.not_modified = status_of(easy) == kNotModified, .body = std::move(body)};
    const auto etags = fields_of(easy, "ETag");
    if (etags.size() == 1 && is_etag(etags[0])) fetched.etag = etags[0];
    fetched.max_age = freshness_of(fields_of(easy, "Cache-Control"), fields_of(easy, "Age"));
    return fetched;
  }

  // As curl_easy_perform, but can be woken from outside.
  CURLcode perform(const CurlEasy& easy) {
    if (curl_multi_add_handle(multi_.get(), easy.get()) != CURLM_OK) return CURLE_FAILED_INIT;
    CURLcode outcome = CURLE_ABORTED_BY_CALLBACK;
    int running = 1;
    while (running != 0 && !is_interrupted_) {
      if (curl_multi_perform(multi_.get(), &running) != CURLM_OK) break;
      if (running != 0) static_cast<void>(curl_multi_poll(multi_.get(), nullptr, 0, kPollMilliseconds, nullptr));
    }
    int left = 0;
    if (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) outcome = message->data.result;
    static_cast<void>(curl_multi_remove_handle(multi_.get(), easy.get()));
    return outcome;
  }

  const CurlMulti multi_ = new_curl_multi();
  std::atomic<bool> is_interrupted_ = false;
};

HttpsKeySetFetcher::HttpsKeySetFetcher(KeySetUrl url, HttpsKeySetFetcherOptions options)
    : url_(std::move(url)), options_(std::move(options)), transfer_(std::make_unique<Transfer>()) {}

HttpsKeySetFetcher::~HttpsKeySetFetcher() = default;

Result<FetchedKeySet> HttpsKeySetFetcher::fetch(std::string_view etag) {
  try {
    return transfer_->run(url_, options_, etag);
  } catch (const std::exception& exception) {
    return failure(ErrorCode::key_set_unavailable, PrivateText{url_.text() + ": " + exception.what()});
  }
}

void HttpsKeySetFetcher::interrupt() noexcept { transfer_->interrupt(); }

}  // namespace cardea::web
