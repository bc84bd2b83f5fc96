#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "app/apply_catalog.hpp"
#include "app/authenticate.hpp"
#include "app/catalog_snapshot.hpp"
#include "app/clock.hpp"
#include "app/figures.hpp"
#include "app/ingest.hpp"
#include "app/report_jobs.hpp"
#include "tallystick/core/result.hpp"

namespace tallystick::server {

/// Where a listener binds. Port 0 picks a free one.
struct Address {
  std::string host = "127.0.0.1";
  std::uint16_t port = 8080;
};

/// Reads `HOST:PORT`, `[::1]:8080` for IPv6. Absent: not an address.
[[nodiscard]] std::optional<Address> parse_address(std::string_view text);
[[nodiscard]] bool is_loopback(const Address& address);

struct Limits {
  std::size_t body_bytes_max = std::size_t{32} << 20U;  ///< after decompression too
  std::size_t header_bytes_max = 16'384;
  std::size_t batch_events_max = 10'000;
  std::chrono::milliseconds request_read_timeout{10'000};  ///< from a request's first byte to its last
  std::chrono::milliseconds idle_timeout{75'000};          ///< between two requests of a connection
  std::chrono::milliseconds drain_timeout{9'000};          ///< for running requests once told to stop
};

struct Settings {
  Address listen;
  std::optional<Address> listen_admin;  ///< health and metrics move there; else they answer loopback callers alone
  std::string tls_certificate_file;     ///< PEM; empty: plain HTTP
  std::string tls_key_file;
  std::size_t worker_threads = 2;
  std::uint32_t requests_per_minute = 300;  ///< a token on /api/v2; 0: no limit
  bool has_test_clock = false;              ///< /tallystick/v1/clock exists
  Limits limits;
};

/// The use cases behind the addresses; all outlive the server.
struct UseCases {
  app::Authentication& authentication;
  const app::CurrentCatalog& catalog;
  app::Ingest& ingest;
  app::ReportJobs& reports;
  app::ApplyCatalog& apply;
  std::function<app::ServiceFigures()> figures;
  app::Clock clock;
  app::TestClock* test_clock = nullptr;  ///< with has_test_clock
  app::RandomBytes random;
};

/// The HTTP side. Listens from `start` on, answers until `stop`.
class Server {
 public:
  Server(Settings settings, UseCases use_cases);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// Binds and begins to answer on its own threads; the address that was bound, with its real port. The failure is a
  /// sentence for the operator: what could not be bound or read, and what to do.
  [[nodiscard]] Result<Address, std::string> start();
  [[nodiscard]] std::optional<Address> admin_address() const;

  /// No new connections, running requests finish (at most drain_timeout), then returns.
  void stop();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace tallystick::server
