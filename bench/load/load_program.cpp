// Makes what bench/run needs of the load: bodies to send, the catalog, and the right answers.
#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <chrono>
#include <iostream>
#include <memory>

#include "load/body_file.hpp"
#include "load/catalog_document.hpp"
#include "load/event_text.hpp"
#include "load/expected_usage.hpp"

namespace tallystick::bench {
namespace {

namespace json = boost::json;

struct Options {
  std::uint64_t events = 1'000'000;
  std::uint64_t events_per_body = 100;
  std::string output;
  std::string partner_secret;
  std::uint16_t resource_organization = 0;
  std::uint32_t resources = 0;  // 0: the mixed load
  std::vector<std::string> questions;
};

std::unique_ptr<Load> make_load(const Options& options) {
  if (options.resources == 0) return std::make_unique<MixedLoad>();
  return std::make_unique<ResourceLoad>(options.resource_organization, options.resources);
}

UsageQuestion question_of(const std::string& text) {
  UsageQuestion question;
  char colon = ':';
  std::istringstream(text) >> question.organization >> colon >> question.start_ms >> colon >> question.end_ms;
  return question;
}

std::string tenths_text(std::int64_t tenths) {
  std::string text = std::to_string(tenths / 10);
  if (tenths % 10 != 0) text += "." + std::to_string(tenths % 10);
  return text;
}

json::object totals_json(const UsageTotals& totals) {
  json::object products;
  for (const auto& [product, total] : totals) {
    json::object described;
    described["total"] = tenths_text(total.tenths);
    described["resources"] = total.resources;
    products[product_name(product)] = std::move(described);
  }
  return products;
}

void make_bodies(const Options& options) {
  const auto load = make_load(options);
  const auto begin = std::chrono::steady_clock::now();
  write_body_file(options.output, *load, options.events, options.events_per_body);
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
  std::cout << json::serialize(json::object{{"seconds", taken.count()}}) << "\n";
}

void print_expected(const Options& options) {
  std::vector<UsageQuestion> questions;
  for (const std::string& text : options.questions) questions.push_back(question_of(text));
  const auto load = make_load(options);
  const ExpectedUsage expected(*load, options.events, questions);
  json::array answers;
  for (std::size_t i = 0; i < questions.size(); ++i) {
    json::object answer;
    answer["organization"] = organization_id(questions[i].organization);
    answer["start_ms"] = questions[i].start_ms;
    answer["end_ms"] = questions[i].end_ms;
    answer["products"] = totals_json(expected.totals()[i]);
    answers.push_back(std::move(answer));
  }
  json::object document;
  document["accepted"] = expected.accepted();
  document["duplicates"] = expected.duplicates();
  document["answers"] = std::move(answers);
  std::cout << json::serialize(document) << "\n";
}

void add_load_options(CLI::App& command, Options& options) {
  command.add_option("--events", options.events, "How many events from the first on");
  command.add_option("--resources", options.resources, "One organization with so many resources, not the mixed load");
  command.add_option("--organization", options.resource_organization, "That organization's number");
}

int run(int argc, char** argv) {
  CLI::App app("Makes the load of the benchmark");
  app.require_subcommand(1);
  Options options;
  auto* bodies = app.add_subcommand("bodies", "Writes HTTP bodies of CloudEvents batches");
  add_load_options(*bodies, options);
  bodies->add_option("--events-per-body", options.events_per_body);
  bodies->add_option("--output", options.output)->required();
  auto* expected = app.add_subcommand("expected", "Prints the right answers");
  add_load_options(*expected, options);
  expected->add_option("--question", options.questions, "ORGANIZATION:START_MS:END_MS");
  auto* catalog = app.add_subcommand("catalog", "Prints the catalog");
  catalog->add_option("--partner-secret", options.partner_secret)->required();
  CLI11_PARSE(app, argc, argv);
  if (*bodies) make_bodies(options);
  if (*expected) print_expected(options);
  if (*catalog) std::cout << catalog_document(options.partner_secret) << "\n";
  return 0;
}

}  // namespace
}  // namespace tallystick::bench

int main(int argc, char** argv) {
  try {
    return tallystick::bench::run(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << "bench_load: " << error.what() << "\n";
    return 1;
  }
}
