#pragma once

namespace tallystick {

/// Of the client library and of the binary. CMakeLists.txt reads it from here.
inline constexpr const char* version = "0.1.0";

}  // namespace tallystick
