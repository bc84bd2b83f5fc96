# tallystick_layer(name SOURCES … [HEADERS …] [USES layer…] [EXTERNAL target…] [EXTERNAL_PUBLIC target…])
#
# A library of one layer. Which layers it may use is stated in the table below and nowhere else: any other edge
# stops the configure step. tests/architecture reads the same table and checks every #include against it.
set(TALLYSTICK_MAY_USE_core   "")
set(TALLYSTICK_MAY_USE_wire   "core")
set(TALLYSTICK_MAY_USE_client "wire" "core")
set(TALLYSTICK_MAY_USE_loading "")
set(TALLYSTICK_MAY_USE_documents "loading" "wire" "core")
set(TALLYSTICK_MAY_USE_cli    "client" "documents" "wire" "core")
set(TALLYSTICK_MAY_USE_turns  "")
set(TALLYSTICK_MAY_USE_store  "turns" "core")
set(TALLYSTICK_MAY_USE_saml   "loading" "core")
set(TALLYSTICK_MAY_USE_app    "store" "saml" "turns" "core")
set(TALLYSTICK_MAY_USE_server "app" "documents" "wire" "turns" "core")
# The composition root: it alone names a store adapter and joins server and command line into one binary.
set(TALLYSTICK_MAY_USE_main   "server" "app" "saml" "store" "cli" "client" "wire" "core")
set(TALLYSTICK_LAYERS core wire loading documents client cli turns store saml app server main)

set(TALLYSTICK_WARNINGS -Wall -Wextra -Wshadow -Wconversion -Wpedantic -Werror=unused-result -Werror=return-type
    # Wrong on std::string::insert and + in GCC 12 (GCC PR105329, PR105651).
    $<$<AND:$<CXX_COMPILER_ID:GNU>,$<VERSION_LESS:$<CXX_COMPILER_VERSION>,13>>:-Wno-restrict>)

function(tallystick_check_edges layer)
  foreach(used IN LISTS ARGN)
    if(NOT used IN_LIST TALLYSTICK_MAY_USE_${layer})
      message(FATAL_ERROR "layer '${layer}' must not use '${used}' (it may use: ${TALLYSTICK_MAY_USE_${layer}}). "
                          "docs/architecture.md says why; the table is in cmake/TallystickLayer.cmake.")
    endif()
  endforeach()
endfunction()

function(tallystick_layer layer)
  cmake_parse_arguments(ARG "" "" "SOURCES;HEADERS;USES;EXTERNAL;EXTERNAL_PUBLIC" ${ARGN})
  if(NOT layer IN_LIST TALLYSTICK_LAYERS)
    message(FATAL_ERROR "'${layer}' is not a layer (layers: ${TALLYSTICK_LAYERS})")
  endif()
  tallystick_check_edges(${layer} ${ARG_USES})
  add_library(tallystick_${layer} STATIC ${ARG_SOURCES})
  add_library(tallystick::${layer} ALIAS tallystick_${layer})
  set_target_properties(tallystick_${layer} PROPERTIES EXPORT_NAME ${layer} POSITION_INDEPENDENT_CODE ON)
  # Read back by what links or installs the layer otherwise than as a target.
  set_property(TARGET tallystick_${layer} PROPERTY TALLYSTICK_EXTERNAL ${ARG_EXTERNAL_PUBLIC} ${ARG_EXTERNAL})
  target_compile_features(tallystick_${layer} PUBLIC cxx_std_20)
  if(ARG_HEADERS)
    # What include/ declares is the interface, by a pragma in each header; all else stays inside the shared library.
    set_target_properties(tallystick_${layer} PROPERTIES CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
    target_sources(tallystick_${layer} PUBLIC FILE_SET HEADERS BASE_DIRS ${PROJECT_SOURCE_DIR}/include FILES ${ARG_HEADERS})
  endif()
  # Private headers are included by their path from src/, so that an #include names the layer it reaches into.
  target_include_directories(tallystick_${layer} PRIVATE ${PROJECT_SOURCE_DIR}/src PUBLIC $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>)
  list(TRANSFORM ARG_USES PREPEND "tallystick::")
  target_link_libraries(tallystick_${layer} PUBLIC ${ARG_USES} ${ARG_EXTERNAL_PUBLIC} PRIVATE ${ARG_EXTERNAL})
  target_compile_options(tallystick_${layer} PRIVATE ${TALLYSTICK_WARNINGS})
endfunction()
