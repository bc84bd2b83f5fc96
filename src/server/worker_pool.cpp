#include "server/worker_pool.hpp"

#include <algorithm>
#include <exception>
#include <string_view>

#include "server/log.hpp"
#include "turns/thread_turns.hpp"

namespace tallystick::server {

WorkerPool::WorkerPool(std::size_t threads) {
  for (std::size_t i = 0; i < std::max<std::size_t>(threads, 1); ++i) {
    threads_.emplace_back([this] { work(); });
  }
}

WorkerPool::~WorkerPool() {
  stop();
}

void WorkerPool::post(Lane lane, std::function<void()> task) {
  {
    const std::scoped_lock lock(mutex_);
    if (stopped_) return;  // the task goes after the lock: what it holds may post in its own end
    waiting_.at(static_cast<std::size_t>(lane)).push_back(std::move(task));
  }
  changed_.notify_one();
}

void WorkerPool::stop() {
  decltype(waiting_) dropped;
  {
    const std::scoped_lock lock(mutex_);
    stopped_ = true;
    dropped.swap(waiting_);
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
}

void WorkerPool::work() {
  turns::take_rank(turns::Rank::decoding);
  for (;;) {
    std::function<void()> task;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return stopped_ || !waiting_[0].empty() || !waiting_[1].empty(); });
      if (stopped_) return;
      task = take();
    }
    try {
      task();
    } catch (const std::exception& thrown) {
      log::write(log::Level::error, "a request's task threw", {{"reason", std::string_view(thrown.what())}});
    }
  }
}

std::function<void()> WorkerPool::take() {
  const std::size_t lane = waiting_.at(next_lane_).empty() ? 1 - next_lane_ : next_lane_;
  next_lane_ = 1 - lane;
  std::function<void()> task = std::move(waiting_.at(lane).front());
  waiting_.at(lane).pop_front();
  return task;
}

}  // namespace tallystick::server
