# Asks find_package for components in ways that must be answered: arguments as of build_and_run.cmake, without kind.
include(${CMAKE_CURRENT_LIST_DIR}/run.cmake)
file(REMOVE_RECURSE ${work_dir})

# ask(name components result words [options…]) — configures a project that asks for `components` (separated by spaces)
# and checks that it succeeds or fails, and that its output matches `words`.
function(ask name components result words)
  file(WRITE ${work_dir}/${name}/CMakeLists.txt "
    cmake_minimum_required(VERSION 3.25)
    project(${name} LANGUAGES CXX)
    find_package(tallystick 0.1 REQUIRED CONFIG ${components})
    foreach(layer core wire client)
      if(TARGET tallystick::\${layer})
        message(STATUS \"has \${layer}\")
      endif()
    endforeach()")
  execute_process(COMMAND ${CMAKE_COMMAND} -S ${work_dir}/${name} -B ${work_dir}/${name}/build -G Ninja ${consumer_cache}
                          -DCMAKE_PREFIX_PATH=${prefix} ${ARGN}
                  RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
  string(REGEX REPLACE "[ \n]+" " " output "${output}")
  if((status EQUAL 0 AND result STREQUAL fails) OR (NOT status EQUAL 0 AND result STREQUAL succeeds))
    message(FATAL_ERROR "find_package(tallystick ${components}) does not do what it should (${result}): ${output}")
  endif()
  if(NOT output MATCHES "${words}")
    message(FATAL_ERROR "find_package(tallystick ${components}) does not say '${words}': ${output}")
  endif()
endfunction()

ask(all "" succeeds "has core -- has wire -- has client")
ask(models "COMPONENTS wire" succeeds "has core -- has wire -- Configuring" -DCMAKE_DISABLE_FIND_PACKAGE_CURL=ON)
ask(core_alone "COMPONENTS core" succeeds "has core -- Configuring" -DCMAKE_DISABLE_FIND_PACKAGE_Boost=ON)
ask(as_shared "COMPONENTS client shared" succeeds "has core -- has wire -- has client" -DCMAKE_DISABLE_FIND_PACKAGE_CURL=ON)
ask(misspelt "COMPONENTS cleint" fails "tallystick has no component 'cleint'. It has core, wire and client")
ask(optional "COMPONENTS client OPTIONAL_COMPONENTS xml" succeeds "has client")
ask(both "COMPONENTS static shared" fails "asked for as a static and as a shared library")
