# What comes with the binary, written by the binary itself: pages of the manual (src/main) and completions of the shells.
set(completions ${PROJECT_BINARY_DIR}/completions)
add_custom_command(
  OUTPUT ${completions}/tallystick ${completions}/_tallystick ${completions}/tallystick.fish
  COMMAND ${CMAKE_COMMAND} -E make_directory ${completions}
  COMMAND tallystick completion bash > ${completions}/tallystick
  COMMAND tallystick completion zsh > ${completions}/_tallystick
  COMMAND tallystick completion fish > ${completions}/tallystick.fish
  DEPENDS tallystick VERBATIM)
add_custom_target(tallystick_completions ALL DEPENDS ${completions}/tallystick)

install(TARGETS tallystick RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT program)
install(DIRECTORY ${PROJECT_BINARY_DIR}/manual/ DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT program
        FILES_MATCHING PATTERN "*.1")
install(FILES ${completions}/tallystick COMPONENT program
        DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
install(FILES ${completions}/_tallystick DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions COMPONENT program)
install(FILES ${completions}/tallystick.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d
        COMPONENT program)
