# Run by CPack between installing and packing (cmake/TallystickPackages.cmake): adds to each package's tree what a prefix
# has no use for: documents in Debian's form, and the service with its settings.
cmake_minimum_required(VERSION 3.25)
set(packaging ${CPACK_TALLYSTICK_SOURCE_DIR}/packaging)
set(readable OWNER_READ OWNER_WRITE GROUP_READ WORLD_READ)

function(place source folder name)
  file(MAKE_DIRECTORY ${folder})
  configure_file(${source} ${folder}/${name} COPYONLY FILE_PERMISSIONS ${readable})
endfunction()

# Without a time and a name, so that the same files make the same package.
function(compress)
  execute_process(COMMAND gzip -9n --force ${ARGN} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

foreach(component program library development)
  string(TOUPPER ${component} key)
  set(tree ${CPACK_TEMPORARY_INSTALL_DIRECTORY}/${component})
  set(documents ${tree}/usr/share/doc/${CPACK_TALLYSTICK_PACKAGE_${key}})
  place(${packaging}/copyright ${documents} copyright)
  place(${CPACK_TALLYSTICK_SOURCE_DIR}/CHANGELOG.md ${documents} changelog)
  configure_file(${packaging}/changelog.in ${documents}/changelog.Debian @ONLY FILE_PERMISSIONS ${readable})
  compress(${documents}/changelog ${documents}/changelog.Debian)
endforeach()

set(tree ${CPACK_TEMPORARY_INSTALL_DIRECTORY}/program)
place(${packaging}/program/tallystick.service ${tree}/lib/systemd/system tallystick.service)
place(${packaging}/program/serve.toml ${tree}/etc/tallystick serve.toml)
# Debian keeps site-functions for the administrator.
file(MAKE_DIRECTORY ${tree}/usr/share/zsh/vendor-completions)
file(RENAME ${tree}/usr/share/zsh/site-functions/_tallystick ${tree}/usr/share/zsh/vendor-completions/_tallystick)
file(REMOVE_RECURSE ${tree}/usr/share/zsh/site-functions)
file(GLOB pages ${tree}/usr/share/man/man1/*.1)
compress(${pages})
file(GLOB_RECURSE folders LIST_DIRECTORIES true ${CPACK_TEMPORARY_INSTALL_DIRECTORY}/*)
foreach(folder IN LISTS folders)
  if(IS_DIRECTORY ${folder})
    file(CHMOD ${folder} PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
  endif()
endforeach()
