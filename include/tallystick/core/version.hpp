#pragma once

#pragma GCC visibility push(default)
namespace tallystick {

/// Of the client library and of the binary. CMakeLists.txt reads it from here.
inline constexpr const char* version = "0.1.0";

}  // namespace tallystick
#pragma GCC visibility pop
