#pragma once
#include <array>
#include <cstdint>
#include <stdexcept>
#include <string>

#include "http/client_socket.hpp"
#include "http/request_text.hpp"
#include "http/response_reader.hpp"

namespace tallystick::bench {

/// One keep-alive connection that asks and waits.
class BlockingReader {
 public:
  BlockingReader(std::uint16_t port, std::string token)
      : socket_(port, ClientSocket::Mode::blocking), token_(std::move(token)) {}

  /// The whole answer, valid until the next one. Throws std::runtime_error where it is not 200.
  const ResponseReader& get(std::string_view target) {
    const std::string request = get_request(target, token_);
    answer_.clear();
    for (std::size_t sent = 0; sent < request.size();) sent += socket_.send(request, {}, sent);
    while (!answer_.add(socket_.receive(space_))) {
    }
    if (answer_.status() != 200) {
      throw std::runtime_error("GET " + std::string(target) + ": " + std::to_string(answer_.status()) + " " +
                               std::string(answer_.body().substr(0, 600)));
    }
    return answer_;
  }

 private:
  ClientSocket socket_;
  std::string token_;
  ResponseReader answer_;
  std::array<char, 262'144> space_{};
};

}  // namespace tallystick::bench
