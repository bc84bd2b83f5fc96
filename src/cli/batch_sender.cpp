#include "cli/batch_sender.hpp"

#include <utility>

namespace tallystick::cli {
namespace {

// How soon an interruption is noticed while nothing else happens.
constexpr std::chrono::milliseconds interruption_interval{50};

}  // namespace

BatchSender::BatchSender(const TallystickApi& api, std::size_t threads, OnAnswer on_answer, Interrupted interrupted)
    : api_(api), queued_max_(threads), on_answer_(std::move(on_answer)), interrupted_(std::move(interrupted)) {
  for (std::size_t i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
}

BatchSender::~BatchSender() {
  finish();
}

bool BatchSender::submit(EventBatch batch) {
  std::unique_lock lock(mutex_);
  while (!stops() && queue_.size() >= queued_max_) changed_.wait_for(lock, interruption_interval);
  if (stops()) return false;
  queue_.push_back(std::move(batch));
  changed_.notify_all();
  return true;
}

bool BatchSender::finish() {
  {
    const std::lock_guard lock(mutex_);
    finished_ = true;
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
  return !dropped_;
}

void BatchSender::work() {
  while (true) {
    EventBatch batch;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [&] { return finished_ || !queue_.empty(); });
      if (!queue_.empty() && stops()) {
        queue_.clear();
        dropped_ = true;
      }
      if (queue_.empty()) {
        if (finished_) return;
        continue;
      }
      batch = std::move(queue_.front());
      queue_.pop_front();
    }
    changed_.notify_all();
    const Answer answer = api_.post_events_ndjson(batch.ndjson).send();
    {
      const std::lock_guard lock(answer_mutex_);
      on_answer_(batch, answer);
    }
    if (answer) continue;
    const std::lock_guard lock(mutex_);
    failed_ = true;
    changed_.notify_all();
  }
}

}  // namespace tallystick::cli
