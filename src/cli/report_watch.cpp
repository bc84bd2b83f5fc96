#include "cli/report_watch.hpp"

#include <algorithm>

#include "cli/display_width.hpp"
#include "cli/number_text.hpp"
#include "cli/overview_comparison.hpp"
#include "cli/table.hpp"
#include "wire/json_writer.hpp"

namespace tallystick::cli {
namespace {

using Report = wire::BillingUsageReport;

constexpr const char* cursor_home = "\x1b[H";
constexpr const char* clear_line = "\x1b[K";
constexpr const char* clear_below = "\x1b[J";

const wire::BillingUsage* find(const Report& report, const std::string& product) {
  const auto found = std::ranges::find(report.usages, product, &wire::BillingUsage::name);
  return found == report.usages.end() ? nullptr : &*found;
}

std::string change_text(const ReportChange& change) {
  if (!change.before) return "new";
  if (!change.total) return "gone";
  return difference_of(*change.total, *change.before, 0).absolute;
}

// To the second; a look takes longer than its parts.
std::string moment_text(core::TimePoint time) {
  return core::to_string(core::day_of(time)) + " " + core::to_string(time).substr(11, 8);
}

bool may_pass(const Failure& failure) {
  return failure.code == ExitCode::no_answer || failure.code == ExitCode::failed;
}

/// Remembers the last look, and shows the next one.
class Watcher {
 public:
  Watcher(const ReportWatch& watch, const Output& output, const Terminal& terminal, Progress& progress)
      : watch_(watch), output_(output), terminal_(terminal), progress_(progress) {}

  Status<Failure> look(const std::stop_token& stop) {
    auto report = watch_.ask(stop);
    if (stop.stop_requested()) return {};
    if (!report) {
      if (!last_ || !may_pass(report.error())) return fail(report.error());
      return show_failure(report.error());
    }
    auto shown = show(*report);
    before_ = std::move(last_);
    last_ = *std::move(report);
    return shown;
  }

 private:
  [[nodiscard]] std::string next_look() const { return "every " + duration_text(watch_.every) + "; Ctrl-C ends"; }

  Status<Failure> show(const Report& report) {
    const core::TimePoint now = terminal_.now();
    if (output_.format == Format::json) {
      return write_output(output_, terminal_, change_lines(changes_between(last_, report), now));
    }
    return redraw(watched_table(last_, report, moment_text(now) + " UTC, " + next_look(), output_, terminal_.rows));
  }

  Status<Failure> show_failure(const Failure& failure) {
    const std::string words =
        moment_text(terminal_.now()) + " UTC: " + failure.message + "; asking again " + next_look();
    if (output_.format == Format::json) {
      progress_.tell(words);
      return {};
    }
    return redraw(watched_table(before_, *last_, words, output_, terminal_.rows));
  }

  // Line over line, so that nothing flickers.
  Status<Failure> redraw(const std::string& text) {
    std::string drawn = cursor_home;
    for (const char c : text) {
      if (c == '\n') drawn += clear_line;
      drawn += c;
    }
    return write_output(output_, terminal_, drawn + clear_below);
  }

  const ReportWatch& watch_;
  const Output& output_;
  const Terminal& terminal_;
  Progress& progress_;
  std::optional<Report> before_;
  std::optional<Report> last_;
};

}  // namespace

std::vector<ReportChange> changes_between(const std::optional<Report>& before, const Report& now) {
  std::vector<ReportChange> changes;
  for (const wire::BillingUsage& usage : now.usages) {
    const wire::BillingUsage* former = before ? find(*before, usage.name) : nullptr;
    if (former == nullptr) {
      changes.push_back({usage.name, std::nullopt, usage.total_usage});
    } else if (former->total_usage != usage.total_usage) {
      changes.push_back({usage.name, former->total_usage, usage.total_usage});
    }
  }
  if (!before) return changes;
  for (const wire::BillingUsage& former : before->usages) {
    if (find(now, former.name) == nullptr) changes.push_back({former.name, former.total_usage, std::nullopt});
  }
  return changes;
}

std::string change_lines(const std::vector<ReportChange>& changes, core::TimePoint time) {
  std::string lines;
  for (const ReportChange& change : changes) {
    std::string line;
    wire::JsonWriter writer(line);
    const auto add = [&](std::string_view name, const std::optional<std::string>& value) {
      if (!value) return;
      writer.plain_key(name);
      writer.string(*value);
    };
    writer.begin_object();
    writer.plain_key("time");
    writer.time(time);
    add("product", change.product);
    add("before", change.before);
    add("total", change.total);
    if (change.before && change.total) {
      const std::string difference = difference_of(*change.total, *change.before, 0).absolute;
      add("difference", difference.substr(difference.starts_with('+') ? 1 : 0));
    }
    writer.end_object();
    lines += line + "\n";
  }
  return lines;
}

std::string watched_table(const std::optional<Report>& before, const Report& now, const std::string& notice,
                          const Output& output, int rows) {
  constexpr int lines_around = 6;  // title, blank, head, what is left out, blank, notice
  std::vector<ReportChange> changes;
  if (before) changes = changes_between(before, now);
  Table table({{"PRODUCT"}, {"TOTAL", true}, {"CHANGE", true}, {"RESOURCES", true}});
  const auto room = static_cast<std::size_t>(std::max(1, rows - lines_around));
  std::size_t shown = 0;
  const auto add = [&](std::vector<std::string> cells, bool changed) {
    if (shown++ < room) table.add_row(std::move(cells), changed ? Table::Row::stands_out : Table::Row::plain);
  };
  for (const wire::BillingUsage& usage : now.usages) {
    const auto change = std::ranges::find(changes, usage.name, &ReportChange::product);
    const bool changed = change != changes.end();
    add({usage.name, with_thousands_separators(usage.total_usage), changed ? change_text(*change) : "",
         with_thousands_separators(usage.resources.size())},
        changed);
  }
  for (const ReportChange& change : changes) {
    if (!change.total) add({change.product, "0", change_text(change), "0"}, true);
  }
  std::string text = "Billable usage from " + core::to_string(now.start_date) + " to " + core::to_string(now.end_date) +
                     "\n\n" + (shown == 0 ? "Nothing was used.\n" : table.to_string({output.width, output.colours}));
  if (shown > room) text += "and " + count_of(shown - room, "more product") + " that a higher terminal shows\n";
  return text + "\n" + shortened(printable(notice), std::max<std::size_t>(1, output.width)) + "\n";
}

Status<Failure> watch_report(const ReportWatch& watch, const Output& output, const Terminal& terminal,
                             Progress& progress, const std::stop_token& stop) {
  Watcher watcher(watch, output, terminal, progress);
  if (output.format != Format::json) terminal.out << "\x1b[2J";
  while (!stop.stop_requested()) {
    if (auto looked = watcher.look(stop); !looked) return looked;
    if (!stop.stop_requested()) terminal.pause(watch.every, stop);
  }
  return {};
}

}  // namespace tallystick::cli
