#include <gtest/gtest.h>

#include <cardea/core/base/hex.hpp>
#include <cardea/core/key/hmac_key.hpp>

#include "token/signed_text.hpp"

namespace cardea {
namespace {

Result<HmacKey> key_from(std::string_view secret, Algorithm algorithm = Algorithm::hs256) {
  return HmacKey::from_secret(Secret::copy_of(secret), algorithm);
}

std::string hex_signature(const HmacKey& key, std::string_view message) { return to_hex(key.sign(message).view()); }

std::string bytes_of(std::string_view base64) {
  std::string text(base64.substr(0, base64.find('=')));
  for (auto& c : text) c = c == '+' ? '-' : c == '/' ? '_' : c;
  return from_base64url(text).value();
}

TEST(HmacKey, SignsTheExamplesOfTheRfc) {
  // RFC 4231 section 4.7: a key that is larger than the hash's block.
  constexpr std::string_view kMessage = "Test Using Larger Than Block-Size Key - Hash Key First";
  const std::string secret(131, '\xAA');
  EXPECT_EQ(hex_signature(key_from(secret, Algorithm::hs256).value(), kMessage),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
  EXPECT_EQ(hex_signature(key_from(secret, Algorithm::hs384).value(), kMessage),
            "4ece084485813e9088d2c63a041bc5b44f9ef1012a2b588f3cd11f05033ac4c60c2ef6ab4030fe8296248df163f44952");
  EXPECT_EQ(hex_signature(key_from(secret, Algorithm::hs512).value(), kMessage),
            "80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f3526b56d037e05f2598bd0fd2215d6a1e5295e64f73f6"
            "3f0aec8b915a985d786598");
}

TEST(HmacKey, SignsWithAShortSecretOnlyWhenTheCallSaysSo) {
  // RFC 4231 section 4.3.
  const auto key = HmacKey::from_short_secret_for_demonstration_only(Secret::copy_of("Jefe"), Algorithm::hs256).value();
  EXPECT_EQ(hex_signature(key, "what do ya want for nothing?"),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(HmacKey::from_short_secret_for_demonstration_only(Secret{}, Algorithm::hs256).error().code(),
            ErrorCode::key_unusable);
}

TEST(HmacKey, SignsAsOpenSslDoesForSecretsAroundTheBlockSize) {
  for (const std::size_t size : {63U, 64U, 65U, 127U, 128U, 129U, 300U}) {
    const std::string secret(size, 's');
    EXPECT_EQ(key_from(secret).value().sign("m").view(), test::hmac(EVP_sha256(), secret, "m")) << size;
    if (size < hash_size_of(Algorithm::hs512)) continue;
    EXPECT_EQ(key_from(secret, Algorithm::hs512).value().sign("m").view(), test::hmac(EVP_sha512(), secret, "m"))
        << size;
  }
}

TEST(HmacKey, VerifiesItsOwnSignatureAndNoOther) {
  const auto key = key_from(std::string(32, 's')).value();
  const auto signature = std::string(key.sign("message").view());
  EXPECT_TRUE(key.verifies("message", signature));
  EXPECT_FALSE(key.verifies("message ", signature));
  EXPECT_FALSE(key.verifies("message", ""));
  EXPECT_FALSE(key.verifies("message", signature.substr(1)));
  EXPECT_FALSE(key.verifies("message", signature + '\0'));
  for (std::size_t i = 0; i < signature.size(); ++i) {
    auto other = signature;
    other[i] = static_cast<char>(other[i] ^ 1);
    EXPECT_FALSE(key.verifies("message", other)) << i;
  }
}

TEST(HmacKey, NeedsASecretOfAtLeastTheHashsSize) {
  for (const auto algorithm : {Algorithm::hs256, Algorithm::hs384, Algorithm::hs512}) {
    const auto least = hash_size_of(algorithm);
    EXPECT_TRUE(key_from(std::string(least, 's'), algorithm));
    const auto short_key = key_from(std::string(least - 1, 's'), algorithm);
    ASSERT_FALSE(short_key);
    EXPECT_EQ(short_key.error().code(), ErrorCode::key_unusable);
  }
}

TEST(HmacKey, IsForAlgorithmsOfSharedSecretsOnly) {
  for (const auto algorithm : all_algorithms()) {
    EXPECT_EQ(key_from(std::string(64, 's'), algorithm).has_value(), is_symmetric(algorithm)) << name_of(algorithm);
  }
}

TEST(HmacKey, TakesTheSecretsBytesAsGiven) {
  const auto text = to_base64url(std::string(48, 's'));
  EXPECT_EQ(key_from(text).value().sign("m").view(), test::hmac(EVP_sha256(), text, "m"));
  const std::string binary = std::string(16, '\0') + std::string(16, '\xFF');
  EXPECT_EQ(key_from(binary).value().sign("m").view(), test::hmac(EVP_sha256(), binary, "m"));
}

TEST(HmacKey, IsNamedByADigestOfItsSecretUnlessItIsGivenAName) {
  const auto digest = test::hmac(EVP_sha256(), test::kSecret, "cardea key id");
  EXPECT_EQ(key_from(test::kSecret).value().id().text(), to_base64url(digest.substr(0, 16)));
  EXPECT_NE(key_from(test::kSecret).value().id(), key_from(std::string(32, 's')).value().id());
  const auto named = HmacKey::from_secret(Secret::copy_of(test::kSecret), Algorithm::hs256, KeyId::parse("k").value());
  EXPECT_EQ(named.value().id().text(), "k");
}

TEST(HmacKey, RefusesTextOfAnotherKindOfKey) {
  for (const std::string_view text :
       {("-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAVlCdRH1AqurX9bYg1f+AUooU9Vx/lnEXihh7PLupKWs=\n"
         "-----END PUBLIC KEY-----\n"),
        "\n -----BEGIN RSA PUBLIC KEY-----\\nMIIBCgKCAQEAsIlnitPUSDQGkpeUWWaw\\n-----END RSA PUBLIC KEY-----",
        "Bag Attributes\n-----BEGIN CERTIFICATE-----\nMIIBLDCB36ADAgEC\n-----END CERTIFICATE-----",
        "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmUA\n-----END OPENSSH PRIVATE KEY-----",
        "---- BEGIN SSH2 PUBLIC KEY ----\nAAAAC3NzaC1lZDI1NTE5AAAAINKOGmJm\n---- END SSH2 PUBLIC KEY ----",
        "PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\n",
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINKOGmJmPZ0aR3c3mY0Q alice@example.com",
        "no-pty,command=\"true\" ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYA alice",
        "sk-ssh-ed25519@openssh.com AAAAGnNrLXNzaC1lZDI1NTE5QG9wZW5zc2guY29t",
        R"({"kty":"oct","k":"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ"})", R"( {"keys":[{"kty":"RSA","n":"AQAB"}]})",
        "\xEF\xBB\xBF{\"kty\":\"oct\",\"k\":\"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ\"}"}) {
    const auto key = key_from(text);
    ASSERT_FALSE(key) << text;
    EXPECT_EQ(key.error().code(), ErrorCode::key_unusable);
    EXPECT_FALSE(key_from(to_base64url(text))) << text;
    EXPECT_FALSE(HmacKey::from_short_secret_for_demonstration_only(Secret::copy_of(text), Algorithm::hs256)) << text;
  }
}

// Made by openssl genpkey, pkey -outform DER, req -x509, crl2pkcs7 and ecparam; base64 as the programs write it.
constexpr std::string_view kPublicKey = "MCowBQYDK2VwAyEAVlCdRH1AqurX9bYg1f+AUooU9Vx/lnEXihh7PLupKWs=";
constexpr std::string_view kPrivateKey = "MC4CAQAwBQYDK2VwBCIEIKjhyaBaO3aCNDBlHBQ3fA68hMMX0CBPJnc3GkOJRtO2";
constexpr std::string_view kEcPrivateKey =
    "MHcCAQEEIPp4IN95ZzyxxbD6f+9yLmimpaDtPl/Tc+exKcCwpuRBoAoGCCqGSM49AwEHoUQDQgAEpm5DhhtTg83UXSi1utSvVjpM5LWkfYLtsb5W"
    "eKAApbzLIIhmlzeC0x7E0J6d4Y6kMplFwnmqWWiJ5oYNWp57pg==";
constexpr std::string_view kRsaPublicKey =
    "MIIBCgKCAQEAsIlnitPUSDQGkpeUWWawqVFmWCBR7F3+Bgs0TFiNRWmaNcH7FkvpRQwZjicMWRIMjHvMIfsZe+V4sU5RJEo6QnBGsDSD8bJKxZOg"
    "RmYqO53fJTU2hBRg4KwSIgjKItz3OsiEYBq1hgi8Djws4do5PFGdasjESveMajMh4j8aBnKz+X+ZGi+oLCX90pEAboCyzXcLyMTDBU/k7B3wrCFo"
    "GcXbwGhbHhPkANMpEeEWMnFtkzvWwX1TGsL5HT9uWNFy7aqA5qZ05609wOJtuGasg/f2RkYHR6oLHFfFVc9rwSgTdh4/LskoVMRnrR0xwWu+RQtJ"
    "sUfhc51gSe0tS9WoawIDAQAB";
constexpr std::string_view kCertificate =
    "MIIBLDCB36ADAgECAhRHdotWQ5ncwiWa4V6BfaRmPOGjdjAFBgMrZXAwDDEKMAgGA1UEAwwBYTAeFw0yNjExMjQwMzUyMDdaFw0zNjExMjEwMzUy"
    "MDdaMAwxCjAIBgNVBAMMAWEwKjAFBgMrZXADIQBWUJ1EfUCq6tf1tiDV/4BSihT1XH+WcReKGHs8u6kpa6NTMFEwHQYDVR0OBBYEFNR77Rs2JQDu"
    "bqN9LA0kGWVPVdTqMB8GA1UdIwQYMBaAFNR77Rs2JQDubqN9LA0kGWVPVdTqMA8GA1UdEwEB/wQFMAMBAf8wBQYDK2VwA0EAwe1T9qtfIoapaN2B"
    "qSJ+oppKw7Z59JnqMO3fMZhd2i76AHZfIY442wu5mrWbEA2lEZU39DyR6L60Xv7ZXxbXAQ==";
// The body of an SSH public key, made by ssh-keygen.
constexpr std::string_view kSshKey = "AAAAC3NzaC1lZDI1NTE5AAAAIDyzn3a4Vsb4NADH93/3V6vLYvrRXJ+69zibuawIFZPq";

TEST(HmacKey, RefusesTheBinaryFormsOfOtherKeysAndTheirBase64) {
  for (const auto base64 : {kPublicKey, kPrivateKey, kEcPrivateKey, kRsaPublicKey, kCertificate, kSshKey}) {
    EXPECT_EQ(key_from(bytes_of(base64)).error().code(), ErrorCode::key_unusable) << base64;
    EXPECT_FALSE(key_from(bytes_of(base64) + '\n')) << base64;
    EXPECT_FALSE(key_from(base64)) << base64;
    auto lines = std::string(base64);
    for (std::size_t end = 64; end < lines.size(); end += 65) lines.insert(end, "\n");
    EXPECT_FALSE(key_from(lines + '\n')) << base64;
  }
}

TEST(HmacKey, RefusesACertificateInItsContainer) {
  // PKCS #7 (RFC 2315): a SEQUENCE of an object identifier and the content.
  const std::string content = bytes_of(kCertificate);
  const std::string oid("\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02", 11);
  const auto size = oid.size() + content.size();
  const std::string header{'\x30', '\x82', static_cast<char>(size >> 8U), static_cast<char>(size & 0xFFU)};
  EXPECT_FALSE(key_from(header + oid + content));
}

TEST(HmacKey, AcceptsSecretsThatOnlyLookALittleLikeOtherKeys) {
  for (const std::string_view secret :
       {"{a secret that starts with a brace}", "0123456789abcdef0123456789abcdef",
        "MC4CAQAwBQYDK2VwBCIEIKjhyaBaO3aCNDBl", "correct horse battery staple, and an ssh key",
        "------------------------------------"}) {
    EXPECT_TRUE(key_from(secret)) << secret;
  }
  EXPECT_TRUE(key_from(std::string(32, '\x30')));
}

TEST(HmacKey, NeverRepeatsTheSecretInItsError) {
  for (const std::string_view secret : {"hunter2", "ssh-rsa hunter2 and more that makes it long enough"}) {
    const auto key = key_from(secret);
    ASSERT_FALSE(key);
    EXPECT_FALSE(key.error().private_text().empty());
    EXPECT_FALSE(key.error().private_text().contains("hunter2"));
    EXPECT_FALSE(key.error().public_text().contains("hunter2"));
  }
}

}  // namespace
}  // namespace cardea
