// Reads from a server and measures: on a fixed beat, or as fast as one or more connections get answers.
#include <sys/epoll.h>
#include <sys/resource.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <fstream>
#include <iostream>
#include <memory>

#include "http/blocking_reader.hpp"
#include "http/latency_json.hpp"
#include "http/paced_reads.hpp"

namespace tallystick::bench {
namespace {

namespace json = boost::json;
using Clock = std::chrono::steady_clock;

struct Options {
  std::uint16_t port = 0;
  std::string token;
  std::vector<std::string> targets;
  double per_second = 20;
  std::uint64_t requests = 100;
  std::size_t connections = 16;
  double seconds = 5;
  std::string save;  // the body of the last answer
};

double seconds_since(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

double own_cpu_seconds() {
  return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

json::object paced(const Options& options) {
  const PacedPlan plan{options.port, options.token, options.targets, options.per_second, options.requests};
  const PacedResult result = read_paced(plan, {});
  json::object line = latency_json(result.latency);
  json::array targets;
  for (std::size_t i = 0; i < plan.targets.size(); ++i) {
    json::object target = latency_json(result.by_target[i]);
    target["target"] = plan.targets[i];
    targets.push_back(std::move(target));
  }
  line["targets"] = std::move(targets);
  return line;
}

json::object one_by_one(const Options& options) {
  BlockingReader reader(options.port, options.token);
  json::array each;
  std::string body;
  for (std::uint64_t number = 0; number < options.requests; ++number) {
    const auto begin = Clock::now();
    body = reader.get(options.targets[number % options.targets.size()]).body();
    each.push_back(1'000 * seconds_since(begin));
  }
  if (!options.save.empty()) std::ofstream(options.save, std::ios::binary) << body;
  return {{"each_ms", std::move(each)}, {"body_bytes", body.size()}};
}

// A connection of the throughput measurement: always one request in flight.
struct Asking {
  explicit Asking(std::uint16_t port) : socket(port, ClientSocket::Mode::non_blocking) {}
  ClientSocket socket;
  ResponseReader answer;
};

json::object as_fast_as_it_goes(const Options& options) {
  const std::string request = get_request(options.targets.front(), options.token);
  const int epoll = ::epoll_create1(EPOLL_CLOEXEC);
  std::vector<std::unique_ptr<Asking>> connections;
  for (std::size_t i = 0; i < options.connections; ++i) {
    Asking& asking = *connections.emplace_back(std::make_unique<Asking>(options.port));
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.ptr = &asking;
    if (::epoll_ctl(epoll, EPOLL_CTL_ADD, asking.socket.descriptor(), &event) != 0) {
      throw std::runtime_error("epoll_ctl failed");
    }
  }
  const auto ask = [&](const Asking& asking) {
    if (asking.socket.send(request, {}, 0) != request.size()) throw std::runtime_error("a request did not fit");
  };
  std::array<char, 65'536> space{};
  std::array<epoll_event, 64> events{};
  std::uint64_t answers = 0;
  const double cpu = own_cpu_seconds();
  const auto begin = Clock::now();
  for (const auto& asking : connections) ask(*asking);
  while (seconds_since(begin) < options.seconds) {
    const int ready = ::epoll_wait(epoll, events.data(), static_cast<int>(events.size()), 1'000);
    for (int i = 0; i < ready; ++i) {
      Asking& asking = *static_cast<Asking*>(events.at(static_cast<std::size_t>(i)).data.ptr);
      if (!asking.answer.add(asking.socket.receive(space))) continue;
      if (asking.answer.status() != 200) throw std::runtime_error("an answer was not 200");
      asking.answer.clear();
      ++answers;
      ask(asking);
    }
  }
  const double seconds = seconds_since(begin);
  ::close(epoll);
  return {{"requests_per_second", static_cast<double>(answers) / seconds},
          {"client_busy", (own_cpu_seconds() - cpu) / seconds}};
}

int run(int argc, char** argv) {
  CLI::App app("Reads from a server and measures");
  app.require_subcommand(1);
  Options options;
  const auto add_common = [&options](CLI::App& command) {
    command.add_option("--port", options.port)->required();
    command.add_option("--token", options.token);
    command.add_option("targets", options.targets)->required();
  };
  auto* on_beat = app.add_subcommand("paced", "One connection, on a fixed beat");
  add_common(*on_beat);
  on_beat->add_option("--per-second", options.per_second);
  on_beat->add_option("--requests", options.requests);
  auto* in_turn = app.add_subcommand("one-by-one", "One connection, and the time of each answer");
  add_common(*in_turn);
  in_turn->add_option("--requests", options.requests);
  in_turn->add_option("--save", options.save);
  auto* fast = app.add_subcommand("throughput", "As many requests as connections, always");
  add_common(*fast);
  fast->add_option("--connections", options.connections);
  fast->add_option("--seconds", options.seconds);
  CLI11_PARSE(app, argc, argv);
  json::object line;
  if (*on_beat) line = paced(options);
  if (*in_turn) line = one_by_one(options);
  if (*fast) line = as_fast_as_it_goes(options);
  std::cout << json::serialize(line) << "\n";
  return 0;
}

}  // namespace
}  // namespace tallystick::bench

int main(int argc, char** argv) {
  try {
    return tallystick::bench::run(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << "bench_reads: " << error.what() << "\n";
    return 1;
  }
}
