// Sends batches of usage events to a server from many connections and measures; a second client may read meanwhile.
// Prints one line of JSON after each so many events, so that who started it can look at the server at that moment.
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <future>
#include <iostream>
#include <thread>

#include "http/ingest_run.hpp"
#include "http/latency_json.hpp"
#include "http/paced_reads.hpp"

namespace tallystick::bench {
namespace {

namespace json = boost::json;

struct Options {
  IngestPlan ingest;
  PacedPlan reads;
  std::string bodies;
};

double own_cpu_seconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double milliseconds(std::chrono::nanoseconds duration) {
  return std::chrono::duration<double, std::milli>(duration).count();
}

void print(const json::object& line) {
  std::cout << json::serialize(line) << std::endl;
}

void print_segment(const IngestSegment& segment) {
  json::object line = latency_json(segment.latency);
  line["kind"] = "segment";
  line["events"] = segment.events;
  line["seconds"] = segment.seconds;
  line["events_per_second"] = static_cast<double>(segment.own_events) / segment.length_seconds;
  line["longest_stop_ms"] = milliseconds(segment.longest_stop);
  line["client_cpu_seconds"] = own_cpu_seconds();
  print(line);
}

void print_result(const IngestResult& result) {
  json::object line = latency_json(result.latency);
  line["kind"] = "total";
  line["events"] = result.events;
  line["accepted"] = result.accepted;
  line["duplicates"] = result.duplicates;
  line["overloaded"] = result.overloaded;
  line["seconds"] = result.seconds;
  line["events_per_second"] = static_cast<double>(result.events) / result.seconds;
  line["longest_stop_ms"] = milliseconds(result.longest_stop);
  line["client_cpu_seconds"] = own_cpu_seconds();
  line["events_by_second"] = json::array(result.events_by_second.begin(), result.events_by_second.end());
  print(line);
}

void print_reads(const PacedPlan& plan, const PacedResult& result) {
  json::object line = latency_json(result.latency);
  line["kind"] = "reads";
  line["per_second"] = plan.per_second;
  line["since_due"] = latency_json(result.since_due);
  json::array targets;
  for (std::size_t i = 0; i < plan.targets.size(); ++i) {
    json::object target = latency_json(result.by_target[i]);
    target["target"] = plan.targets[i];
    targets.push_back(std::move(target));
  }
  line["targets"] = std::move(targets);
  print(line);
}

int run(int argc, char** argv) {
  CLI::App app("Sends usage events to a server and measures");
  Options options;
  std::uint64_t batches = 0;
  app.add_option("--port", options.ingest.port)->required();
  app.add_option("--token", options.ingest.token)->required();
  app.add_option("--bodies", options.bodies)->required();
  app.add_option("--connections", options.ingest.connections);
  app.add_option("--first-batch", options.ingest.first_batch);
  app.add_option("--batches", batches, "All that follow, without it");
  app.add_option("--segment-events", options.ingest.events_per_segment);
  app.add_option("--read", options.reads.targets, "Targets to read meanwhile, in turn");
  app.add_option("--read-token", options.reads.token);
  app.add_option("--reads-per-second", options.reads.per_second);
  CLI11_PARSE(app, argc, argv);

  const BodyFile bodies(options.bodies);
  options.ingest.end_batch = batches == 0 ? bodies.size() : options.ingest.first_batch + batches;
  if (options.ingest.end_batch > bodies.size()) throw std::runtime_error("the file has fewer batches");
  options.reads.port = options.ingest.port;

  std::stop_source stop;
  std::future<PacedResult> reads;
  if (!options.reads.targets.empty()) {
    reads = std::async(std::launch::async, [&] { return read_paced(options.reads, stop.get_token()); });
  }
  const IngestResult result = run_ingest(options.ingest, bodies, print_segment);
  stop.request_stop();
  if (reads.valid()) print_reads(options.reads, reads.get());
  print_result(result);
  return 0;
}

}  // namespace
}  // namespace tallystick::bench

int main(int argc, char** argv) {
  try {
    return tallystick::bench::run(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << "bench_ingest: " << error.what() << "\n";
    return 1;
  }
}
