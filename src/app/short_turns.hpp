#pragma once

namespace tallystick::app {

/// Asks the kernel to let this thread run soon when it wakes, for short turns at a time, as those do who wait for
/// others most of the time and for whom someone waits. Its share of the processors stays what it is. Kernels before
/// Linux 6.12 do not know this; there, nothing changes.
void take_short_turns();

}  // namespace tallystick::app
