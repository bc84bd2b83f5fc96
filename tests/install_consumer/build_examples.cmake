# Builds examples/ with the package in prefix, as a project of its own, linked with the shared library and without warnings.
# What was compiled before is kept where nothing changed.
include(${CMAKE_CURRENT_LIST_DIR}/run.cmake)
run(${CMAKE_COMMAND} -S ${source_dir} -B ${work_dir} -G Ninja ${consumer_cache} -DCMAKE_PREFIX_PATH=${prefix}
    -DBUILD_SHARED_LIBS=ON -DCMAKE_COMPILE_WARNING_AS_ERROR=ON)
run(${CMAKE_COMMAND} --build ${work_dir})
