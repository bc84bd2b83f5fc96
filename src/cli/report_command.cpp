#include <CLI/CLI.hpp>
#include <utility>

#include "cli/client_options.hpp"
#include "cli/command.hpp"
#include "cli/concurrent_text.hpp"
#include "cli/date_range.hpp"
#include "cli/interruption.hpp"
#include "cli/number_text.hpp"
#include "cli/organization_option.hpp"
#include "cli/output.hpp"
#include "cli/report_text.hpp"
#include "cli/report_watch.hpp"
#include "client/duration.hpp"
#include "tallystick/client/billing_api.hpp"
#include "tallystick/client/tallystick_api.hpp"

namespace tallystick::cli {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds first_pause{1'000};
constexpr milliseconds longest_pause{5'000};
// As long as a server keeps a report for the same request.
constexpr milliseconds patience{600'000};
constexpr milliseconds shortest_watch{1'000};

bool is_in_progress(const wire::BillingUsageReport& report) {
  return report.status && report.status->known() == wire::ReportStatus::in_progress;
}

class ReportCommand : public Command {
 public:
  explicit ReportCommand(CLI::App& app) {
    command_ = app.add_subcommand("report", "The billable usage report of an organization, or its concurrent usage");
    command_->add_option("--from", from_, "Begin: 2026-03, 2026-03-01, 2026 or 2026-03-01T00:00:00Z")
        ->type_name("TIME")
        ->required();
    command_->add_option("--to", to_, "End, not included; without it the whole month, day or year of --from")
        ->type_name("TIME");
    command_->add_option("--organization", organization_, "For an operator: whose report; else one's own")
        ->type_name("ID");
    auto* concurrent =
        command_->add_flag("--concurrent", concurrent_, "How many used each concurrent product at once, with a plot");
    auto* resources = command_->add_flag("--resources", resources_, "List the resources in the table too");
    auto* watch = command_->add_flag("--watch", watch_, "Look again and again, and show what changed, until Ctrl-C")
                      ->excludes(concurrent)
                      ->excludes(resources);
    command_->add_option("--every", every_, "With --watch, how often: 30s, 5m")
        ->type_name("TIME")
        ->capture_default_str()
        ->needs(watch);
    command_->footer(
        "CSV has the columns product,total,resource,first_seen: one record for each resource, and one with an empty\n"
        "resource for a product without any. With --concurrent they are product,part_number,time,max: one record for\n"
        "each hour; levels and resources are in JSON. Only a Tallystick server has the concurrent usage report.\n"
        "Its plot has the most of the hours that share a column, and the peak as a dotted line. Times are UTC.\n"
        "--watch redraws the table in place on a terminal, where changed products stand out. Elsewhere it writes a "
        "JSON\n"
        "line {time, product, before, total, difference} for each product whose total changed, at first for all of "
        "them.\n"
        "It goes on after failures that may pass; Ctrl-C ends it with exit code 0.\n"
        "Examples:\n"
        "  tallystick report --from 2026-03 --format csv --output march.csv\n"
        "  tallystick report --from 2026-03 --watch --every 30s\n"
        "  tallystick report --concurrent --from 2026-03 --output march.svg");
    add_client_options(*command_, options_, ", with --concurrent svg too");
  }

  [[nodiscard]] const CLI::App& app() const override { return *command_; }

  Status<Failure> run(const Surroundings& surroundings) override {
    const Terminal& terminal = surroundings.terminal;
    const auto output = choose_output(options_.format, options_.output, terminal,
                                      concurrent_ ? FormatChoice::tables_and_drawings : FormatChoice::tables);
    if (!output) return fail(output.error());
    const auto period = parse_date_range(from_, to_);
    if (!period) return fail(Failure{ExitCode::bad_input, period.error()});
    const auto organization = parse_organization(organization_);
    if (!organization) return fail(organization.error());
    const auto every = watch_ ? parse_watch(*output) : Result<milliseconds, Failure>(milliseconds{});
    if (!every) return fail(every.error());
    // A table that is redrawn leaves no room for a live line.
    Progress progress(terminal, !options_.no_progress && !watch_);
    const auto connection = connect(options_, terminal, surroundings.transport, progress);
    if (!connection) return fail(connection.error());

    if (concurrent_) return run_concurrent(*connection, *period, *organization, *output, terminal);
    const auto ask = [&](const std::stop_token& stop) {
      const CallOptions options{.stop = stop};
      return wait_until_complete(
          [&] {
            return *organization ? TallystickApi(*connection).get_billable_usage(**organization, *period).send(options)
                                 : BillingApi(*connection).get_billing_reports_billableusage(*period).send(options);
          },
          terminal, progress, stop);
    };
    if (watch_) {
      const Interruption interruption(terminal);
      return watch_report({.ask = ask, .every = *every}, *output, terminal, progress, interruption.token());
    }
    const auto report = ask({});
    if (!report) return fail(report.error());
    if (report->status && !report->status->known()) {
      progress.tell("the report's status is \"" + report->status->text() + "\", which this version does not know");
    }
    return write_output(*output, terminal, report_text(*report, *output, resources_));
  }

 private:
  [[nodiscard]] Status<Failure> run_concurrent(const Connection& connection, const core::Period& period,
                                               const std::optional<core::OrganizationId>& organization,
                                               const Output& output, const Terminal& terminal) const {
    const auto report = TallystickApi(connection).get_concurrent_usage(period, organization).send();
    if (report) return write_output(output, terminal, concurrent_text(*report, output, resources_));
    Failure failure = failure_of(report.error());
    if (failure.code == ExitCode::not_found && !organization) {
      failure.message += "; only a Tallystick server has the concurrent usage report";
    }
    return fail(std::move(failure));
  }

  // How often; what is watched is a table on a terminal, and JSON lines everywhere.
  [[nodiscard]] Result<milliseconds, Failure> parse_watch(const Output& output) const {
    const auto every = client::parse_duration(every_);
    if (!every || *every < shortest_watch) {
      return fail(Failure{ExitCode::bad_input, "--every " + every_ + ": write it like 30s or 5m, 1s at least"});
    }
    if (output.file) {
      return fail(Failure{ExitCode::bad_input,
                          "--output: a watched report is shown, or written as JSON lines to "
                          "standard output; it is no file"});
    }
    if (output.format != Format::json && (output.format != Format::table || !output.is_terminal())) {
      return fail(Failure{ExitCode::bad_input, "--watch: choose --format json, or table on a terminal"});
    }
    return *every;
  }

  template <class Ask>
  static Result<wire::BillingUsageReport, Failure> wait_until_complete(const Ask& ask, const Terminal& terminal,
                                                                       Progress& progress,
                                                                       const std::stop_token& stop) {
    const auto begin = terminal.monotonic_now();
    milliseconds pause = first_pause;
    while (true) {
      auto report = ask();
      if (!report) return fail(failure_of(report.error()));
      if (!is_in_progress(*report)) {
        progress.clear();
        return *std::move(report);
      }
      const auto waited = std::chrono::duration_cast<milliseconds>(terminal.monotonic_now() - begin);
      if (waited >= patience) {
        return fail(Failure{ExitCode::no_answer, "the report is still in progress after " + duration_text(waited) +
                                                     "; the same command will fetch it later"});
      }
      progress.show("The report is in progress; asking again in " + duration_text(pause) + " (waited " +
                    duration_text(waited) + ")");
      terminal.pause(pause, stop);
      if (stop.stop_requested()) return fail(Failure{ExitCode::failed, "interrupted"});
      pause = std::min(pause * 2, longest_pause);
    }
  }

  CLI::App* command_ = nullptr;
  ClientOptions options_;
  std::string from_;
  std::optional<std::string> to_;
  std::optional<std::string> organization_;
  bool concurrent_ = false;
  bool resources_ = false;
  bool watch_ = false;
  std::string every_ = "60s";
};

}  // namespace

std::unique_ptr<Command> add_report_command(CLI::App& app) {
  return std::make_unique<ReportCommand>(app);
}

}  // namespace tallystick::cli
