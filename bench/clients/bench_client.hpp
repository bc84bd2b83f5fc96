#pragma once
#include <sys/resource.h>

#include <cstdlib>
#include <iostream>
#include <string>

#include "tallystick/client/configuration.hpp"

/// What the programs of the client library share: they are told all by the environment, as users of the command line
/// tell it.
namespace tallystick::bench {

inline std::string told(const char* name) {
  const char* value = std::getenv(name);
  if (value == nullptr) {
    std::cerr << name << " is not set; bench/run_clients sets it\n";
    std::exit(2);
  }
  return value;
}

inline Configuration told_configuration() {
  Configuration configuration;
  configuration.base_url = told("TALLYSTICK_BASE_URL");
  configuration.client_id = told("TALLYSTICK_CLIENT_ID");
  configuration.client_secret = told("TALLYSTICK_CLIENT_SECRET");
  return configuration;
}

/// Ends the program: an answer that is missing or wrong makes the whole run void.
[[noreturn]] inline void give_up(const std::string& why) {
  std::cerr << why << "\n";
  std::exit(1);
}

/// Processor time of this process so far.
inline double cpu_seconds() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

}  // namespace tallystick::bench
