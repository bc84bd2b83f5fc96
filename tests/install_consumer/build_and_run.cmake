# Builds project/ against the package in prefix, linked as `kind` (static or shared) says, and runs the program.
# Arguments: kind, prefix, work_dir (made anew), consumer_cache (-D… for the project).
include(${CMAKE_CURRENT_LIST_DIR}/run.cmake)
file(REMOVE_RECURSE ${work_dir})
set(BUILD_SHARED_LIBS OFF)
if(kind STREQUAL shared)
  set(BUILD_SHARED_LIBS ON)
  # Each installed header alone is compiled once: by the static consumer.
  set(prefix_headers)
else()
  set(prefix_headers -DTALLYSTICK_HEADERS_DIR=${prefix}/include)
endif()
run(${CMAKE_COMMAND} -S ${CMAKE_CURRENT_LIST_DIR}/project -B ${work_dir} -G Ninja ${consumer_cache}
    -DCMAKE_PREFIX_PATH=${prefix} -DBUILD_SHARED_LIBS=${BUILD_SHARED_LIBS} ${prefix_headers})
run(${CMAKE_COMMAND} --build ${work_dir})

# Port 1 of loopback: nobody listens there.
run(${work_dir}/consumer http://127.0.0.1:1)
if(NOT output MATCHES "no report: cannot connect to http://127.0.0.1:1 ")
  message(FATAL_ERROR "the consumer did not tell its error: ${output}")
endif()

# A static consumer carries the library inside; a shared one needs it, and of its libraries only that one knows.
run(objdump -p ${work_dir}/consumer)
string(REGEX MATCHALL "NEEDED +[^\n]+" needed "${output}")
if(kind STREQUAL shared)
  if(NOT needed MATCHES "libtallystick\\.so\\.[0-9]" OR needed MATCHES "boost|curl|yaml")
    message(FATAL_ERROR "the shared consumer is not linked with libtallystick alone: ${needed}")
  endif()
elseif(needed MATCHES "libtallystick")
  message(FATAL_ERROR "the static consumer needs the shared library: ${needed}")
endif()
