#include "store/embedded/killed_writer.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <stdexcept>
#include <thread>

namespace tallystick::store::test {
namespace {

constexpr std::string_view writer_flag = "--writer";

const std::array<NamedWork, 3>& works() {
  static const std::array<NamedWork, 3> all{{{"usage", usage_work}, {"billing", billing_work}, {"tokens", token_work}}};
  return all;
}

int run_writer(std::string_view name, const std::string& path, std::uint64_t first) {
  const auto& all = works();
  const auto named = std::find_if(all.begin(), all.end(), [name](const NamedWork& work) { return work.name == name; });
  if (named == all.end()) return EXIT_FAILURE;
  try {
    const Work work = named->make(path);
    for (std::uint64_t number = first;; ++number) {
      if (!work(number)) return EXIT_FAILURE;
      if (::write(STDOUT_FILENO, &number, sizeof number) != sizeof number) return EXIT_FAILURE;
    }
  } catch (const std::exception& failure) {
    std::cerr << failure.what() << "\n";
    return EXIT_FAILURE;
  }
}

}  // namespace

std::uint64_t work_and_kill(std::string_view work, const std::string& path, std::uint64_t first,
                            std::uint64_t kill_after, std::chrono::microseconds delay) {
  int ends[2] = {-1, -1};
  if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  const std::string name(work);
  const std::string start = std::to_string(first);
  const pid_t writer = ::fork();
  if (writer == 0) {
    ::dup2(ends[1], STDOUT_FILENO);
    ::execl("/proc/self/exe", "crash_test", writer_flag.data(), name.c_str(), path.c_str(), start.c_str(),
            static_cast<char*>(nullptr));
    ::_exit(EXIT_FAILURE);
  }
  ::close(ends[1]);
  std::uint64_t acknowledged = 0;
  std::uint64_t number = 0;
  while (::read(ends[0], &number, sizeof number) == sizeof number) {
    EXPECT_EQ(number, first + acknowledged);
    if (++acknowledged != kill_after) continue;
    std::this_thread::sleep_for(delay);
    ::kill(writer, SIGKILL);
  }
  ::close(ends[0]);
  int status = 0;
  ::waitpid(writer, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) << "the writer failed by itself";
  return acknowledged;
}

}  // namespace tallystick::store::test

int main(int argc, char** argv) {
  using namespace tallystick::store::test;
  constexpr int writer_arguments = 5;
  if (argc == writer_arguments && std::string_view(argv[1]) == writer_flag) {
    return run_writer(argv[2], argv[3], std::strtoull(argv[4], nullptr, 10));
  }
  testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
