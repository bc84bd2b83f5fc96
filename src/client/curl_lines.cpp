#include "client/curl_lines.hpp"

#include <utility>

namespace tallystick::client {
namespace {

/// Idle lines, each with its open connections, that wait for the next request.
constexpr std::size_t idle_lines_max = 32;
/// libcurl ends its waits by itself when there is something to do; this is how long one may last at most.
constexpr int longest_wait_ms = 60'000;

}  // namespace

CurlLine::CurlLine() : multi_(curl_multi_init()), easy_(curl_easy_init()) {}

CurlLine::~CurlLine() {
  curl_easy_cleanup(easy_);
  curl_multi_cleanup(multi_);
}

CurlLine::Outcome CurlLine::perform(const std::stop_token& stop) {
  if (curl_multi_add_handle(multi_, easy_) != CURLM_OK) return {.code = CURLE_OUT_OF_MEMORY};
  Outcome outcome;
  {
    const std::stop_callback wake(stop, [this] { curl_multi_wakeup(multi_); });
    for (int running = 1;;) {
      if (stop.stop_requested()) {
        outcome.stopped = true;
        break;
      }
      if (curl_multi_perform(multi_, &running) != CURLM_OK) {
        outcome.code = CURLE_OUT_OF_MEMORY;
        break;
      }
      if (running == 0) break;
      if (curl_multi_poll(multi_, nullptr, 0, longest_wait_ms, nullptr) != CURLM_OK) {
        outcome.code = CURLE_OUT_OF_MEMORY;
        break;
      }
    }
  }
  int messages = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi_, &messages)) {
    if (message->msg == CURLMSG_DONE) outcome.code = message->data.result;
  }
  curl_multi_remove_handle(multi_, easy_);
  return outcome;
}

CurlLines::CurlLines() {
  // Once for the process, whichever transport is made first.
  static const CURLcode global = curl_global_init(CURL_GLOBAL_DEFAULT);
  usable_ = global == CURLE_OK;
}

std::unique_ptr<CurlLine> CurlLines::take() {
  if (!usable_) return nullptr;
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      auto line = std::move(idle_.back());
      idle_.pop_back();
      return line;
    }
  }
  auto line = std::make_unique<CurlLine>();
  return line->usable() ? std::move(line) : nullptr;
}

void CurlLines::give_back(std::unique_ptr<CurlLine> line) {
  line->reset();
  const std::lock_guard lock(mutex_);
  if (idle_.size() < idle_lines_max) idle_.push_back(std::move(line));
}

}  // namespace tallystick::client
