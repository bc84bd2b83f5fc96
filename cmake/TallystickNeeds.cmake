# What the installed layers are linked with, as each kind of consumer names it: CMake, pkg-config, Debian. A row for
# every library that a layer may name in EXTERNAL; one without a row stops the configure step.
#   target | how a CMake package finds it | pkg-config module, or flags | Debian package
set(TALLYSTICK_NEEDS
  "Boost::json|find_dependency(Boost 1.81 COMPONENTS json)|-lboost_json|libboost-json1.81-dev, libboost1.81-dev"
  "yaml-cpp|find_dependency(yaml-cpp)|yaml-cpp|libyaml-cpp-dev"
  "CURL::libcurl|find_dependency(CURL)|libcurl|libcurl4-openssl-dev"
  "OpenSSL::SSL|find_dependency(OpenSSL)|libssl, libcrypto|libssl-dev"
  "OpenSSL::Crypto|find_dependency(OpenSSL)|libcrypto|libssl-dev"
  "tomlplusplus::tomlplusplus|find_dependency(tomlplusplus)|tomlplusplus|libtomlplusplus-dev"
  "PkgConfig::SODIUM|tallystick_find_module(SODIUM libsodium)|libsodium|libsodium-dev"
  "Threads::Threads|find_dependency(Threads)|-pthread|libc6-dev")

set(TALLYSTICK_PC_REQUIRES_PRIVATE)
set(TALLYSTICK_PC_LIBS_PRIVATE)
# The headers include it and nothing else from outside the standard library.
set(TALLYSTICK_DEVELOPMENT_DEPENDS "libexpected-dev")
foreach(layer IN LISTS TALLYSTICK_INSTALLED_LAYERS)
  set(TALLYSTICK_FIND_${layer})
  get_property(used TARGET tallystick_${layer} PROPERTY TALLYSTICK_EXTERNAL)
  foreach(target IN LISTS used)
    set(row ${TALLYSTICK_NEEDS})
    list(FILTER row INCLUDE REGEX "^${target}\\|")
    if(NOT row)
      message(FATAL_ERROR "Layer '${layer}' is installed and linked with ${target}, of which consumers know nothing: "
                          "add a row to cmake/TallystickNeeds.cmake.")
    endif()
    string(REPLACE "|" ";" row "${row}")
    list(GET row 1 find)
    list(GET row 2 module)
    list(GET row 3 package)
    string(APPEND TALLYSTICK_FIND_${layer} "\n  ${find}")
    if(module MATCHES "^-")
      list(APPEND TALLYSTICK_PC_LIBS_PRIVATE ${module})
    else()
      list(APPEND TALLYSTICK_PC_REQUIRES_PRIVATE ${module})
    endif()
    list(APPEND TALLYSTICK_DEVELOPMENT_DEPENDS ${package})
  endforeach()
endforeach()
list(REMOVE_DUPLICATES TALLYSTICK_DEVELOPMENT_DEPENDS)
list(JOIN TALLYSTICK_DEVELOPMENT_DEPENDS ", " TALLYSTICK_DEVELOPMENT_DEPENDS)
list(REMOVE_DUPLICATES TALLYSTICK_PC_REQUIRES_PRIVATE)
list(JOIN TALLYSTICK_PC_REQUIRES_PRIVATE ", " TALLYSTICK_PC_REQUIRES_PRIVATE)
list(JOIN TALLYSTICK_PC_LIBS_PRIVATE " " TALLYSTICK_PC_LIBS_PRIVATE)
