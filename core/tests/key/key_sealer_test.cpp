#include <cardea/core/key/key_sealer.hpp>

#include <gtest/gtest.h>

#include <cardea/core/base/base64url.hpp>
#include <cardea/core/base/hex.hpp>
#include <set>
#include <string>

namespace cardea {
namespace {

KeyId id(std::string_view text) { return KeyId::parse(text).value(); }

MasterKeys master_keys(std::string text) { return MasterKeys::parse(Secret{std::move(text)}).value(); }

// A line of the text: 32 times the byte.
std::string line_of(char byte) { return to_base64url(std::string(32, byte)) + "\n"; }

class KeySealerTest : public testing::Test {
 protected:
  std::string sealed(std::string_view text = "the key material") const {
    return sealer.seal(id("k1"), Algorithm::hs256, Secret::copy_of(text));
  }
  // The text, or the code of the error.
  std::string opened(std::string_view text, const KeyId& key = id("k1"), Algorithm algorithm = Algorithm::hs256) const {
    const auto material = sealer.open(key, algorithm, text);
    return std::string(material ? material->expose() : name_of(material.error().code()));
  }

  const KeySealer sealer{master_keys(line_of('a'))};
};

TEST_F(KeySealerTest, OpensWhatItSealed) {
  EXPECT_EQ(opened(sealed()), "the key material");
  EXPECT_EQ(opened(sealed("")), "");
  const std::string every_byte_and_more = std::string("\0\n\xFF", 3) + std::string(5000, 'x');
  EXPECT_EQ(opened(sealed(every_byte_and_more)), every_byte_and_more);
}

TEST_F(KeySealerTest, OpensAKeyOfEveryAlgorithmAsThatOneOnly) {
  for (const auto algorithm : all_algorithms()) {
    const auto text = sealer.seal(id("k1"), algorithm, Secret::copy_of("material"));
    for (const auto other : all_algorithms()) {
      EXPECT_EQ(opened(text, id("k1"), other), algorithm == other ? "material" : "store_corrupt");
    }
  }
}

TEST_F(KeySealerTest, RefusesTheRowOfAnotherKey) {
  for (const auto* other : {"k2", "K1", "k1 ", "k", ""})
    EXPECT_EQ(opened(sealed(), id(other)), "store_corrupt") << other;
}

TEST_F(KeySealerTest, RefusesEveryChangedBit) {
  const auto bytes = from_base64url(sealed()).value();
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const bool names_the_master_key = i >= 1 && i < 9;
    for (unsigned bit = 0; bit < 8; ++bit) {
      auto changed = bytes;
      changed[i] = static_cast<char>(static_cast<unsigned char>(changed[i]) ^ (1U << bit));
      EXPECT_EQ(opened(to_base64url(changed)), names_the_master_key ? "master_key_unusable" : "store_corrupt")
          << "byte " << i << " bit " << bit;
    }
  }
}

TEST_F(KeySealerTest, RefusesEveryShorterOrLongerText) {
  const auto text = sealed();
  const auto bytes = from_base64url(text).value();
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_EQ(opened(to_base64url(bytes.substr(0, size))), "store_corrupt") << size;
  }
  EXPECT_EQ(opened(to_base64url(bytes + '\0')), "store_corrupt");
  for (const auto& other : {text + "=", text + "\n", " " + text, to_hex(bytes)}) {
    EXPECT_EQ(opened(other), "store_corrupt") << other;
  }
}

TEST_F(KeySealerTest, SealsDifferentlyEachTime) {
  std::set<std::string> nonces, ciphertexts;
  for (int i = 0; i < 100; ++i) {
    const auto bytes = from_base64url(sealed()).value();
    nonces.insert(bytes.substr(9, 24));
    ciphertexts.insert(bytes.substr(33));
  }
  EXPECT_EQ(nonces.size(), 100U);
  EXPECT_EQ(ciphertexts.size(), 100U);
}

TEST_F(KeySealerTest, ShowsNothingOfMaterialOrMasterKey) {
  const auto bytes = from_base64url(sealed()).value();
  EXPECT_FALSE(bytes.contains("the key"));
  EXPECT_FALSE(bytes.contains("material"));
  EXPECT_FALSE(bytes.contains("aaaa"));
}

TEST_F(KeySealerTest, SaysWhenAnotherMasterKeySealedIt) {
  const KeySealer other{master_keys(line_of('b'))};
  const auto refusal = other.open(id("k1"), Algorithm::hs256, sealed());
  ASSERT_FALSE(refusal.has_value());
  EXPECT_EQ(refusal.error().code(), ErrorCode::master_key_unusable);
  EXPECT_EQ(refusal.error().private_text(), "signing key k1: sealed by another master key");
}

TEST_F(KeySealerTest, OpensWithEveryMasterKeyAndSealsWithTheFirst) {
  const KeySealer changed{master_keys(line_of('b') + line_of('a'))};
  const KeySealer after{master_keys(line_of('b'))};
  const auto old_text = sealed();
  EXPECT_EQ(changed.open(id("k1"), Algorithm::hs256, old_text).value().expose(), "the key material");
  EXPECT_FALSE(changed.is_sealed_by_first(old_text));
  EXPECT_TRUE(sealer.is_sealed_by_first(old_text));

  const auto new_text = changed.seal(id("k1"), Algorithm::hs256, Secret::copy_of("the key material"));
  EXPECT_TRUE(changed.is_sealed_by_first(new_text));
  EXPECT_EQ(after.open(id("k1"), Algorithm::hs256, new_text).value().expose(), "the key material");
  EXPECT_EQ(opened(new_text), "master_key_unusable");
}

TEST_F(KeySealerTest, TakesNothingMalformedForItsOwn) {
  for (const auto& text : {std::string(), std::string("x"), sealed().substr(0, 20), sealed() + "="}) {
    EXPECT_FALSE(sealer.is_sealed_by_first(text)) << text;
  }
}

// Made with PyCryptodome's ChaCha20_Poly1305 and Python's hashlib, which share no code with libsodium:
//   key, nonce = bytes(range(32)), bytes(range(64, 88))
//   sized = lambda text: len(text).to_bytes(4, 'big') + text
//   name = hashlib.blake2b(b'cardea master key name', key=key, digest_size=32).digest()[:8]
//   cipher = ChaCha20_Poly1305.new(key=key, nonce=nonce)
//   cipher.update(sized(b'cardea sealed key') + b'\x01' + sized(b'HS256') + sized('k\u00e9y-1'.encode()))
//   ciphertext, tag = cipher.encrypt_and_digest(b'the key material')
//   base64.urlsafe_b64encode(b'\x01' + name + nonce + ciphertext + tag).rstrip(b'=')
TEST_F(KeySealerTest, OpensWhatAnotherImplementationSealed) {
  const KeySealer other{master_keys("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8")};
  constexpr std::string_view text =
      "AV1M-u-DWV03QEFCQ0RFRkdISUpLTE1OT1BRUlNUVVZXoFFgULuFADbilfPb3fUE_s6zpj57EphnvyKCfd5UQkc";
  EXPECT_EQ(other.open(id("k\xC3\xA9y-1"), Algorithm::hs256, text).value().expose(), "the key material");
  EXPECT_TRUE(other.is_sealed_by_first(text));
}

}  // namespace
}  // namespace cardea
