#include "cli/interruption.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>

namespace tallystick::cli {
namespace {

constexpr std::array<int, 2> watched{SIGINT, SIGTERM};
constexpr char interrupted = 'i';
constexpr char over = 'o';
// Where the handler writes.
std::atomic<int> write_end{-1};
static_assert(std::atomic<int>::is_always_lock_free, "a signal handler may read it");

// All that a signal handler may do towards waking a thread.
void note(int /*signal*/) {
  const int saved = errno;
  [[maybe_unused]] const ssize_t written = ::write(write_end, &interrupted, 1);
  errno = saved;
}

}  // namespace

Interruption::Interruption(const Terminal& terminal) : token_(stop_.get_token()) {
  if (terminal.stop.stop_possible()) {
    token_ = terminal.stop;
    return;
  }
  // Without a pipe signals do what they always do.
  if (::pipe2(pipe_.data(), O_CLOEXEC) != 0) return;
  write_end = pipe_[1];
  watcher_ = std::thread([this] { watch(); });
  struct sigaction action {};
  action.sa_handler = note;
  // Without SA_RESTART a wait for standard input ends; with SA_RESETHAND the second signal does what it always does.
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  sigemptyset(&action.sa_mask);
  for (std::size_t i = 0; i < watched.size(); ++i) ::sigaction(watched.at(i), &action, &before_.at(i));
}

Interruption::~Interruption() {
  if (!watcher_.joinable()) return;
  for (std::size_t i = 0; i < watched.size(); ++i) ::sigaction(watched.at(i), &before_.at(i), nullptr);
  [[maybe_unused]] const ssize_t written = ::write(pipe_[1], &over, 1);
  watcher_.join();
  for (const int end : pipe_) ::close(end);
}

void Interruption::watch() {
  while (true) {
    char what = over;
    const ssize_t bytes = ::read(pipe_[0], &what, 1);
    if (bytes < 0 && errno == EINTR) continue;
    if (bytes <= 0 || what == over) return;
    stop_.request_stop();
  }
}

}  // namespace tallystick::cli
