# What `cmake --install build/release --prefix …` puts where, in three components that are also the Debian packages:
#   program      the binary with its manual, completions and service
#   library      libtallystick.so for programs that are linked with it
#   development  headers, static libraries, the CMake package and the pkg-config files
include(CMakePackageConfigHelpers)
include(cmake/TallystickNeeds.cmake)
set(TALLYSTICK_CMAKE_DIR ${CMAKE_INSTALL_LIBDIR}/cmake/tallystick)

function(tallystick_install_targets name)
  install(TARGETS tallystick_${name} EXPORT tallystick-${name}-targets
          ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT development
          LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT library NAMELINK_COMPONENT development
          ${ARGN})
  install(EXPORT tallystick-${name}-targets NAMESPACE tallystick:: DESTINATION ${TALLYSTICK_CMAKE_DIR}
          COMPONENT development)
endfunction()

foreach(layer IN LISTS TALLYSTICK_INSTALLED_LAYERS)
  tallystick_install_targets(${layer} FILE_SET HEADERS DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT development)
endforeach()
tallystick_install_targets(shared)

configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/tallystick-config.cmake.in
                              ${PROJECT_BINARY_DIR}/tallystick-config.cmake INSTALL_DESTINATION ${TALLYSTICK_CMAKE_DIR})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/tallystick-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/tallystick-config.cmake ${PROJECT_BINARY_DIR}/tallystick-config-version.cmake
        DESTINATION ${TALLYSTICK_CMAKE_DIR} COMPONENT development)

# `tallystick` is the shared library, `tallystick-static` the archives with shared libraries of others. Paths count from
# where the files lie, so that a prefix may be chosen when installing.
list(TRANSFORM TALLYSTICK_INSTALLED_LAYERS REPLACE "(.+)" "-l:libtallystick_\\1.a" OUTPUT_VARIABLE TALLYSTICK_PC_ARCHIVES)
list(REVERSE TALLYSTICK_PC_ARCHIVES)
list(JOIN TALLYSTICK_PC_ARCHIVES " " TALLYSTICK_PC_ARCHIVES)
file(RELATIVE_PATH TALLYSTICK_PREFIX_FROM_PC /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
string(REGEX REPLACE "/$" "" TALLYSTICK_PREFIX_FROM_PC ${TALLYSTICK_PREFIX_FROM_PC})
foreach(module tallystick tallystick-static)
  configure_file(${CMAKE_CURRENT_LIST_DIR}/${module}.pc.in ${PROJECT_BINARY_DIR}/${module}.pc @ONLY)
  install(FILES ${PROJECT_BINARY_DIR}/${module}.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT development)
endforeach()
