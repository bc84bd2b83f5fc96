#include "cli/interruption.hpp"

#include <array>
#include <atomic>
#include <csignal>

namespace tallystick::cli {
namespace {

constexpr std::array<int, 2> watched{SIGINT, SIGTERM};
std::atomic<bool> interrupted{false};
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler may set it");

void note(int /*signal*/) {
  interrupted = true;
}

}  // namespace

Interruption::Interruption() {
  interrupted = false;
  struct sigaction action {};
  action.sa_handler = note;
  // Without SA_RESTART a wait for standard input ends; with SA_RESETHAND the second signal does what it always does.
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  sigemptyset(&action.sa_mask);
  for (std::size_t i = 0; i < watched.size(); ++i) ::sigaction(watched.at(i), &action, &before_.at(i));
}

Interruption::~Interruption() {
  for (std::size_t i = 0; i < watched.size(); ++i) ::sigaction(watched.at(i), &before_.at(i), nullptr);
}

bool Interruption::happened() {
  return interrupted;
}

}  // namespace tallystick::cli
