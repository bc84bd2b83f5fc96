# libtallystick.so: the installed layers as one library for programs that link it as a shared one. Nothing is compiled
# for it: its objects are those of the static layers.
#
# Two things keep the inside in: the layers hide what include/ does not declare (cmake/TallystickLayer.cmake), and the
# version script leaves out what the compiler made of other people's templates.
set(TALLYSTICK_INSTALLED_LAYERS core wire client)

# What programs are linked against breaks with each second number while the first is 0, later with each first.
if(PROJECT_VERSION_MAJOR EQUAL 0)
  set(TALLYSTICK_SOVERSION ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR})
else()
  set(TALLYSTICK_SOVERSION ${PROJECT_VERSION_MAJOR})
endif()
configure_file(${CMAKE_CURRENT_LIST_DIR}/tallystick.map.in ${PROJECT_BINARY_DIR}/tallystick.map @ONLY)

add_library(tallystick_shared SHARED)
add_library(tallystick::shared ALIAS tallystick_shared)
foreach(layer IN LISTS TALLYSTICK_INSTALLED_LAYERS)
  target_sources(tallystick_shared PRIVATE $<TARGET_OBJECTS:tallystick_${layer}>)
  get_property(used TARGET tallystick_${layer} PROPERTY TALLYSTICK_EXTERNAL)
  target_link_libraries(tallystick_shared PRIVATE ${used})
endforeach()
set_target_properties(tallystick_shared PROPERTIES
  EXPORT_NAME shared OUTPUT_NAME tallystick LINKER_LANGUAGE CXX
  VERSION ${PROJECT_VERSION} SOVERSION ${TALLYSTICK_SOVERSION}
  LINK_DEPENDS ${PROJECT_BINARY_DIR}/tallystick.map)
target_link_options(tallystick_shared PRIVATE
  LINKER:--version-script=${PROJECT_BINARY_DIR}/tallystick.map LINKER:--no-undefined LINKER:--as-needed)
target_compile_features(tallystick_shared INTERFACE cxx_std_20)
target_include_directories(tallystick_shared INTERFACE
  $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
