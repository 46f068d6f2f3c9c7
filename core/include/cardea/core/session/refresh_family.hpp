// The refresh tokens of one session, as a store keeps them: which one counts, and how to get from one that has just
// been exchanged to the one that counts.
//
// Each token is made from the one before and a salt: HMAC-SHA256(the token's bits, salt, generation). So whoever
// presents a token that was exchanged a moment ago can be given the one that counts, which is nowhere stored; and
// neither the row alone nor an old token alone gives it. The salts are kept for as long as that is wanted.
#pragma once

#include <cardea/core/base/clock.hpp>
#include <cardea/core/session/refresh_token.hpp>
#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace cardea {

class RefreshFamily {
 public:
  // From `generation` on, up to the next succession's, tokens were exchanged at `at` or within kStep after it, and
  // theirs successors made with this salt.
  struct Succession {
    Instant at{};
    std::uint32_t generation = 0;
    std::string salt;
    friend bool operator==(const Succession&, const Succession&) = default;
  };

  // Exchanges of one session that are closer than this share a salt and the time of the first, so that a family stays
  // small however fast it is exchanged; the grace of the later ones is shorter by that.
  static constexpr std::chrono::milliseconds kStep{250};

  enum class Standing : unsigned char {
    current,     // the one that counts
    superseded,  // exchanged within the grace
    reused,      // exchanged before that: someone has a copy
    foreign,     // never given out by this family
  };

  struct Started;
  static Started start();

  // As a store has read it.
  RefreshFamily(std::string handle_digest, std::string secret_digest, std::uint32_t generation,
                std::vector<Succession> successions);

  // By which a store finds the session.
  static std::string handle_digest_of(const RefreshToken& token);

  // The token's handle is the family's.
  Standing standing_of(const RefreshToken& token, Instant now, std::chrono::seconds grace) const;

  struct Exchanged;
  // `current` is of that standing.
  Exchanged exchange(const RefreshToken& current, Instant now, std::chrono::seconds grace) const;

  // The one that counts, for one that is superseded.
  RefreshToken current_for(const RefreshToken& superseded) const;

  const std::string& handle_digest() const noexcept { return handle_digest_; }
  const std::string& secret_digest() const noexcept { return secret_digest_; }
  std::uint32_t generation() const noexcept { return generation_; }
  const std::vector<Succession>& successions() const noexcept { return successions_; }

  friend bool operator==(const RefreshFamily&, const RefreshFamily&) = default;

 private:
  const Succession* succession_of(std::uint32_t generation) const noexcept;
  void add_succession(Instant now, std::chrono::seconds grace);

  std::string handle_digest_;
  std::string secret_digest_;
  std::uint32_t generation_ = 0;
  std::vector<Succession> successions_;  // by ascending generation
};

struct RefreshFamily::Started {
  RefreshFamily family;
  RefreshToken first;
};

struct RefreshFamily::Exchanged {
  RefreshFamily family;
  RefreshToken successor;
};

}  // namespace cardea
