// Runs one contender without HTTP: takes the load, checks every answer, and only then prints its figures.
#include <CLI/CLI.hpp>
#include <chrono>
#include <functional>
#include <iostream>
#include <map>

#include "contenders/contender.hpp"
#include "contenders/measured_run.hpp"
#include "http/latency_json.hpp"

namespace tallystick::bench {
namespace {

namespace json = boost::json;
using Clock = std::chrono::steady_clock;

struct Options {
  std::string contender;
  std::string where;
  MeasuredPlan plan;
  std::vector<std::uint16_t> organizations;
  int report_requests = 6;
};

using Make = std::function<std::unique_ptr<Contender>(const std::string& where)>;
const std::map<std::string, Make>& contenders() {
  static const std::map<std::string, Make> all{{"store", make_tallystick_store},
                                               {"postgresql", make_postgresql},
                                               {"sqlite", make_sqlite},
                                               {"rocksdb-rows", make_rocksdb_rows}};
  return all;
}

void print(const json::object& line) {
  std::cout << json::serialize(line) << std::endl;
}

json::object segment_json(const MeasuredSegment& segment) {
  json::object line = latency_json(segment.latency);
  line["kind"] = "segment";
  line["events"] = segment.events;
  line["events_per_second"] = static_cast<double>(segment.own_events) / segment.seconds;
  return line;
}

std::vector<UsageQuestion> questions_of(const Options& options) {
  std::vector<UsageQuestion> questions;
  for (const std::uint16_t organization : options.organizations) {
    questions.push_back({organization, month_start_ms, month_end_ms});
    questions.push_back({organization, month_start_ms - 60 * day_ms, month_start_ms + 2 * day_ms});
  }
  return questions;
}

void check(Contender& contender, const MeasuredResult& result, const std::vector<UsageQuestion>& questions,
           const ExpectedUsage& expected) {
  if (result.accepted != expected.accepted() || result.duplicates != expected.duplicates()) {
    throw std::runtime_error("wrong: took " + std::to_string(result.accepted) + " events and found " +
                             std::to_string(result.duplicates) + " repeats; the load has " +
                             std::to_string(expected.accepted()) + " and " + std::to_string(expected.duplicates()));
  }
  for (std::size_t i = 0; i < questions.size(); ++i) {
    if (contender.report(questions[i]) == expected.totals()[i]) continue;
    throw std::runtime_error("wrong: the report of organization " + std::to_string(questions[i].organization));
  }
}

/// The report of the largest organization.
json::object report_json(Contender& contender, int requests) {
  json::array each;
  std::uint64_t resources = 0;
  for (int i = 0; i < requests; ++i) {
    const auto begin = Clock::now();
    const UsageTotals totals = contender.report({0, month_start_ms, month_end_ms});
    each.push_back(std::chrono::duration<double, std::milli>(Clock::now() - begin).count());
    resources = 0;
    for (const auto& [product, total] : totals) resources += total.resources;
  }
  return {{"resources", resources}, {"each_ms", std::move(each)}};
}

int run(int argc, char** argv) {
  CLI::App app("Runs one contender without HTTP");
  Options options;
  app.add_option("--contender", options.contender)->required();
  app.add_option("--where", options.where, "Its directory, or PostgreSQL's connection")->required();
  app.add_option("--events", options.plan.events)->required();
  app.add_option("--group-events", options.plan.group_events);
  app.add_option("--segment-events", options.plan.segment_events);
  app.add_option("--check-organization", options.organizations);
  app.add_option("--report-requests", options.report_requests);
  CLI11_PARSE(app, argc, argv);

  const MixedLoad load;
  const auto questions = questions_of(options);
  const ExpectedUsage expected(load, options.plan.events, questions);
  const auto contender = contenders().at(options.contender)(options.where);
  const MeasuredResult result =
      measure(*contender, load, options.plan, [](const MeasuredSegment& segment) { print(segment_json(segment)); });
  check(*contender, result, questions, expected);
  const auto taken = static_cast<double>(result.accepted + result.duplicates);
  json::object line = latency_json(result.latency);
  line["kind"] = "total";
  line["events"] = result.accepted + result.duplicates;
  line["accepted"] = result.accepted;
  line["duplicates"] = result.duplicates;
  line["events_per_second"] = taken / result.seconds;
  line["preparation_us_per_event"] = 1e6 * result.preparation_cpu_seconds / taken;
  line["report"] = report_json(*contender, options.report_requests);
  print(line);
  return 0;
}

}  // namespace
}  // namespace tallystick::bench

int main(int argc, char** argv) {
  try {
    return tallystick::bench::run(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << "bench_contender: " << error.what() << "\n";
    return 1;
  }
}
