#include "command_line/arguments.hpp"

#include <cardea/core/key/jwk_set.hpp>
#include <cardea/core/token/unchecked_jws.hpp>
#include <cardea/service/files/file.hpp>
#include <ostream>

namespace cardea::cli {
namespace {

constexpr std::size_t kLongestKeyFile = 1024 * 1024;

}  // namespace

Result<Instant> time_of(const std::optional<std::string>& at, const Clock& clock) {
  if (!at) return clock.now();
  auto instant = parse_instant(*at);
  if (instant) return instant;
  return failure(ErrorCode::configuration_invalid, PublicText{"--at: " + std::string(instant.error().public_text())});
}

Result<VerificationKeySet> read_keys(const std::string& file) {
  const auto content = service::read_file(file, kLongestKeyFile);
  if (!content) return failure(content.error());
  auto keys = read_jwk_set(content->bytes);
  if (keys) return keys;
  std::string sentence = file + ": " + std::string(keys.error().public_text());
  if (const auto reason = keys.error().private_text(); !reason.empty()) sentence.append(": ").append(reason);
  return failure(keys.error().code(), PublicText{std::move(sentence)});
}

std::string read_compact(Terminal& terminal) {
  auto compact = terminal.read_all(kLargestToken + 2);
  if (compact.ends_with('\n')) compact.pop_back();
  return compact;
}

ExitStatus refuse_token(Terminal& terminal, const Error& error) {
  terminal.err() << "invalid: " << name_of(error.code()) << '\n';
  return ExitStatus::refused;
}

}  // namespace cardea::cli
