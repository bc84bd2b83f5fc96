#pragma once
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "cli/event_batch.hpp"
#include "tallystick/client/tallystick_api.hpp"

namespace tallystick::cli {

/// Sends batches on several threads. Their order does not matter: (source, id) decides what counts.
class BatchSender {
 public:
  using Answer = ApiResult<wire::IngestResult>;
  /// Called once for each batch that was sent, one call at a time, from the sending threads.
  using OnAnswer = std::function<void(const EventBatch&, const Answer&)>;
  /// Whether to stop; asked from time to time.
  using Interrupted = std::function<bool()>;

  BatchSender(const TallystickApi& api, std::size_t threads, OnAnswer on_answer, Interrupted interrupted);
  ~BatchSender();
  BatchSender(const BatchSender&) = delete;
  BatchSender& operator=(const BatchSender&) = delete;

  /// Hands a batch over, waiting while all threads are busy. False: it was not taken, as an earlier batch failed or
  /// the user wants to stop; nothing more is sent then.
  [[nodiscard]] bool submit(EventBatch batch);

  /// Waits for all that is on its way. What is queued and not on its way yet is sent, unless a batch failed or the
  /// user wants to stop. False: something that was handed over was not sent.
  bool finish();

 private:
  void work();
  [[nodiscard]] bool stops() const { return failed_ || interrupted_(); }

  const TallystickApi& api_;
  const std::size_t queued_max_;
  OnAnswer on_answer_;
  Interrupted interrupted_;
  std::mutex answer_mutex_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<EventBatch> queue_;
  bool finished_ = false;
  bool failed_ = false;
  bool dropped_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace tallystick::cli
