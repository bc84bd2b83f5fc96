#include "server/reply_once.hpp"

#include <atomic>
#include <memory>

namespace tallystick::server {
namespace {

class PendingReply {
 public:
  PendingReply(std::function<void(Response)> deliver, std::function<Response()> when_dropped)
      : deliver_(std::move(deliver)), when_dropped_(std::move(when_dropped)) {}
  PendingReply(const PendingReply&) = delete;
  PendingReply& operator=(const PendingReply&) = delete;
  ~PendingReply() {
    if (!answered_.exchange(true)) deliver_(when_dropped_());
  }

  void answer(Response response) {
    if (!answered_.exchange(true)) deliver_(std::move(response));
  }

 private:
  std::function<void(Response)> deliver_;
  std::function<Response()> when_dropped_;
  std::atomic<bool> answered_{false};
};

}  // namespace

Reply reply_once(std::function<void(Response)> deliver, std::function<Response()> when_dropped) {
  auto pending = std::make_shared<PendingReply>(std::move(deliver), std::move(when_dropped));
  return [pending = std::move(pending)](Response response) { pending->answer(std::move(response)); };
}

}  // namespace tallystick::server
