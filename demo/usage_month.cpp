#include "demo/usage_month.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "demo/calendar.hpp"
#include "demo/measurement.hpp"
#include "demo/random.hpp"
#include "demo/workplace.hpp"

namespace tallystick::demo {
namespace {

using namespace std::chrono;
using core::TimePoint;
using core::UsageEvent;

constexpr std::size_t repeat_every = 200;
constexpr std::size_t void_every = 600;

// How a customer's events reach whoever bills them.
class Month {
 public:
  Month(const Customer& customer, std::uint64_t seed)
      : customer_(customer),
        random_(seed + customer.organization.bytes[0]),
        workplace_(customer, random_),
        measurement_(customer, workplace_, random_) {}

  std::vector<Delivery> deliveries(std::size_t count) {
    const std::size_t repeats = count / repeat_every;
    const std::size_t voids = count / void_every;
    std::vector<Delivery> all;
    all.reserve(count);
    while (all.size() + repeats + voids < count) all.push_back(deliver(measurement_.measure()));
    const std::size_t originals = all.size();
    for (std::size_t i = 0; i < repeats; ++i) all.push_back(repeat(all[random_.below(originals)]));
    for (std::size_t i = 0; i < voids; ++i) all.push_back(take_back(all[random_.below(originals)]));
    std::ranges::stable_sort(all, {}, &Delivery::arrives);
    return all;
  }

 private:
  Delivery deliver(UsageEvent measured) {
    milliseconds delay = random_.duration(200ms, 45s);
    if (random_.percent(1)) {
      // Was kept by a system that was cut off; the month before was not over everywhere when the demo's began.
      delay = random_.duration(26h, days{9});
      if (random_.percent(measured.until ? 25 : 10)) move_to_bound(measured);
    }
    const TimePoint arrives = measured.until.value_or(measured.time) + delay;
    return {arrives, std::move(measured)};
  }

  // A moment goes to February; an interval across the month's start or end.
  void move_to_bound(UsageEvent& measured) {
    if (!measured.until) {
      measured.time = demo_month().start - random_.duration(1ms, 40h);
      return;
    }
    const milliseconds length = *measured.until - measured.time;
    const TimePoint bound = random_.percent(50) ? demo_month().start : demo_month().end;
    measured.time = bound - random_.duration(1ms, length - 1ms);
    measured.until = measured.time + length;
  }

  // The sender did not hear the answer and sends once more.
  Delivery repeat(Delivery sent) {
    sent.arrives += random_.duration(1s, 30h);
    return sent;
  }

  Delivery take_back(const Delivery& sent) {
    core::VoidEvent correction{.source = "billing-desk/" + std::string(customer_.region),
                               .id = core::Uuid::from_random(random_.bytes()).to_string(),
                               .organization = customer_.organization,
                               .target_source = core::source_of(sent.event),
                               .target_id = core::id_of(sent.event)};
    return {sent.arrives + random_.duration(1h, 72h), std::move(correction)};
  }

  const Customer& customer_;
  Random random_;
  Workplace workplace_;
  Measurement measurement_;
};

}  // namespace

std::vector<Delivery> usage_of(const Customer& customer, std::uint64_t seed, std::size_t count) {
  return Month(customer, seed).deliveries(count);
}

}  // namespace tallystick::demo
