// The one place that names the socket of a connection: one of TCP, or a Unix socket.
#pragma once

#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>

namespace cardea::web {

using StreamProtocol = boost::asio::generic::stream_protocol;
using Stream = boost::asio::basic_stream_socket<StreamProtocol, boost::asio::io_context::executor_type>;

}  // namespace cardea::web
