#pragma once
#include <curl/curl.h>

#include <cstddef>
#include <memory>
#include <mutex>
#include <stop_token>
#include <vector>

namespace tallystick::client {

/// One exchange at a time over connections that stay open: an easy handle, and the multi handle that keeps its
/// connections, TLS sessions and names, and that another thread can wake.
class CurlLine {
 public:
  CurlLine();
  ~CurlLine();
  CurlLine(const CurlLine&) = delete;
  CurlLine& operator=(const CurlLine&) = delete;

  /// False: libcurl could not be started.
  [[nodiscard]] bool usable() const { return multi_ != nullptr && easy_ != nullptr; }
  /// For options and what is known afterwards.
  [[nodiscard]] CURL* handle() const { return easy_; }

  struct Outcome {
    CURLcode code = CURLE_OK;
    bool stopped = false;
  };
  /// Runs the exchange that was set up; a stop ends it at once, and its connection with it.
  [[nodiscard]] Outcome perform(const std::stop_token& stop);
  /// Forgets options; connections stay.
  void reset() { curl_easy_reset(easy_); }

 private:
  CURLM* multi_;
  CURL* easy_;
};

/// Lines for all threads. Any thread.
class CurlLines {
 public:
  CurlLines();
  /// The line used last, whose connections are most likely open still; or a new one. Null: libcurl cannot be started.
  [[nodiscard]] std::unique_ptr<CurlLine> take();
  void give_back(std::unique_ptr<CurlLine> line);

 private:
  bool usable_ = false;
  std::mutex mutex_;
  std::vector<std::unique_ptr<CurlLine>> idle_;
};

}  // namespace tallystick::client
