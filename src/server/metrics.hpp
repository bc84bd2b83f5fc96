#pragma once
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "app/figures.hpp"

namespace tallystick::server {

/// What operators watch, in Prometheus' text form. The one place that knows its library. Any thread.
class Metrics {
 public:
  Metrics();
  ~Metrics();
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;

  /// `route` is a pattern of the table of routes, never what a caller sent; it and `method` live as long as this.
  void count_request(std::string_view route, std::string_view method, int status, std::chrono::nanoseconds duration);
  void count_events(std::uint64_t accepted, std::uint64_t duplicates, std::uint64_t conflicts);
  /// `outcome`: "issued" or the error of RFC 6749.
  void count_token_request(std::string_view outcome);

  static constexpr std::string_view content_type = "text/plain; version=0.0.4; charset=utf-8";
  [[nodiscard]] std::string text(const app::ServiceFigures& figures);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace tallystick::server
