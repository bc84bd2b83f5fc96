#include <gtest/gtest.h>

#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "tallystick/wire/event.hpp"
#include "wire/random_text.hpp"

namespace tallystick::wire {
namespace {

core::OrganizationId random_organization() {
  return {*rc::gen::container<std::array<std::uint8_t, 16>>(rc::gen::arbitrary<std::uint8_t>())};
}

core::TimePoint random_time() {
  constexpr std::int64_t year_9999_ms = 253'402'300'799'999;
  return core::TimePoint{core::milliseconds{*rc::gen::inRange<std::int64_t>(0, year_9999_ms)}};
}

// Up to 18 digits before and 9 after the point.
core::Decimal random_quantity() {
  const auto whole = *rc::gen::inRange<std::int64_t>(0, 1'000'000'000'000'000'000);
  const auto fraction = *rc::gen::inRange<std::int64_t>(0, core::Decimal::one_units);
  return core::Decimal::from_units(core::int128{whole} * core::Decimal::one_units + fraction);
}

core::Event random_event() {
  const std::string source = *random_text();
  const std::string id = *random_text();
  const core::OrganizationId organization = random_organization();
  if (*rc::gen::inRange(0, 4) == 0) {
    return core::VoidEvent{.source = source,
                           .id = id,
                           .organization = organization,
                           .target_source = *random_text(),
                           .target_id = *random_text()};
  }
  core::UsageEvent usage{.source = source,
                         .id = id,
                         .organization = organization,
                         .product = *random_text(),
                         .resource = *random_text(),
                         .time = random_time(),
                         .quantity = random_quantity(),
                         .until = std::nullopt};
  if (*rc::gen::arbitrary<bool>()) usage.until = random_time();
  return usage;
}

void expect_all(const Result<DecodedEvents, EventDecodeFailure>& decoded, const std::vector<core::Event>& events) {
  RC_ASSERT(decoded.has_value());
  RC_ASSERT(decoded->faults.empty());
  RC_ASSERT(decoded->events == events);
}

RC_GTEST_PROP(EventProperty, WhatIsWrittenIsReadInEachFormat, ()) {
  std::vector<core::Event> events;
  std::string batch = "[";
  std::string lines;
  const int count = *rc::gen::inRange(0, 6);
  for (int i = 0; i < count; ++i) {
    events.push_back(random_event());
    const std::string json = event_to_json(events.back());
    expect_all(decode_events(json, EventFormat::single, 1), {events.back()});
    batch += (i > 0 ? "," : "") + json;
    lines += json + "\n";
  }
  expect_all(decode_events(batch + "]", EventFormat::batch, 6), events);
  expect_all(decode_events(lines, EventFormat::ndjson, 6), events);
}

// Whatever a caller sends is answered, never a crash, and never an event out of a text that was cut off.
RC_GTEST_PROP(EventProperty, ATruncatedEventIsNeverTaken, ()) {
  const std::string json = event_to_json(random_event());
  const auto kept = *rc::gen::inRange<std::size_t>(0, json.size());
  RC_ASSERT(!decode_events(std::string_view(json).substr(0, kept), EventFormat::single, 1).has_value());
}

RC_GTEST_PROP(EventProperty, ADamagedByteNeverAddsEvents, ()) {
  std::string json = "[" + event_to_json(random_event()) + "]";
  const auto at = *rc::gen::inRange<std::size_t>(0, json.size());
  json[at] = *rc::gen::arbitrary<char>();
  const auto decoded = decode_events(json, EventFormat::batch, 10);
  if (decoded) RC_ASSERT(decoded->events.size() <= 1U);
}

}  // namespace
}  // namespace tallystick::wire
