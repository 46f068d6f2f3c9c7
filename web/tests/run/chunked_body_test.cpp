#include "run/chunked_body.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

namespace cardea::web {
namespace {

constexpr std::size_t kLimit = 100;

struct Read {
  std::optional<ErrorCode> error = std::nullopt;
  std::optional<std::string> body = std::nullopt;  // once it is done
  std::string rest = {};
  friend bool operator==(const Read&, const Read&) = default;
};

Read read_in_pieces(std::string_view text, std::size_t piece) {
  ChunkedBody decoder{kLimit};
  std::string pending;
  while (!decoder.done() && !text.empty()) {
    pending += text.substr(0, piece);
    text.remove_prefix(std::min(piece, text.size()));
    const auto used = decoder.feed(pending);
    if (!used) return {.error = used.error().code()};
    pending.erase(0, *used);
  }
  if (!decoder.done()) return {};
  return {.body = decoder.take(), .rest = pending + std::string(text)};
}

// The same, however its bytes arrive.
Read read(std::string_view text) {
  auto whole = read_in_pieces(text, text.size());
  for (std::size_t piece = 1; piece < text.size(); ++piece) {
    EXPECT_EQ(read_in_pieces(text, piece), whole) << "in pieces of " << piece << ": " << text;
  }
  return whole;
}

// The example of the coding that everybody knows, which RFC 9112 section 7.1's grammar allows.
TEST(ChunkedBody, JoinsChunks) {
  EXPECT_EQ(read("4\r\nWiki\r\n7\r\npedia i\r\nB\r\nn \r\nchunks.\r\n0\r\n\r\nGET /").body, "Wikipedia in \r\nchunks.");
  EXPECT_EQ(read("4\r\nWiki\r\n0\r\n\r\nGET /").rest, "GET /");
}

TEST(ChunkedBody, MayBeEmpty) {
  EXPECT_EQ(read("0\r\n\r\n").body, "");
  EXPECT_EQ(read("000;last\r\n\r\n").body, "");
}

TEST(ChunkedBody, ForgetsExtensionsAndTrailers) {
  EXPECT_EQ(read("3 ; a=b ;c=\"d;\\\"\"\r\nabc\r\n0;x\r\nX-Sum: 1\r\nY:\r\n\r\n").body, "abc");
}

TEST(ChunkedBody, IsUnfinishedUntilItsLastByte) {
  const std::string_view text = "3;x\r\nabc\r\n0\r\nX: 1\r\n\r\n";
  for (std::size_t size = 1; size < text.size(); ++size) EXPECT_EQ(read(text.substr(0, size)), Read{}) << size;
}

TEST(ChunkedBody, IsRefusedWhereItsFramingIsNotExact) {
  for (const std::string_view text : {"\r\nabc\r\n0\r\n\r\n",
                                      "g\r\n",
                                      "+3\r\n",
                                      "-3\r\n",
                                      " 3\r\n",
                                      "0x3\r\n",
                                      "3 \r\n",
                                      "3 abc\r\n",
                                      "3\nabc\n0\n\n",
                                      "3;a\nb\r\n",
                                      "3;a\rb\r\n",
                                      "3\r\r\n",
                                      "3;a\x01\r\n",
                                      "3\r\nabcd\r\n",
                                      "3\r\nabc\rx",
                                      "3\r\nabc\n",
                                      "00000000000000003\r\n",
                                      "0\r\nword\r\n\r\n",
                                      "0\r\n: x\r\n\r\n",
                                      "0\r\na b: x\r\n\r\n",
                                      "0\r\n folded: x\r\n\r\n",
                                      "0\r\n\n"}) {
    EXPECT_EQ(read(text).error, ErrorCode::invalid_request) << text;
  }
}

TEST(ChunkedBody, IsRefusedOverItsLimit) {
  const auto chunk = [](std::size_t size) {
    return std::string(size == 60 ? "3c" : "28") + "\r\n" + std::string(size, 'a') + "\r\n";
  };
  EXPECT_EQ(read(chunk(60) + chunk(40) + "0\r\n\r\n").body, std::string(100, 'a'));
  EXPECT_EQ(read(chunk(60) + chunk(40) + "1\r\na\r\n0\r\n\r\n").error, ErrorCode::content_too_large);
  EXPECT_EQ(read("65\r\n").error, ErrorCode::content_too_large);
  EXPECT_EQ(read("ffffffffffffffff\r\n").error, ErrorCode::content_too_large);
}

TEST(ChunkedBody, IsRefusedWithEndlessExtensionsOrTrailers) {
  const std::string much(17 * 1024, 'a');
  const auto code_of = [](const std::string& text) { return read_in_pieces(text, 1000).error; };
  EXPECT_EQ(code_of("3;" + much), ErrorCode::header_too_large);
  EXPECT_EQ(code_of("0\r\nX: " + much), ErrorCode::header_too_large);
  std::string trailers = "0\r\n";
  for (int i = 0; i < 1000; ++i) trailers += "X: aaaaaaaaaaaaaaaaaaaa\r\n";
  EXPECT_EQ(code_of(trailers + "\r\n"), ErrorCode::header_too_large);
}

}  // namespace
}  // namespace cardea::web
