#include "cli/concurrent_text.hpp"

#include <vector>

#include "cli/concurrent_peak.hpp"
#include "cli/concurrent_svg.hpp"
#include "cli/display_width.hpp"
#include "cli/number_text.hpp"
#include "cli/table.hpp"
#include "cli/terminal_plot.hpp"
#include "wire/csv_record.hpp"

namespace tallystick::cli {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t width_without_terminal = 80;

std::string csv_text(const wire::ConcurrentUsageReport& report) {
  std::string text = wire::csv_record(std::vector<std::string>{"product", "part_number", "time", "max"});
  for (const wire::ConcurrentUsageProduct& product : report.products) {
    for (const wire::ConcurrentUsageHour& hour : product.hours) {
      text += wire::csv_record(std::vector<std::string>{product.name, product.part_number, core::to_string(hour.time),
                                                        std::to_string(hour.max)});
    }
  }
  return text;
}

/// The table of one report: what everything in it is written with.
class ConcurrentTable {
 public:
  ConcurrentTable(const Output& output, bool with_resources) : output_(output), with_resources_(with_resources) {}

  [[nodiscard]] std::string text_of(const wire::ConcurrentUsageProduct& product) const {
    const TerminalPlotLook look{.width = output_.is_terminal() ? output_.width : width_without_terminal,
                                .colours = output_.colours,
                                .separators = output_.is_terminal()};
    std::string text = heading(product) + "\n";
    if (!product.hours.empty()) text += terminal_plot(product.hours, product.peak, look) + "\n";
    if (product.peak == 0) text += "No peak: " + std::string(words_for_no_peak) + ".\n\n";
    text += levels(product);
    if (with_resources_ && !product.resources.empty()) text += "\n" + resources(product);
    return text;
  }

 private:
  [[nodiscard]] std::string number(std::int64_t count) const {
    const std::string digits = std::to_string(count);
    return output_.is_terminal() ? with_thousands_separators(digits) : digits;
  }

  [[nodiscard]] std::string heading(const wire::ConcurrentUsageProduct& product) const {
    const std::string line = printable(product.name) + " (" + printable(product.part_number) + "): peak " +
                             number(product.peak) + " (most at once " + number(most_at_once(product)) + ")";
    return output_.colours ? "\x1b[1m" + line + "\x1b[0m\n" : line + "\n";
  }

  /// The most that were ever present, and those next to the peak.
  [[nodiscard]] std::string levels(const wire::ConcurrentUsageProduct& product) const {
    const std::int64_t most = most_at_once(product);
    const auto is_shown = [&](std::int64_t count) {
      return count == most || (count >= product.peak - 1 && count <= product.peak + 2);
    };
    Table table({{"AT ONCE", true}, {"IN ALL"}, {""}});
    for (auto level = product.levels.rbegin(); level != product.levels.rend(); ++level) {
      if (!is_shown(level->count)) continue;
      std::string note = level->count == most ? "the most ever" : "";
      if (level->count == product.peak) note += note.empty() ? "the peak" : ", and the peak";
      table.add_row({number(level->count) + " or more", length_text(milliseconds{level->milliseconds}), note});
    }
    return table.to_string({output_.width, output_.colours});
  }

  [[nodiscard]] std::string resources(const wire::ConcurrentUsageProduct& product) const {
    Table table({{"RESOURCE"}, {"FIRST SEEN"}, {"PRESENT IN ALL"}});
    for (const wire::ConcurrentUsageResource& resource : product.resources) {
      table.add_row({resource.name, core::to_string(resource.date), length_text(milliseconds{resource.milliseconds})});
    }
    return table.to_string({output_.width, output_.colours});
  }

  const Output& output_;
  const bool with_resources_;
};

std::string table_text(const wire::ConcurrentUsageReport& report, const Output& output, bool with_resources) {
  std::string text = "Concurrent usage from " + core::to_string(report.start_date) + " to " +
                     core::to_string(report.end_date) + "\n\n";
  if (report.products.empty()) return text + "No concurrent product was used.\n";
  const ConcurrentTable table(output, with_resources);
  for (const wire::ConcurrentUsageProduct& product : report.products) {
    if (&product != report.products.data()) text += "\n\n";
    text += table.text_of(product);
  }
  return text;
}

}  // namespace

std::string concurrent_text(const wire::ConcurrentUsageReport& report, const Output& output, bool with_resources) {
  switch (output.format) {
    case Format::json:
      return wire::to_json(report) + "\n";
    case Format::csv:
      return csv_text(report);
    case Format::table:
      return table_text(report, output, with_resources);
    case Format::svg:
      return concurrent_svg(report);
  }
  return {};
}

}  // namespace tallystick::cli
