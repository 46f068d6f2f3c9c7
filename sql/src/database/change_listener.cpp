#include <libpq-fe.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <array>
#include <cardea/sql/database/change_listener.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <utility>

namespace cardea::sql {
namespace {

constexpr std::chrono::milliseconds kReconnectPause{1000};

// As in sql/migrations.
constexpr const char* kListen = "LISTEN cardea_changes";

using PgConnection = std::unique_ptr<PGconn, decltype(&PQfinish)>;
using Answer = std::unique_ptr<PGresult, decltype(&PQclear)>;

// Readable once the stop is requested.
class StopSignal {
 public:
  explicit StopSignal(const std::stop_token& stop) : callback_(stop, [this] { signal(); }) {}
  int descriptor() const noexcept { return event_.descriptor; }

 private:
  void signal() const noexcept {
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = write(event_.descriptor, &one, sizeof one);
  }

  struct Event {
    Event() = default;
    ~Event() { close(descriptor); }
    Event(const Event&) = delete;
    Event& operator=(const Event&) = delete;

    const int descriptor = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  };

  Event event_;
  std::stop_callback<std::function<void()>> callback_;  // the last member: nothing is signalled when the event goes
};

// False if nothing will come any more: the connection is lost, or the stop is requested.
bool wait_for_input(PGconn* connection, const StopSignal& stop) {
  std::array<pollfd, 2> waiting{pollfd{PQsocket(connection), POLLIN, 0}, pollfd{stop.descriptor(), POLLIN, 0}};
  const int ready = poll(waiting.data(), waiting.size(), -1);
  if (ready < 0) return errno == EINTR;
  return waiting[1].revents == 0 && PQconsumeInput(connection) == 1;
}

// A server that has let us in may answer no more, which must not keep us from stopping.
bool is_done(PGconn* connection, const char* statement, const StopSignal& stop) {
  if (PQsendQuery(connection, statement) != 1) return false;
  bool done = true;
  for (;;) {
    while (PQisBusy(connection) == 1) {
      if (!wait_for_input(connection, stop)) return false;
    }
    const Answer answer{PQgetResult(connection), &PQclear};
    if (!answer) return done;
    done = done && PQresultStatus(answer.get()) == PGRES_COMMAND_OK;
  }
}

// Waits for each of the URL's hosts as long as its connect_timeout says, whatever is requested meanwhile.
PgConnection listening(const DatabaseUrl& url, const StopSignal& stop) {
  PgConnection connection{PQconnectdb(url.connection().expose().data()), &PQfinish};
  if (PQstatus(connection.get()) != CONNECTION_OK) return {nullptr, &PQfinish};
  PQsetNoticeProcessor(connection.get(), [](void*, const char*) {}, nullptr);
  if (!is_done(connection.get(), kListen, stop)) return {nullptr, &PQfinish};
  return connection;
}

bool take_notices(PGconn* connection) {
  bool any = false;
  while (PGnotify* const notice = PQnotifies(connection)) {
    any = true;
    PQfreemem(notice);
  }
  return any;
}

}  // namespace

ChangeListener::ChangeListener(const DatabaseUrl& url) {
  if (url.dialect() != Dialect::postgresql) return;
  thread_ = std::jthread{[this, url](const std::stop_token& stop) { run(url, stop); }};
}

void ChangeListener::run(const DatabaseUrl& url, const std::stop_token& stop) {
  const StopSignal stopping{stop};
  while (!stop.stop_requested()) {
    if (const auto connection = listening(url, stopping)) {
      set_hears(true);
      notice();
      while (wait_for_input(connection.get(), stopping)) {
        if (take_notices(connection.get())) notice();
      }
      set_hears(false);
    }
    std::unique_lock lock{mutex_};
    changed_.wait_for(lock, stop, kReconnectPause, [] { return false; });
  }
}

void ChangeListener::set_hears(bool hears) {
  const std::lock_guard lock{mutex_};
  hears_ = hears;
}

void ChangeListener::notice() {
  {
    const std::lock_guard lock{mutex_};
    noticed_ = true;
  }
  changed_.notify_all();
}

bool ChangeListener::hears() const {
  const std::lock_guard lock{mutex_};
  return hears_;
}

bool ChangeListener::wait(const std::stop_token& stop, std::chrono::milliseconds most) {
  std::unique_lock lock{mutex_};
  changed_.wait_for(lock, stop, most, [this] { return noticed_; });
  return std::exchange(noticed_, false);
}

}  // namespace cardea::sql
