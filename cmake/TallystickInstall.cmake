# What a C++ developer installs: the client library with its models, found by find_package(tallystick).
include(CMakePackageConfigHelpers)
install(TARGETS tallystick_core tallystick_wire tallystick_client EXPORT tallystick-targets FILE_SET HEADERS
        ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT client)
set(TALLYSTICK_CMAKE_DIR ${CMAKE_INSTALL_LIBDIR}/cmake/tallystick)
install(EXPORT tallystick-targets NAMESPACE tallystick:: DESTINATION ${TALLYSTICK_CMAKE_DIR})
configure_package_config_file(cmake/tallystick-config.cmake.in ${PROJECT_BINARY_DIR}/tallystick-config.cmake
                              INSTALL_DESTINATION ${TALLYSTICK_CMAKE_DIR})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/tallystick-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/tallystick-config.cmake ${PROJECT_BINARY_DIR}/tallystick-config-version.cmake
        DESTINATION ${TALLYSTICK_CMAKE_DIR})
