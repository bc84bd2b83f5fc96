#pragma once
#include <rapidcheck.h>

#include <cstdint>
#include <string>

namespace tallystick::wire {

// Any text of UTF-8, control characters and characters beyond the basic plane included.
inline rc::Gen<std::string> random_text() {
  const auto character = rc::gen::map(
      rc::gen::oneOf(rc::gen::inRange<std::uint32_t>(0, 0x80), rc::gen::inRange<std::uint32_t>(0x80, 0xD800),
                     rc::gen::inRange<std::uint32_t>(0xE000, 0x110000)),
      [](std::uint32_t point) {
        std::string bytes;
        const auto tail = [&](unsigned shift) { bytes += static_cast<char>(0x80U | ((point >> shift) & 0x3FU)); };
        if (point < 0x80) {
          bytes += static_cast<char>(point);
        } else if (point < 0x800) {
          bytes += static_cast<char>(0xC0U | (point >> 6U));
          tail(0);
        } else if (point < 0x10000) {
          bytes += static_cast<char>(0xE0U | (point >> 12U));
          tail(6);
          tail(0);
        } else {
          bytes += static_cast<char>(0xF0U | (point >> 18U));
          tail(12);
          tail(6);
          tail(0);
        }
        return bytes;
      });
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(character), [](const auto& characters) {
    std::string text;
    for (const auto& bytes : characters) text += bytes;
    return text;
  });
}

}  // namespace tallystick::wire
