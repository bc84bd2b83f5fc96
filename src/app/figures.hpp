#pragma once
#include <cstdint>

#include "app/writer.hpp"
#include "store/store.hpp"

namespace tallystick::app {

/// What operators watch, beside the requests themselves.
struct ServiceFigures {
  std::uint64_t events_stored = 0;  ///< accepted for ever, voids included
  std::uint64_t tail_events = 0;    ///< in memory, not sealed yet
  std::uint64_t bytes_on_disk = 0;
  std::uint64_t queued_events = 0;  ///< waiting or being written now
};

[[nodiscard]] inline ServiceFigures service_figures(const store::Store& store, const Writer& writer) {
  const store::StoreFigures stored = store.figures();
  return {.events_stored = stored.events_stored,
          .tail_events = stored.tail_events,
          .bytes_on_disk = stored.bytes_on_disk,
          .queued_events = writer.queued_events()};
}

}  // namespace tallystick::app
