#include <CLI/CLI.hpp>
#include <utility>

#include "cli/client_options.hpp"
#include "cli/command.hpp"
#include "cli/interruption.hpp"
#include "cli/number_text.hpp"
#include "cli/output.hpp"
#include "cli/overview_comparison.hpp"
#include "cli/overview_questions.hpp"
#include "cli/overview_text.hpp"
#include "cli/period_choice.hpp"
#include "cli/trustor_list.hpp"
#include "tallystick/client/organizations_api.hpp"

namespace tallystick::cli {
namespace {

constexpr int status_not_found = 404;

Failure failure_of_one(const OverviewAnswer& answer) {
  Failure failure = failure_of(answer.result.error());
  if (answer.result.error().status == status_not_found && answer.index == 0) {
    failure.message += "; where no period is open now, --period 1 is the last completed one";
  }
  return failure;
}

/// Names each that failed; absent: none did.
std::optional<Failure> failure_of_several(const std::vector<OverviewAnswer>& answers) {
  std::string named;
  std::size_t failed = 0;
  for (const OverviewAnswer& answer : answers) {
    if (answer.result) continue;
    ++failed;
    named += "\n  " + name_of(answer.organization) + ", period " + std::to_string(answer.index) + ": " +
             answer.result.error().message;
  }
  if (failed == 0) return std::nullopt;
  return Failure{ExitCode::failed,
                 std::to_string(failed) + " of " + count_of(answers.size(), "overview") + " could not be had:" + named};
}

class OverviewCommand : public Command {
 public:
  explicit OverviewCommand(CLI::App& app) {
    command_ = app.add_subcommand("overview", "What a customer, or one's own organization, owes for a billing period");
    auto* organization =
        command_->add_option("ORG", organization_, "The customer's id, or its name; without it one's own organization");
    command_->add_flag("--all", all_, "Every customer that trusts one's organization")->excludes(organization);
    auto* period = command_->add_option("--period", period_, "0 is the active period (default), 1 the last completed")
                       ->type_name("N");
    auto* periods = command_->add_option("--periods", periods_, "From one period back to another, or to the first one")
                        ->type_name("A..B")
                        ->excludes(period);
    command_->add_option("--compare", compare_, "Two periods: the first minus the second, in per cent of the second")
        ->type_name("A,B")
        ->excludes(period)
        ->excludes(periods);
    command_->add_flag("--fresh", fresh_, "With --all, ask for all anew, whatever an interrupted run has had");
    command_->footer(
        "--all, --periods and --compare print JSON as an array of {organization, index, overview or error}. The exit\n"
        "code is 1 where some could not be had, and standard error names them. --periods ends quietly where the\n"
        "periods of an organization end, and --all leaves out customers whose trust is disabled.\n"
        "Answers to --all are kept as they come, below $XDG_STATE_HOME/tallystick: after Ctrl-C the same command asks\n"
        "for what is missing alone. What is kept is believed for an hour, so a figure of an active period may be that\n"
        "old; --fresh asks for all anew. When all was had, nothing stays.\n"
        "Tables and CSV add overage and amount, worked out from each line's own figures: an estimate. Lines with\n"
        "overage stand out; the table marks them with ! where there are no colours.\n"
        "Examples:\n"
        "  tallystick overview 22222222-2222-4222-8222-222222222222 --period 1\n"
        "  tallystick overview \"Blue Harbor Bank\" --compare 0,1\n"
        "  tallystick overview --all --periods 0..12 --output year.csv");
    add_client_options(*command_, options_);
  }

  [[nodiscard]] const CLI::App& app() const override { return *command_; }

  Status<Failure> run(const Surroundings& surroundings) override {
    const Terminal& terminal = surroundings.terminal;
    const auto output = choose_output(options_.format, options_.output, terminal);
    if (!output) return fail(output.error());
    auto plan = plan_periods();
    if (!plan) return fail(Failure{ExitCode::bad_input, plan.error()});
    Progress progress(terminal, !options_.no_progress);
    const auto connection = connect(options_, terminal, surroundings.transport, progress);
    if (!connection) return fail(connection.error());
    const bool is_one = !all_ && !periods_ && !compare_;
    const auto subjects = subjects_of(*connection, is_one, progress);
    if (!subjects) return fail(subjects.error());

    // Where nothing can be kept, Ctrl-C is what it always is.
    const auto ledger = all_ ? open_ledger(*connection, *plan, terminal, progress) : nullptr;
    std::optional<Interruption> interruption;
    if (ledger) {
      plan->ledger = ledger.get();
      plan->stop = interruption.emplace(terminal).token();
    }
    const OverviewAnswers answers = ask_overviews(*connection, *subjects, *plan, progress);
    if (answers.interrupted) return fail(interrupted(*ledger));
    if (is_one) {
      if (!answers.all.front().result) return fail(failure_of_one(answers.all.front()));
      return write_output(*output, terminal, overview_text(answers.all.front(), *output));
    }
    const bool compares = compare_ && output->format != Format::json;
    const auto text = compares ? comparison_text(answers.all, *output) : overviews_text(answers.all, *output);
    if (auto written = write_output(*output, terminal, text); !written) return written;
    if (auto failure = failure_of_several(answers.all)) {
      if (ledger) failure->message += "\nThe others are kept for an hour: the same command asks for these alone.";
      return fail(*std::move(failure));
    }
    if (ledger) ledger->remove();
    return {};
  }

