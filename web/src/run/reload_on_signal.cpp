#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <cardea/web/run/reload_on_signal.hpp>
#include <csignal>
#include <thread>

namespace cardea::web {

class ReloadOnSignal::Implementation {
 public:
  explicit Implementation(std::function<void()> reload) : reload_(std::move(reload)) {
    wait();
    thread_ = std::jthread([this] { context_.run(); });
  }
  ~Implementation() { context_.stop(); }

 private:
  void wait() {
    signals_.async_wait([this](const boost::system::error_code& error, int) {
      if (error) return;
      reload_();
      wait();
    });
  }

  std::function<void()> reload_;
  boost::asio::io_context context_{1};
  boost::asio::signal_set signals_{context_, SIGHUP};
  std::jthread thread_;
};

ReloadOnSignal::ReloadOnSignal(std::function<void()> reload)
    : implementation_(std::make_unique<Implementation>(std::move(reload))) {}
ReloadOnSignal::~ReloadOnSignal() = default;

}  // namespace cardea::web
