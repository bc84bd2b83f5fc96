#include "turns/thread_turns.hpp"

#include <sched.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdint>

namespace tallystick::turns {
namespace {

// A thread of niceness n gets about 1.25^-n of the share of one with 0.
constexpr int niceness_of_decoding = 5;
constexpr int niceness_of_storing = 10;
constexpr int niceness_of_merging = 14;
constexpr std::uint64_t short_turn_ns = 500'000;  // the kernel's own is about 3 ms

// As sched_setattr(2) has it; the C library knows neither the call nor the structure.
struct Attributes {
  std::uint32_t size = sizeof(Attributes);
  std::uint32_t policy = SCHED_OTHER;
  std::uint64_t flags = 0;
  std::int32_t niceness = 0;
  std::uint32_t priority = 0;
  std::uint64_t runtime_ns = short_turn_ns;
  std::uint64_t deadline_ns = 0;
  std::uint64_t period_ns = 0;
};

// On Linux, 0 is the calling thread.
int niceness() {
  return ::getpriority(PRIO_PROCESS, 0);
}

// Who wakes for a short turn need not wait for the end of another's long one, from Linux 6.12 on.
void take_short_turns() {
  Attributes attributes;
  attributes.niceness = niceness();  // as it is
  static_cast<void>(::syscall(SYS_sched_setattr, 0, &attributes, 0));
}

void give_way(int by) {
  if (niceness() < by) static_cast<void>(::setpriority(PRIO_PROCESS, 0, by));
}

}  // namespace

void take_rank(Rank rank) {
  switch (rank) {
    case Rank::answering:
      return take_short_turns();
    case Rank::decoding:
      give_way(niceness_of_decoding);
      return take_short_turns();
    case Rank::storing:
      return give_way(niceness_of_storing);
    case Rank::merging:
      return give_way(niceness_of_merging);
  }
}

}  // namespace tallystick::turns
