#include "client/started_calls.hpp"

#include <algorithm>
#include <condition_variable>
#include <list>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace tallystick::client {

class StartedCalls::Threads : public std::enable_shared_from_this<Threads> {
 public:
  void start(Work work, const std::stop_token& stop, std::size_t at_once_max);
  void close();

 private:
  enum class Place { nowhere, waiting, cancelled, under_way };
  struct Call {
    Work work;
    Place place = Place::nowhere;
    bool counts = false;    ///< among those that are limited: it was not cancelled before its turn
    std::stop_source stop;  ///< of the work: requested by the caller's stop, and at the end
    std::optional<std::stop_callback<std::function<void()>>> callers_stop;  ///< the first to be destroyed
  };
  using Calls = std::list<Call>;

  void cancel(Calls::iterator call);
  void work_until_closed();
  /// Whether the next in turn may go.
  [[nodiscard]] bool is_turn() const { return !waiting_.empty() && counted_ < at_once_max_; }
  /// Makes a thread where all are busy and there may be one more. Needs the lock.
  void add_thread(std::size_t threads_max);
  /// Does one that was cancelled, or whose turn it is. False: there is none. Leaves the lock while it works.
  bool do_one(std::unique_lock<std::mutex>& lock);

  std::mutex mutex_;
  std::condition_variable changed_;
  // A call moves from list to list, so that its address stays.
  Calls waiting_;
  Calls cancelled_;  ///< before their turn; their work is still to be told
  Calls under_way_;
  std::size_t counted_ = 0;
  std::size_t at_once_max_ = 1;
  std::size_t free_ = 0;  ///< threads that do no work
  bool closes_ = false;
  std::vector<std::thread> threads_;
};

void StartedCalls::Threads::start(Work work, const std::stop_token& stop, std::size_t at_once_max) {
  Calls one;
  const auto call = one.emplace(one.end());
  call->work = std::move(work);
  // From here on the caller's stop may come at any time, on any thread.
  call->callers_stop.emplace(stop, [this, call] { cancel(call); });
  {
    const std::lock_guard lock(mutex_);
    at_once_max_ = std::max<std::size_t>(1, at_once_max);
    const bool is_cancelled = call->stop.stop_requested();
    call->place = is_cancelled ? Place::cancelled : Place::waiting;
    Calls& list = is_cancelled ? cancelled_ : waiting_;
    list.splice(list.end(), one);
    add_thread(at_once_max_);
    if (threads_.empty()) {
      call->place = Place::under_way;
      one.splice(one.end(), list, call);
    }
  }
  changed_.notify_all();
  if (!one.empty()) call->work(call->stop.get_token());
}

void StartedCalls::Threads::cancel(Calls::iterator call) {
  // Without the lock: this calls whatever waits for the work's stop.
  call->stop.request_stop();
  {
    const std::lock_guard lock(mutex_);
    if (call->place != Place::waiting) return;
    cancelled_.splice(cancelled_.end(), waiting_, call);
    call->place = Place::cancelled;
    // Others may be busy for long; who cancels wants to be told at once.
    add_thread(at_once_max_ + 1);
  }
  changed_.notify_one();
}

void StartedCalls::Threads::add_thread(std::size_t threads_max) {
  const bool is_one_free = free_ >= waiting_.size() + cancelled_.size();
  if (is_one_free || closes_ || threads_.size() >= threads_max) return;
  try {
    threads_.emplace_back([self = shared_from_this()] { self->work_until_closed(); });
    ++free_;
  } catch (const std::system_error&) {
    // The threads that are there do it, one after the other.
  }
}

void StartedCalls::Threads::work_until_closed() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return closes_ || !cancelled_.empty() || is_turn(); });
    --free_;
    const bool has_worked = do_one(lock);
    ++free_;
    if (!has_worked && closes_) return;
  }
}

bool StartedCalls::Threads::do_one(std::unique_lock<std::mutex>& lock) {
  Calls& list = cancelled_.empty() ? waiting_ : cancelled_;
  if (&list == &waiting_ && !is_turn()) return false;
  const auto call = list.begin();
  call->counts = call->place == Place::waiting;
  call->place = Place::under_way;
  if (call->counts) ++counted_;
  under_way_.splice(under_way_.end(), list, call);
  lock.unlock();
  call->work(call->stop.get_token());
  lock.lock();
  if (call->counts) --counted_;
  Calls done;
  done.splice(done.end(), under_way_, call);
  lock.unlock();
  // What the work holds ends here, perhaps the last Connection. So does the caller's stop, which may be under way and
  // want the lock.
  done.clear();
  lock.lock();
  return true;
}

void StartedCalls::Threads::close() {
  std::vector<std::stop_source> stops;
  std::unique_lock lock(mutex_);
  closes_ = true;
  for (Call& call : waiting_) {
    call.stop.request_stop();  // Nothing waits for it yet.
    call.place = Place::cancelled;
  }
  cancelled_.splice(cancelled_.end(), waiting_);
  for (const Call& call : under_way_) stops.push_back(call.stop);
  lock.unlock();
  for (std::stop_source& stop : stops) stop.request_stop();
  changed_.notify_all();

  const auto is_this = [](const std::thread& thread) { return thread.get_id() == std::this_thread::get_id(); };
  const auto own = std::find_if(threads_.begin(), threads_.end(), is_this);
  if (own != threads_.end()) {
    // A work owned the last of the connection. This thread cannot wait for itself: it does here what is left.
    own->detach();
    lock.lock();
    while (do_one(lock)) {
    }
    lock.unlock();
  }
  for (std::thread& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
}

StartedCalls::StartedCalls() : threads_(std::make_shared<Threads>()) {}

StartedCalls::~StartedCalls() {
  threads_->close();
}

void StartedCalls::start(Work work, const std::stop_token& stop, std::size_t at_once_max) {
  threads_->start(std::move(work), stop, at_once_max);
}

}  // namespace tallystick::client
