# Installs the component `client` of build_dir into an empty prefix, builds project/ against it and runs the program.
# Arguments: build_dir, work_dir (made anew), source_include_dir, consumer_cache (-D… for the project).
function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT result EQUAL 0)
    list(JOIN ARGN " " command)
    message(FATAL_ERROR "${command}\nfailed (${result}):\n${output}")
  endif()
  set(output "${output}" PARENT_SCOPE)
endfunction()

set(prefix ${work_dir}/prefix)
file(REMOVE_RECURSE ${work_dir})
run(${CMAKE_COMMAND} --install ${build_dir} --prefix ${prefix} --component client)

file(GLOB_RECURSE written RELATIVE ${source_include_dir} ${source_include_dir}/*.hpp)
file(GLOB_RECURSE installed RELATIVE ${prefix}/include ${prefix}/include/*)
if(NOT written STREQUAL installed)
  set(missing ${written})
  list(REMOVE_ITEM missing ${installed})
  list(REMOVE_ITEM installed ${written})
  message(FATAL_ERROR "The installed headers are not those of include/. Not installed (add them to HEADERS of their "
                      "layer): ${missing}. Installed beyond them: ${installed}.")
endif()

run(${CMAKE_COMMAND} -S ${CMAKE_CURRENT_LIST_DIR}/project -B ${work_dir}/build -G Ninja ${consumer_cache}
    -DCMAKE_PREFIX_PATH=${prefix} -DTALLYSTICK_HEADERS_DIR=${prefix}/include)
run(${CMAKE_COMMAND} --build ${work_dir}/build)

# Port 1 of loopback: nobody listens there.
run(${work_dir}/build/consumer http://127.0.0.1:1)
if(NOT output MATCHES "no report: cannot connect to http://127.0.0.1:1 ")
  message(FATAL_ERROR "the consumer did not tell its error: ${output}")
endif()
