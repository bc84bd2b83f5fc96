# Debian packages of what cmake/TallystickInstall.cmake installs, one a component: `cpack --config
# build/release/CPackConfig.cmake` writes them to build/release/packages (scripts/package.sh builds what they need first).
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_VENDOR Tallystick)
set(CPACK_PACKAGE_DIRECTORY ${PROJECT_BINARY_DIR}/packages)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_COMPONENTS_ALL program library development)
set(CPACK_COMPONENTS_GROUPING IGNORE)
set(CPACK_DEB_COMPONENT_INSTALL ON)

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(debian_version ${PROJECT_VERSION}-${CPACK_DEBIAN_PACKAGE_RELEASE})
set(CPACK_DEBIAN_PACKAGE_MAINTAINER "Tallystick maintainers <maintainers@tallystick.invalid>")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS_POLICY ">=")

set(CPACK_DEBIAN_PROGRAM_PACKAGE_NAME tallystick)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SECTION net)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SHLIBDEPS ON)
# Invoices are set in it, by a library that is loaded when it is needed and so not found by SHLIBDEPS.
set(CPACK_DEBIAN_PROGRAM_PACKAGE_DEPENDS "fonts-dejavu-core, libpangocairo-1.0-0, libxmlsec1-openssl")
set(CPACK_DEBIAN_PROGRAM_PACKAGE_RECOMMENDS ca-certificates)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SUGGESTS "fonts-noto-cjk, xdg-utils")
set(CPACK_DEBIAN_PROGRAM_PACKAGE_CONTROL_EXTRA
  ${PROJECT_SOURCE_DIR}/packaging/program/conffiles ${PROJECT_SOURCE_DIR}/packaging/program/postinst
  ${PROJECT_SOURCE_DIR}/packaging/program/prerm ${PROJECT_SOURCE_DIR}/packaging/program/postrm)
set(CPACK_DEBIAN_PROGRAM_DESCRIPTION "usage metering and partner billing for Genesys Cloud
One program: a command line that asks the Genesys Cloud Billing API for usage
reports, billing overviews, contracts and invoices, and a server that speaks
the same API, counts usage from events exactly, and bills it.")

set(CPACK_DEBIAN_LIBRARY_PACKAGE_NAME libtallystick${TALLYSTICK_SOVERSION})
set(CPACK_DEBIAN_LIBRARY_PACKAGE_SECTION libs)
set(CPACK_DEBIAN_LIBRARY_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_LIBRARY_PACKAGE_RECOMMENDS ca-certificates)
set(CPACK_DEBIAN_LIBRARY_PACKAGE_CONTROL_EXTRA ${PROJECT_SOURCE_DIR}/packaging/library/triggers)
set(CPACK_DEBIAN_LIBRARY_DESCRIPTION "C++ client library for the Genesys Cloud Billing API
Asks the published service or a Tallystick server for usage reports, billing
overviews, contracts and invoices.
.
This package has the shared library, which programs that were built with it
need.")

set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME libtallystick-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS
  "${CPACK_DEBIAN_LIBRARY_PACKAGE_NAME} (= ${debian_version}), ${TALLYSTICK_DEVELOPMENT_DEPENDS}")
set(CPACK_DEBIAN_DEVELOPMENT_DESCRIPTION "C++ client library for the Genesys Cloud Billing API - development files
Asks the published service or a Tallystick server for usage reports, billing
overviews, contracts and invoices.
.
This package has the headers, the static libraries, and the files by which
CMake and pkg-config find them.")

# Adds what Debian wants of every package, and the service, to the trees that CMake installed.
set(CPACK_PRE_BUILD_SCRIPTS ${PROJECT_SOURCE_DIR}/packaging/complete_trees.cmake)
set(CPACK_TALLYSTICK_SOURCE_DIR ${PROJECT_SOURCE_DIR})
set(CPACK_TALLYSTICK_DEBIAN_VERSION ${debian_version})
foreach(component PROGRAM LIBRARY DEVELOPMENT)
  set(CPACK_TALLYSTICK_PACKAGE_${component} ${CPACK_DEBIAN_${component}_PACKAGE_NAME})
endforeach()
include(CPack)
