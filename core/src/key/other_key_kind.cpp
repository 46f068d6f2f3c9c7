#include "key/other_key_kind.hpp"

#include <algorithm>
#include <array>
#include <cardea/core/base/base64url.hpp>
#include <cardea/core/base/secret.hpp>
#include <optional>
#include <string>

namespace cardea {
namespace {

constexpr std::string_view kWhiteSpace = " \t\r\n";

constexpr std::array<std::string_view, 3> kPemMarks{"-----BEGIN ", "---- BEGIN ", "PuTTY-User-Key-File-"};
constexpr std::array<std::string_view, 7> kSshKinds{"ssh-rsa",     "ssh-dss", "ssh-ed25519", "ssh-ed448",
                                                    "ecdsa-sha2-", "sk-ssh-", "sk-ecdsa-"};

std::string_view without_space_before(std::string_view text) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  const auto first = text.find_first_not_of(kWhiteSpace);
  return first == std::string_view::npos ? std::string_view{} : text.substr(first);
}

bool is_pem(std::string_view bytes) {
  return std::ranges::any_of(kPemMarks, [&](auto mark) { return bytes.contains(mark); });
}

bool starts_with_ssh_kind(std::string_view text) {
  return std::ranges::any_of(kSshKinds, [&](auto kind) { return text.starts_with(kind); });
}

// The kind's length in four bytes goes before its name (RFC 4253 section 6.6).
bool is_binary_ssh(std::string_view bytes) {
  constexpr std::string_view kHighBytesOfLength{"\0\0\0", 3};
  return bytes.size() > 4 && bytes.starts_with(kHighBytesOfLength) && starts_with_ssh_kind(bytes.substr(4));
}

// A line of an authorized_keys file may have options before the kind.
bool is_text_ssh(std::string_view bytes) {
  if (starts_with_ssh_kind(without_space_before(bytes))) return true;
  return bytes.contains(" AAAA") && std::ranges::any_of(kSshKinds, [&](auto kind) { return bytes.contains(kind); });
}

bool is_ssh(std::string_view bytes) {
  return is_binary_ssh(bytes) || is_text_ssh(bytes) || bytes.starts_with("openssh-key-v1");
}

bool is_jwk(std::string_view bytes) {
  const auto text = without_space_before(bytes);
  return text.starts_with('{') && (text.contains("\"kty\"") || text.contains("\"keys\""));
}

// The tag, length and content of the DER element at the front (X.690 section 8.1), if it is all there.
struct Element {
  unsigned char tag;
  std::string_view content;
  std::string_view rest;
};

std::optional<Element> first_element(std::string_view bytes) {
  if (bytes.size() < 2) return std::nullopt;
  const auto at = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  std::size_t length = at(1);
  std::size_t header = 2;
  if (length >= 0x80) {
    const std::size_t octets = length & 0x7F;
    if (octets == 0 || octets > 3 || bytes.size() < 2 + octets) return std::nullopt;
    for (length = 0; header < 2 + octets; ++header) length = length << 8U | at(header);
  }
  if (bytes.size() - header < length) return std::nullopt;
  return Element{at(0), bytes.substr(header, length), bytes.substr(header + length)};
}

// Every key and certificate is one SEQUENCE that starts with an INTEGER, another SEQUENCE or, in PKCS #7, a name.
bool is_der(std::string_view bytes) {
  constexpr unsigned char kInteger = 0x02;
  constexpr unsigned char kObjectIdentifier = 0x06;
  constexpr unsigned char kSequence = 0x30;
  const auto outer = first_element(bytes);
  if (!outer || outer->tag != kSequence || !without_space_before(outer->rest).empty()) return false;
  const auto inner = first_element(outer->content);
  return inner && (inner->tag == kInteger || inner->tag == kSequence || inner->tag == kObjectIdentifier);
}

std::string_view plain_key_kind(std::string_view bytes) {
  if (is_pem(bytes)) return "PEM";
  if (is_jwk(bytes)) return "JWK";
  if (is_ssh(bytes)) return "SSH";
  if (is_der(bytes)) return "DER";
  return {};
}

// PEM without its first and last line, the text of an SSH key without its kind, or a file as an environment variable
// carries it. Empty if the text is no base64.
Secret from_base64_of_any_kind(std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  for (const char c : text) {
    if (kWhiteSpace.contains(c) || c == '=') continue;
    plain += c == '+' ? '-' : c == '/' ? '_' : c;
  }
  const Secret letters{std::move(plain)};
  std::string bytes(size_of_base64url(letters.size()), '\0');
  const auto size = from_base64url(letters.expose(), bytes);
  Secret decoded{std::move(bytes)};
  return size ? std::move(decoded) : Secret{};
}

}  // namespace

std::string other_key_kind(std::string_view bytes) {
  if (const auto kind = plain_key_kind(bytes); !kind.empty()) return std::string(kind);
  const auto decoded = from_base64_of_any_kind(bytes);
  const auto kind = plain_key_kind(decoded.expose());
  return kind.empty() ? std::string() : "base64 of " + std::string(kind);
}

}  // namespace cardea
