// A client that sends exactly the bytes it is given. No call waits longer than ten seconds: then a read gives what it
// has, as at the stream's end.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cardea/web/http/headers.hpp>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace cardea::web::testing {

struct RawResponse {
  unsigned status = 0;
  Headers headers;
  std::string body;

  std::string header(std::string_view name) const { return std::string(headers.find(name).value_or("")); }
};

class RawClient {
 public:
  // A socket without a connection yet.
  RawClient() : RawClient(Family{AF_INET}) {}
  explicit RawClient(std::uint16_t port) : RawClient() { connect(port); }
  explicit RawClient(const std::filesystem::path& unix_socket) : RawClient(Family{AF_UNIX}) { connect(unix_socket); }
  ~RawClient() {
    if (socket_ >= 0) ::close(socket_);
  }
  RawClient(RawClient&& other) noexcept
      : socket_(std::exchange(other.socket_, -1)), buffer_(std::move(other.buffer_)) {}
  RawClient& operator=(RawClient&&) = delete;

  bool connect(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  }

  bool connect(const std::filesystem::path& unix_socket) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    unix_socket.string().copy(address.sun_path, sizeof address.sun_path - 1);
    return ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  }

  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }
  int descriptor() const { return socket_; }
  void end_sending() { ::shutdown(socket_, SHUT_WR); }

  // None if the connection ended first. `body_follows` is false for the answer to HEAD.
  std::optional<RawResponse> receive(bool body_follows = true) {
    std::size_t head_end = 0;
    while ((head_end = buffer_.find("\r\n\r\n")) == std::string::npos) {
      if (!read_more()) return std::nullopt;
    }
    RawResponse response = parse(std::string_view{buffer_}.substr(0, head_end + 2));
    buffer_.erase(0, head_end + 4);
    const std::string length_text = response.header("Content-Length");
    const std::size_t length = body_follows && !length_text.empty() ? std::stoul(length_text) : 0;
    while (buffer_.size() < length) {
      if (!read_more()) return std::nullopt;
    }
    response.body = buffer_.substr(0, length);
    buffer_.erase(0, length);
    return response;
  }

  std::optional<RawResponse> exchange(std::string_view bytes) {
    send(bytes);
    return receive();
  }

  // Whatever comes until the server closes.
  std::string receive_to_end() {
    while (read_more()) {
    }
    return std::exchange(buffer_, {});
  }

  // Whether the server closes without another byte.
  bool is_closed() {
    char byte{};
    return buffer_.empty() && ::recv(socket_, &byte, 1, 0) == 0;
  }

 private:
  enum class Family : int {};

  explicit RawClient(Family family) : socket_(::socket(static_cast<int>(family), SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    const timeval ten_seconds{.tv_sec = 10, .tv_usec = 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &ten_seconds, sizeof ten_seconds);
    ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &ten_seconds, sizeof ten_seconds);
  }

  bool read_more() {
    std::array<char, 65536> bytes{};
    const auto count = ::recv(socket_, bytes.data(), bytes.size(), 0);
    if (count <= 0) return false;
    buffer_.append(bytes.data(), static_cast<std::size_t>(count));
    return true;
  }

  static RawResponse parse(std::string_view head) {
    RawResponse response;
    response.status = static_cast<unsigned>(std::stoul(std::string(head.substr(9, 3))));
    head.remove_prefix(head.find("\r\n") + 2);
    while (!head.empty()) {
      const auto end = head.find("\r\n");
      const auto line = head.substr(0, end);
      const auto colon = line.find(": ");
      response.headers.add(line.substr(0, colon), line.substr(colon + 2));
      head.remove_prefix(end + 2);
    }
    return response;
  }

  int socket_;
  std::string buffer_;
};

}  // namespace cardea::web::testing
