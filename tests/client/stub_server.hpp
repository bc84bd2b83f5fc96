#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace tallystick::client_test {

/// A server on a free loopback port that writes byte for byte what a test tells it to.
class StubServer {
 public:
  struct Reply {
    std::string bytes;   ///< the whole answer, status line included
    bool close = false;  ///< close the connection after the bytes
    bool hold = false;   ///< write the bytes and then nothing, until the server ends
  };
  using Answer = std::function<Reply(const std::string& request)>;
  struct Tls {
    std::string certificate;         ///< PEM
    std::string key;                 ///< PEM
    std::string client_authority{};  ///< PEM; empty: clients show no certificate, else they must show one of it
    bool at_most_1_1 = false;
  };

  explicit StubServer(Answer answer);
  StubServer(Answer answer, const Tls& tls);
  ~StubServer();
  StubServer(const StubServer&) = delete;
  StubServer& operator=(const StubServer&) = delete;

  [[nodiscard]] std::string origin() const;
  [[nodiscard]] std::uint16_t port() const;
  /// Each with its header and body, as they came.
  [[nodiscard]] std::vector<std::string> requests() const;
  [[nodiscard]] int connections() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

/// An answer with that body and its length.
[[nodiscard]] std::string http_answer(const std::string& status, const std::string& body,
                                      const std::string& header_lines = {});

/// A loopback port that refuses connections for as long as this lives: bound, but nobody listens.
class RefusingPort {
 public:
  RefusingPort();
  ~RefusingPort();
  RefusingPort(const RefusingPort&) = delete;
  RefusingPort& operator=(const RefusingPort&) = delete;
  [[nodiscard]] std::string origin() const;

 private:
  int socket_ = -1;
};

}  // namespace tallystick::client_test
