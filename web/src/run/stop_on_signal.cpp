#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <cardea/web/run/stop_on_signal.hpp>
#include <csignal>
#include <thread>

namespace cardea::web {

class StopOnSignal::Implementation {
 public:
  explicit Implementation(std::function<void()> stop) : stop_(std::move(stop)) {
    signals_.async_wait([this](const boost::system::error_code& error, int) {
      if (error) return;
      signals_.clear();
      stop_();
    });
    thread_ = std::jthread([this] { context_.run(); });
  }

  ~Implementation() { context_.stop(); }

 private:
  std::function<void()> stop_;
  boost::asio::io_context context_{1};
  boost::asio::signal_set signals_{context_, SIGTERM, SIGINT};
  std::jthread thread_;
};

StopOnSignal::StopOnSignal(std::function<void()> stop)
    : implementation_(std::make_unique<Implementation>(std::move(stop))) {}
StopOnSignal::~StopOnSignal() = default;

}  // namespace cardea::web
