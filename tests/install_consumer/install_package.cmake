# Installs the library and what developers need of build_dir into prefix (made anew), and compares the headers there with
# those of source_include_dir.
include(${CMAKE_CURRENT_LIST_DIR}/run.cmake)
file(REMOVE_RECURSE ${prefix})
run(${CMAKE_COMMAND} --install ${build_dir} --prefix ${prefix} --component library)
run(${CMAKE_COMMAND} --install ${build_dir} --prefix ${prefix} --component development)

file(GLOB_RECURSE written RELATIVE ${source_include_dir} ${source_include_dir}/*.hpp)
file(GLOB_RECURSE installed RELATIVE ${prefix}/include ${prefix}/include/*)
if(NOT written STREQUAL installed)
  set(missing ${written})
  list(REMOVE_ITEM missing ${installed})
  list(REMOVE_ITEM installed ${written})
  message(FATAL_ERROR "The installed headers are not those of include/. Not installed (add them to HEADERS of their "
                      "layer): ${missing}. Installed beyond them: ${installed}.")
endif()
