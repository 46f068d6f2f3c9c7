// The tutorial's service on Drogon and cjose, for bench/report.py. Both come from Debian 13: libdrogon-dev and
// libcjose-dev; jwt-cpp, which many would take, Debian does not have. Usage: main PORT THREADS; the HS256 secret is in
// PEER_SECRET. Ends on SIGTERM.
#include <cjose/cjose.h>
#include <crypt.h>
#include <drogon/drogon.h>
#include <jansson.h>

#include <array>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace {

using drogon::HttpRequestPtr;
using drogon::HttpResponse;
using drogon::HttpResponsePtr;
using drogon::HttpStatusCode;
using Answer = std::function<void(const HttpResponsePtr&)>;

constexpr std::chrono::seconds kLifetime = std::chrono::minutes{30};
constexpr unsigned kBcryptCost = 12;

struct Account {
  int id;
  std::string username;
  std::string role;
  std::string password_hash;
};

struct Release {
  void operator()(cjose_jwk_t* key) const noexcept { cjose_jwk_release(key); }
  void operator()(cjose_jws_t* token) const noexcept { cjose_jws_release(token); }
  void operator()(json_t* value) const noexcept { json_decref(value); }  // a header of cjose is one, too
};
template <typename Type>
using Owned = std::unique_ptr<Type, Release>;

std::string bcrypt(const std::string& password, const std::string& setting) {
  crypt_data work{};
  const char* hash = crypt_r(password.c_str(), setting.c_str(), &work);
  if (hash == nullptr || *hash == '*') throw std::runtime_error("bcrypt failed");
  return hash;
}

Account new_account(int id, const std::string& username, const std::string& password, const std::string& role) {
  std::array<char, CRYPT_GENSALT_OUTPUT_SIZE> work{};
  const char* setting = crypt_gensalt_rn("$2b$", kBcryptCost, nullptr, 0, work.data(), work.size());
  if (setting == nullptr) throw std::runtime_error("no salt");
  return {.id = id, .username = username, .role = role, .password_hash = bcrypt(password, setting)};
}

