#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cardea/web/run/stop_on_signal.hpp>
#include <csignal>
#include <mutex>
#include <thread>

namespace cardea::web {

class StopOnSignal::Implementation : public std::enable_shared_from_this<Implementation> {
 public:
  Implementation(std::function<void()> stop, std::chrono::milliseconds same) : stop_(std::move(stop)), same_(same) {}

  void start() {
    signals_.async_wait([this](const boost::system::error_code& error, int) {
      if (!error) come();
    });
    thread_ = std::thread([self = shared_from_this()] { self->context_.run(); });
  }

  // A program that ends at once may still be sent the signal once more: whoever waits for that goes on by itself.
  void leave() {
    const std::unique_lock stopping{mutex_};
    if (has_come_) return thread_.detach();
    context_.stop();
    thread_.join();
  }

 private:
  void come() {
    const std::unique_lock stopping{mutex_, std::try_to_lock};
    if (!stopping) return;  // leave() is quicker, and there is nothing left to stop
    has_come_ = true;
    later_.expires_after(same_);
    later_.async_wait([this](const boost::system::error_code& error) {
      if (!error) signals_.clear();
    });
    if (same_.count() == 0) signals_.clear();
    stop_();
  }

  std::function<void()> stop_;
  std::chrono::milliseconds same_;
  std::mutex mutex_;
  bool has_come_ = false;
  boost::asio::io_context context_{1};
  boost::asio::signal_set signals_{context_, SIGTERM, SIGINT};
  boost::asio::steady_timer later_{context_};
  std::thread thread_;
};

StopOnSignal::StopOnSignal(std::function<void()> stop, std::chrono::milliseconds same)
    : implementation_(std::make_shared<Implementation>(std::move(stop), same)) {
  implementation_->start();
}
StopOnSignal::~StopOnSignal() { implementation_->leave(); }

}  // namespace cardea::web
