// A second handle of another one's socket: to end what waits on it, without a thought for who closes it when.
#pragma once

namespace cardea::sql {

class SocketHandle {
 public:
  SocketHandle() = default;
  static SocketHandle of(int socket) noexcept;
  SocketHandle(SocketHandle&& other) noexcept;
  SocketHandle& operator=(SocketHandle&& other) noexcept;
  ~SocketHandle();

  // Both directions end, for every handle. From any thread. These do nothing for a handle of no socket.
  void shut_down() const noexcept;
  // Its end included.
  bool has_something_to_read() const noexcept;

 private:
  int duplicate_ = -1;
};

}  // namespace cardea::sql
