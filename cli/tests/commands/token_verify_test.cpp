#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cardea/core/base/base64url.hpp>
#include <cardea/service/wiring/token_rules.hpp>
#include <fstream>
#include <sstream>
#include <streambuf>

#include "command_line/program.hpp"
#include "temporary_folder.hpp"

namespace cardea::cli {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

constexpr std::string_view kSecret = "b7f3a1c09d5e4826b7f3a1c09d5e4826";
const Instant kNoon = parse_instant("2026-01-01T12:00:00Z").value();

std::string token_issued(Instant at) {
  service::Config config;
  config.access_token_lifetime = 30min;
  const SigningKey key{HmacKey::from_secret(Secret::copy_of(kSecret), Algorithm::hs256).value()};
  const auto signer = std::make_shared<FixedSigner>(TokenSigner{key, TokenType::jwt});
  const User carol{.id = UserId{3}, .username = Username::parse("carol").value(), .role = Role::parse("user").value()};
  return service::access_token_issuer_of(config, signer).issue(carol, at).value().token;
}

// Standard input from a program that takes its time: what it says comes when the clock has moved on.
class SlowInput final : public std::streambuf {
 public:
  SlowInput(std::string text, ManualClock& clock, Instant at) : text_(std::move(text)), clock_(clock), at_(at) {}

 private:
  int_type underflow() override {
    clock_.set(at_);
    if (gptr() != nullptr) return traits_type::eof();
    setg(text_.data(), text_.data(), text_.data() + text_.size());
    return traits_type::to_int_type(text_.front());
  }

  std::string text_;
  ManualClock& clock_;
  Instant at_;
};

TEST(TokenVerifyCommand, TakesTheTimeWhenItHasTheToken) {
  const service::TemporaryFolder folder;
  const auto keys = (folder / "keys.json").string();
  std::ofstream{keys} << R"({"kty":"oct","alg":"HS256","k":")" << to_base64url(kSecret) << "\"}";
  ManualClock clock{kNoon};
  SlowInput slow{token_issued(kNoon + 2s), clock, kNoon + 2s};
  std::istream in{&slow};
  std::ostringstream out, err;
  Terminal terminal{in, out, err};
  EXPECT_EQ(run_program({"token", "verify", "--jwks", keys}, {}, clock, terminal), ExitStatus::done) << err.str();
  EXPECT_THAT(out.str(), HasSubstr(R"("sub":"carol")"));
}

}  // namespace
}  // namespace cardea::cli
