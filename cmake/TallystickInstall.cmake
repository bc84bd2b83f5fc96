# What a C++ developer installs: the client library with its models, found by find_package(tallystick). All of it is
# the component `client`: `cmake --install build/release --component client --prefix …`.
include(CMakePackageConfigHelpers)
set(TALLYSTICK_CMAKE_DIR ${CMAKE_INSTALL_LIBDIR}/cmake/tallystick)
install(TARGETS tallystick_core tallystick_wire tallystick_client EXPORT tallystick-targets
        ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT client
        FILE_SET HEADERS DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT client)
install(EXPORT tallystick-targets NAMESPACE tallystick:: DESTINATION ${TALLYSTICK_CMAKE_DIR} COMPONENT client)
configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/tallystick-config.cmake.in
                              ${PROJECT_BINARY_DIR}/tallystick-config.cmake INSTALL_DESTINATION ${TALLYSTICK_CMAKE_DIR})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/tallystick-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/tallystick-config.cmake ${PROJECT_BINARY_DIR}/tallystick-config-version.cmake
        DESTINATION ${TALLYSTICK_CMAKE_DIR} COMPONENT client)
