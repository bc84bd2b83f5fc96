#include "tallystick/core/result.hpp"

// A function of somebody who forgot [[nodiscard]]: the type asks for it.
tallystick::Status<int> flush();

void close() {
#ifdef CORRECT
  if (const auto flushed = flush(); !flushed) throw flushed.error();
#else
  flush();
#endif
}
