#include "app/writer.hpp"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>
#include <variant>

#include "turns/thread_turns.hpp"

namespace tallystick::app {
namespace {

using Change = std::function<void()>;
using Group = std::vector<Writer::Batch>;

}  // namespace

class Writer::Impl {
 public:
  Impl(store::Store& store, Settings settings) : store_(store), settings_(settings), thread_([this] { run(); }) {}

  ~Impl() {
    {
      const std::lock_guard lock(mutex_);
      is_stopping_ = true;
    }
    changed_.notify_one();
    thread_.join();
  }

  bool enqueue(Batch batch) {
    {
      const std::lock_guard lock(mutex_);
      const std::size_t room = settings_.queue_events_max - queued_events_;
      if (batch.events->size() > room) return false;
      queued_events_ += batch.events->size();
      queue_.emplace_back(std::move(batch));
    }
    changed_.notify_one();
    return true;
  }

  void run_alone(Change change) {
    {
      const std::lock_guard lock(mutex_);
      queue_.emplace_back(std::move(change));
    }
    changed_.notify_one();
  }

  std::size_t queued_events() const {
    const std::lock_guard lock(mutex_);
    return queued_events_;
  }
  std::size_t queue_events_max() const { return settings_.queue_events_max; }

 private:
  void run() {
    turns::take_rank(turns::Rank::storing);
    std::unique_lock lock(mutex_);
    for (;;) {
      changed_.wait(lock, [this] { return is_stopping_ || !queue_.empty(); });
      if (queue_.empty()) return;
      if (auto* waiting = std::get_if<Change>(&queue_.front())) {
        const Change change = std::move(*waiting);
        queue_.pop_front();
        lock.unlock();
        change();
      } else {
        Group group = take_group();
        lock.unlock();
        write(std::move(group));
      }
      lock.lock();
    }
  }

  // The batches at the head of the queue that fit one durable write, up to the next change. The lock is held.
  Group take_group() {
    Group group;
    std::size_t events = 0;
    while (!queue_.empty()) {
      auto* batch = std::get_if<Batch>(&queue_.front());
      if (batch == nullptr) break;
      events += batch->events->size();
      if (!group.empty() && events > settings_.group_events_max) break;
      group.push_back(std::move(*batch));
      queue_.pop_front();
    }
    return group;
  }

  void write(Group group) {
    std::size_t events = 0;
    for (const Batch& batch : group) events += batch.events->size();
    std::erase_if(group, [](const Batch& batch) { return !batch.still_valid(); });
    if (group.empty()) {
      release(events);
      return;
    }
    std::vector<store::EventBatch> batches;
    batches.reserve(group.size());
    for (const Batch& batch : group) batches.emplace_back(*batch.events);
    auto outcomes = store_.commit(batches);
    // Before the answers: who was answered finds the room that the own batch took.
    release(events);
    for (std::size_t i = 0; i < group.size(); ++i) {
      // What answers may be the last that holds the events, and so choose the thread on which they are freed.
      group[i].still_valid = nullptr;
      group[i].events.reset();
      if (outcomes) {
        group[i].on_committed(std::move((*outcomes)[i]));
      } else {
        group[i].on_committed(fail(outcomes.error()));
      }
    }
  }

  void release(std::size_t events) {
    const std::lock_guard lock(mutex_);
    queued_events_ -= events;
  }

  store::Store& store_;
  const Settings settings_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::variant<Batch, Change>> queue_;
  std::size_t queued_events_ = 0;
  bool is_stopping_ = false;
  std::thread thread_;
};

Writer::Writer(store::Store& store, Settings settings) : impl_(std::make_unique<Impl>(store, settings)) {}
Writer::~Writer() = default;

bool Writer::enqueue(Batch batch) {
  return impl_->enqueue(std::move(batch));
}
void Writer::run_alone(std::function<void()> change) {
  impl_->run_alone(std::move(change));
}
std::size_t Writer::queued_events() const {
  return impl_->queued_events();
}
std::size_t Writer::queue_events_max() const {
  return impl_->queue_events_max();
}

}  // namespace tallystick::app
