#include "main/start_catalog.hpp"

#include <cstdlib>
#include <fstream>
#include <future>
#include <iterator>

#include "tallystick/wire/catalog_document.hpp"

namespace tallystick {
namespace {

std::optional<std::string> environment(const std::string& name) {
  const char* value = std::getenv(name.c_str());  // NOLINT(concurrency-mt-unsafe): nothing sets the environment
  return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

std::string lines(const std::string& file, const std::string& message, const wire::DecodeFaults& faults) {
  std::string text = file + ": " + message;
  for (const auto& fault : faults) text += "\n" + file + ": " + fault.message + " (" + fault.pointer + ")";
  return text;
}

}  // namespace

Status<StartCatalogFailure> apply_start_catalog(app::ApplyCatalog& apply, const std::string& file) {
  std::ifstream stream(file, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  if (!stream.is_open() || stream.bad()) {
    return fail(StartCatalogFailure{true, "Cannot read the catalog " + file + "; --catalog takes the name of a file."});
  }
  const auto format = file.ends_with(".json") ? wire::DocumentFormat::json : wire::DocumentFormat::yaml;
  const auto read = wire::read_catalog(text, format, environment);
  if (!read) return fail(StartCatalogFailure{true, lines(file, read.error().message, read.error().faults)});

  std::promise<Result<app::AppliedChanges, core::Problem>> answer;
  apply.apply(read->document, {},
              [&answer](Result<app::AppliedChanges, core::Problem> applied) { answer.set_value(std::move(applied)); });
  const auto applied = answer.get_future().get();
  if (applied) return {};
  auto faults = applied.error().faults;
  wire::add_positions(faults, *read);
  const core::ProblemKind kind = applied.error().kind;
  return fail(StartCatalogFailure{kind == core::ProblemKind::invalid || kind == core::ProblemKind::conflict,
                                  lines(file, applied.error().message, faults)});
}

}  // namespace tallystick
