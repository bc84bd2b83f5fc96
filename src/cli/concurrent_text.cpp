#include "cli/concurrent_text.hpp"

#include <array>
#include <utility>
#include <vector>

#include "cli/cell_text.hpp"
#include "cli/concurrent_peak.hpp"
#include "cli/concurrent_svg.hpp"
#include "cli/display_width.hpp"
#include "cli/number_text.hpp"
#include "cli/table.hpp"
#include "cli/terminal_plot.hpp"

namespace tallystick::cli {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t width_without_terminal = 80;

// Product by product, what `add_rows` adds for each.
template <class AddRows>
Sheet product_sheet(const char* name, std::vector<documents::SheetColumn> columns,
                    const wire::ConcurrentUsageReport& report, AddRows add_rows) {
  columns.insert(columns.begin(), {{"product"}, {"part_number"}});
  return {.name = name, .columns = std::move(columns), .rows = [&report, add_rows](const documents::AddRow& add) {
            for (const wire::ConcurrentUsageProduct& product : report.products) add_rows(product, add);
          }};
}

Sheet hour_sheet(const wire::ConcurrentUsageReport& report) {
  return product_sheet("Hours", {{"time"}, {"max"}}, report, [](const auto& product, const documents::AddRow& add) {
    for (const wire::ConcurrentUsageHour& hour : product.hours) {
      add({product.name, product.part_number, hour.time, figure(hour.max)});
    }
  });
}

std::array<Sheet, 4> all_sheets(const wire::ConcurrentUsageReport& report) {
  return {product_sheet("Products", {{"peak"}, {"most_at_once"}}, report,
                        [](const auto& product, const documents::AddRow& add) {
                          add({product.name, product.part_number, figure(product.peak), figure(most_at_once(product))});
                        }),
          product_sheet("Levels", {{"count_or_more"}, {"milliseconds"}}, report,
                        [](const auto& product, const documents::AddRow& add) {
                          for (const wire::ConcurrentUsageLevel& level : product.levels) {
                            add({product.name, product.part_number, figure(level.count), figure(level.milliseconds)});
                          }
                        }),
          hour_sheet(report),
          product_sheet(
              "Resources", {{"resource"}, {"first_seen"}, {"milliseconds"}}, report,
              [](const auto& product, const documents::AddRow& add) {
                for (const wire::ConcurrentUsageResource& resource : product.resources) {
                  add({product.name, product.part_number, resource.name, resource.date, figure(resource.milliseconds)});
                }
              })};
}

std::string title_of(const wire::ConcurrentUsageReport& report) {
  return "Concurrent usage from " + core::to_string(report.start_date) + " to " + core::to_string(report.end_date);
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
  std::string text = title_of(report) + "\n\n";
  if (report.products.empty()) return text + "No concurrent product was used.\n";
  const ConcurrentTable table(output, with_resources);
  for (const wire::ConcurrentUsageProduct& product : report.products) {
    if (&product != report.products.data()) text += "\n\n";
    text += table.text_of(product);
  }
  return text;
}

}  // namespace

Result<std::string, Failure> concurrent_text(const wire::ConcurrentUsageReport& report, const Output& output,
                                             bool with_resources) {
  switch (output.format) {
    case Format::json:
      return wire::to_json(report) + "\n";
    case Format::csv:
      return csv_text(hour_sheet(report));
    case Format::table:
      return table_text(report, output, with_resources);
    case Format::xlsx:
      return workbook_text(title_of(report), all_sheets(report), output);
    case Format::svg:
      return concurrent_svg(report);
  }
  return std::string();
}

}  // namespace tallystick::cli