std::int64_t now() {
  return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

class Service {
 public:
  explicit Service(std::string_view secret) {
    for (Account account : {new_account(1, "alice", "alicepw", "admin"), new_account(2, "bob", "bobpw", "user")}) {
      std::string username = account.username;
      accounts_.emplace(std::move(username), std::move(account));
    }
    cjose_err error{};
    key_.reset(cjose_jwk_create_oct_spec(reinterpret_cast<const std::uint8_t*>(secret.data()), secret.size(), &error));
    header_.reset(cjose_header_new(&error));
    if (!key_ || !header_ || !cjose_header_set(header_.get(), CJOSE_HDR_ALG, CJOSE_HDR_ALG_HS256, &error)) {
      throw std::runtime_error(error.message);
    }
  }

  const Account* find(const std::string& username) const {
    const auto found = accounts_.find(username);
    return found == accounts_.end() ? nullptr : &found->second;
  }

  std::string token_for(const Account& account) const {
    const std::int64_t issued = now();
    const std::string claims = R"({"sub":")" + account.username + R"(","role":")" + account.role + R"(","iat":)" +
                               std::to_string(issued) + R"(,"exp":)" + std::to_string(issued + kLifetime.count()) + "}";
    cjose_err error{};
    const Owned<cjose_jws_t> token{cjose_jws_sign(
        key_.get(), header_.get(), reinterpret_cast<const std::uint8_t*>(claims.data()), claims.size(), &error)};
    const char* text = nullptr;  // the token's own
    if (!token || !cjose_jws_export(token.get(), &text, &error)) throw std::runtime_error(error.message);
    return text;
  }

  // Whom the request's token names; null and why there is none.
  std::pair<const Account*, const char*> current_user(const HttpRequestPtr& request) const {
    constexpr std::string_view kScheme = "Bearer ";
    const std::string& given = request->getHeader("authorization");
    if (given.size() < kScheme.size() || strncasecmp(given.data(), kScheme.data(), kScheme.size()) != 0) {
      return {nullptr, "Not authenticated"};
    }
    const Owned<json_t> claims = verified(std::string_view(given).substr(kScheme.size()));
    const char* subject = json_string_value(json_object_get(claims.get(), "sub"));
    if (subject == nullptr) return {nullptr, "Invalid or expired token"};
    return {find(subject), "User not found"};
  }

 private:
  // The claims of a token that is signed by the key with HS256 and has not expired; else null.
  Owned<json_t> verified(std::string_view text) const {
    cjose_err error{};
    const Owned<cjose_jws_t> token{cjose_jws_import(text.data(), text.size(), &error)};
    if (!token) return nullptr;
    const char* algorithm = cjose_header_get(cjose_jws_get_protected(token.get()), CJOSE_HDR_ALG, &error);
    if (algorithm == nullptr || std::string_view(algorithm) != CJOSE_HDR_ALG_HS256) return nullptr;
    std::uint8_t* payload = nullptr;  // the token's own
    std::size_t size = 0;
    if (!cjose_jws_verify(token.get(), key_.get(), &error) ||
        !cjose_jws_get_plaintext(token.get(), &payload, &size, &error)) {
      return nullptr;
    }
    Owned<json_t> claims{json_loadb(reinterpret_cast<const char*>(payload), size, 0, nullptr)};
    if (json_integer_value(json_object_get(claims.get(), "exp")) <= now()) return nullptr;
    return claims;
  }

  std::unordered_map<std::string, Account> accounts_;
  Owned<cjose_jwk_t> key_;
  Owned<cjose_header_t> header_;
};

HttpResponsePtr refusal(HttpStatusCode status, const std::string& message) {
  Json::Value body;
  body["message"] = message;
  HttpResponsePtr response = HttpResponse::newHttpJsonResponse(std::move(body));
  response->setStatusCode(status);
  if (status == drogon::k401Unauthorized) response->addHeader("WWW-Authenticate", "Bearer");
  return response;
}

void healthz(const HttpRequestPtr& /*request*/, Answer&& answer) {
  Json::Value body;
  body["status"] = "ok";
  answer(HttpResponse::newHttpJsonResponse(std::move(body)));
}

HttpResponsePtr me(const Account& user) {
  Json::Value body;
  body["id"] = user.id;
  body["username"] = user.username;
  body["role"] = user.role;
  return HttpResponse::newHttpJsonResponse(std::move(body));
}

HttpResponsePtr admin_stats(const Account& user) {
  if (user.role != "admin") return refusal(drogon::k403Forbidden, "Requires role: admin");
  Json::Value body;
  body["status"] = "ok";
  body["message"] = "Hello admin " + user.username;
  return HttpResponse::newHttpJsonResponse(std::move(body));
}

HttpResponsePtr log_in(const Service& service, const HttpRequestPtr& request) {
  const Account* user = service.find(request->getParameter("username"));
  if (user == nullptr || bcrypt(request->getParameter("password"), user->password_hash) != user->password_hash) {
    return refusal(drogon::k401Unauthorized, "Invalid credentials");
  }
  Json::Value body;
  body["access_token"] = service.token_for(*user);
  body["token_type"] = "bearer";
  return HttpResponse::newHttpJsonResponse(std::move(body));
}

auto for_users(const Service& service, HttpResponsePtr (*handler)(const Account&)) {
  return [&service, handler](const HttpRequestPtr& request, Answer&& answer) {
    const auto [user, reason] = service.current_user(request);
    answer(user == nullptr ? refusal(drogon::k401Unauthorized, reason) : handler(*user));
  };
}

template <typename Number>
Number number(std::string_view text) {
  Number value{};
  if (std::from_chars(text.data(), text.data() + text.size(), value).ec != std::errc{}) {
    throw std::invalid_argument("usage: main PORT THREADS");
  }
  return value;
}

}  // namespace

int main(int count, char** arguments) {
  const char* secret = std::getenv("PEER_SECRET");
  if (count != 3 || secret == nullptr) return EXIT_FAILURE;
  const Service service{secret};
  trantor::Logger::setLogLevel(trantor::Logger::kWarn);
  drogon::app()
      .addListener("127.0.0.1", number<std::uint16_t>(arguments[1]))
      .setThreadNum(number<std::size_t>(arguments[2]))
      .registerHandler("/healthz", &healthz, {drogon::Get})
      .registerHandler("/me", for_users(service, &me), {drogon::Get})
      .registerHandler("/admin/stats", for_users(service, &admin_stats), {drogon::Get})
      .registerHandler("/auth/login",
                       [&service](const HttpRequestPtr& request, Answer&& answer) { answer(log_in(service, request)); },
                       {drogon::Post})
      .run();
}
