#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cardea/web/run/stop_on_signal.hpp>
#include <csignal>
#include <thread>

namespace cardea::web {

class StopOnSignal::Implementation {
 public:
  Implementation(std::function<void()> stop, std::chrono::milliseconds same) : stop_(std::move(stop)), same_(same) {
    signals_.async_wait([this](const boost::system::error_code& error, int) {
      if (!error) come();
    });
    thread_ = std::jthread([this] { context_.run(); });
  }

  ~Implementation() { context_.stop(); }

 private:
  void come() {
    later_.expires_after(same_);
    later_.async_wait([this](const boost::system::error_code& error) {
      if (!error) signals_.clear();
    });
    if (same_.count() == 0) signals_.clear();
    stop_();
  }

  std::function<void()> stop_;
  std::chrono::milliseconds same_;
  boost::asio::io_context context_{1};
  boost::asio::signal_set signals_{context_, SIGTERM, SIGINT};
  boost::asio::steady_timer later_{context_};
  std::jthread thread_;
};

StopOnSignal::StopOnSignal(std::function<void()> stop, std::chrono::milliseconds same)
    : implementation_(std::make_unique<Implementation>(std::move(stop), same)) {}
StopOnSignal::~StopOnSignal() = default;

}  // namespace cardea::web
