#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <iostream>

// bench_client_process FILE COMMAND ARGUMENT…: runs the command once with its standard output in FILE. One line of
// JSON: how long it took, what processor time, and how much memory it held at most. A process of its own, since the
// kernel counts the memory of whoever starts a command as the command's: of this one that is next to nothing.
int main(int argc, char** argv) {
  if (argc < 3) {
    std::cerr << "usage: bench_client_process FILE COMMAND ARGUMENT…\n";
    return 2;
  }
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, argv[1], O_WRONLY | O_CREAT | O_TRUNC, 0600);
  const auto begin = std::chrono::steady_clock::now();
  pid_t child = 0;
  if (posix_spawnp(&child, argv[2], &actions, nullptr, argv + 2, environ) != 0) {
    std::cerr << argv[2] << " cannot be started\n";
    return 1;
  }
  int status = 0;
  rusage used{};
  while (wait4(child, &status, 0, &used) < 0) {
    if (errno != EINTR) return 1;
  }
  const std::chrono::duration<double, std::milli> wall = std::chrono::steady_clock::now() - begin;
  const auto milliseconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_usec) / 1e3;
  };
  std::cout << R"({"wall_ms":)" << wall.count() << R"(,"cpu_ms":)"
            << milliseconds(used.ru_utime) + milliseconds(used.ru_stime) << R"(,"memory_kib":)" << used.ru_maxrss
            << R"(,"exit_code":)" << (WIFEXITED(status) ? WEXITSTATUS(status) : -1) << "}\n";
  return 0;
}