 private:
  [[nodiscard]] Result<OverviewPlan, std::string> plan_periods() const {
    OverviewPlan plan;
    if (period_) {
      const auto index = parse_period(*period_);
      if (!index) return fail(index.error());
      plan.indexes = {*index};
    }
    if (periods_ || compare_) {
      auto indexes = periods_ ? parse_periods(*periods_) : parse_compared_periods(*compare_);
      if (!indexes) return fail(indexes.error());
      plan.indexes = *std::move(indexes);
      plan.walk = periods_.has_value();
    }
    return plan;
  }

  [[nodiscard]] Result<std::vector<OverviewSubject>, Failure> subjects_of(const Connection& connection, bool is_one,
                                                                          Progress& progress) const {
    if (all_) return enabled_trustors(connection, progress);
    OverviewSubject subject;
    if (organization_) {
      const auto trustor = find_trustor(connection, *organization_);
      if (!trustor) return fail(trustor.error());
      subject.trustor = *trustor;
      subject.organization.id = trustor->to_string();
    } else if (!is_one) {
      // An entry of the array names its organization even where it has no overview.
      const auto own = OrganizationsApi(connection).get_organizations_me().send();
      if (!own) return fail(failure_of(own.error()));
      subject.organization.id = own->id;
      subject.organization.name = own->name;
    }
    return std::vector{std::move(subject)};
  }

  [[nodiscard]] static Result<std::vector<OverviewSubject>, Failure> enabled_trustors(const Connection& connection,
                                                                                      Progress& progress) {
    const auto listing = all_trustors(connection);
    if (!listing) return fail(listing.error());
    std::vector<OverviewSubject> subjects;
    std::size_t disabled = 0;
    for (const wire::Trustor& trustor : listing->entities.value_or(std::vector<wire::Trustor>())) {
      const auto id = core::Uuid::parse(trustor.id.value_or(""));
      if (!id) {
        return fail(Failure{ExitCode::failed,
                            "the service lists a trustor whose id is no UUID: \"" + trustor.id.value_or("") + "\""});
      }
      if (!trustor.enabled) {
        ++disabled;
        continue;
      }
      OverviewSubject& subject = subjects.emplace_back();
      subject.trustor = *id;
      subject.organization.id = id->to_string();
      if (trustor.organization) subject.organization.name = trustor.organization->name;
    }
    if (disabled != 0) progress.tell(count_of(disabled, "customer") + " left out: the trust is disabled");
    return subjects;
  }

  // Absent: nothing is kept, and standard error says why where that is not plain.
  [[nodiscard]] std::unique_ptr<OverviewLedger> open_ledger(const Connection& connection, const OverviewPlan& plan,
                                                            const Terminal& terminal, Progress& progress) const {
    // One client may log people of several organizations in.
    const auto own = OrganizationsApi(connection).get_organizations_me().send();
    if (!own || !own->id) return nullptr;
    auto ledger = OverviewLedger::open({.base_url = connection.configuration()->base_url,
                                        .client_id = connection.configuration()->client_id,
                                        .organization = *own->id,
                                        .indexes = plan.indexes,
                                        .walk = plan.walk},
                                       terminal, fresh_);
    if (!ledger) {
      if (ledger.error()) progress.tell(*ledger.error());
      return nullptr;
    }
    if ((*ledger)->size() > 0) {
      progress.tell("going on with " + count_of((*ledger)->size(), "answer") + " that an earlier run had, at most " +
                    length_text((*ledger)->age()) + " old; --fresh asks for all anew");
    }
    return *std::move(ledger);
  }

  [[nodiscard]] static Failure interrupted(const OverviewLedger& ledger) {
    return {ExitCode::failed, "interrupted; " + count_of(ledger.size(), "answer") +
                                  " kept for an hour: the same command asks for what is missing, and with --fresh for "
                                  "all anew"};
  }

  CLI::App* command_ = nullptr;
  ClientOptions options_;
  std::optional<std::string> organization_;
  bool all_ = false;
  bool fresh_ = false;
  std::optional<std::string> period_;
  std::optional<std::string> periods_;
  std::optional<std::string> compare_;
};

}  // namespace

std::unique_ptr<Command> add_overview_command(CLI::App& app) {
  return std::make_unique<OverviewCommand>(app);
}

}  // namespace tallystick::cli
