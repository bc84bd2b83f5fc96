#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>

#include "cli/failure.hpp"

namespace tallystick::cli {

/// What a person's browser shows: a heading, and a sentence below it, both plain text.
struct BrowserPage {
  int status = 200;
  std::string heading;
  std::string text;
};

/// A browser that came to the redirect URI and waits for a page.
class BrowserVisit {
 public:
  BrowserVisit(int socket, std::string query) : socket_(socket), query_(std::move(query)) {}
  ~BrowserVisit();
  BrowserVisit(BrowserVisit&& other) noexcept;
  BrowserVisit& operator=(BrowserVisit&&) = delete;
  BrowserVisit(const BrowserVisit&) = delete;
  BrowserVisit& operator=(const BrowserVisit&) = delete;

  /// Of the redirect URI, without `?`.
  [[nodiscard]] const std::string& query() const { return query_; }
  /// Shows the page and ends the visit. A browser that is gone misses it.
  void answer(const BrowserPage& page);

 private:
  int socket_;
  std::string query_;
};

/// Listens on 127.0.0.1 for the redirect that ends a log-in in a browser (RFC 8252, section 7.3).
class RedirectListener {
 public:
  /// `port`: 0 takes a free one. Failure: why it cannot listen.
  [[nodiscard]] static Result<RedirectListener, Failure> open(std::uint16_t port);
  ~RedirectListener();
  RedirectListener(RedirectListener&& other) noexcept;
  RedirectListener& operator=(RedirectListener&&) = delete;
  RedirectListener(const RedirectListener&) = delete;
  RedirectListener& operator=(const RedirectListener&) = delete;

  /// `http://127.0.0.1:<port>/callback`
  [[nodiscard]] std::string redirect_uri() const;

  struct Wait {
    std::function<std::chrono::steady_clock::time_point()> now;
    std::chrono::steady_clock::time_point until;
    std::stop_token stop;
  };
  /// Waits for the visit that `is_ours`, judged by its query. Others are answered and change nothing: any page of the
  /// web can send a browser here. Failures: the time is over, it was stopped.
  [[nodiscard]] Result<BrowserVisit, Failure> wait(const std::function<bool(std::string_view query)>& is_ours,
                                                   const Wait& wait) const;

 private:
  RedirectListener(int socket, std::uint16_t port) : socket_(socket), port_(port) {}

  int socket_;
  std::uint16_t port_;
};

}  // namespace tallystick::cli
