#include <CLI/CLI.hpp>
#include <utility>

#include "cli/asked_service.hpp"
#include "cli/date_range.hpp"
#include "cli/invoice_text.hpp"
#include "cli/organization_option.hpp"
#include "tallystick/client/tallystick_api.hpp"

namespace tallystick::cli {
namespace {

class CloseCommand : public Command {
 public:
  explicit CloseCommand(CLI::App& app) {
    command_ = app.add_subcommand("close", "For an operator: close billing periods that have ended, and invoice them");
    command_->add_option("ORGANIZATION", organization_, "Whose periods, by its id")->required();
    command_
        ->add_option("--through", through_, "Only those whose last day is this one, or this month's last, or before")
        ->type_name("DATE");
    command_->footer(
        "Periods close by themselves after the grace time; this closes those that have ended at once, in the order of\n"
        "time, each for ever. Doing it again is harmless: what is closed stays as it is. Late usage is billed as\n"
        "adjustments with the next invoice, or at once where no period is open.\n"
        "Example:\n  tallystick close 22222222-2222-4222-8222-222222222222 --through 2026-03");
    add_client_options(*command_, options_);
  }

  [[nodiscard]] const CLI::App& app() const override { return *command_; }

  Status<Failure> run(const Surroundings& surroundings) override {
    const auto organization = parse_organization("ORGANIZATION", organization_);
    if (!organization) return fail(organization.error());
    std::optional<core::Day> through;
    if (through_) {
      const auto day = parse_last_day("--through", *through_);
      if (!day) return fail(Failure{ExitCode::bad_input, day.error()});
      through = *day;
    }
    const auto service = AskedService::open(options_, surroundings);
    if (!service) return fail(service.error());
    const auto answer = TallystickApi((*service)->connection()).close_periods(*organization, through).send();
    if (!answer) return fail(failure_with_faults(answer.error()));
    return (*service)->write(closed_periods_text(*answer, (*service)->output()));
  }

 private:
  CLI::App* command_ = nullptr;
  ClientOptions options_;
  std::string organization_;
  std::optional<std::string> through_;
};

}  // namespace

std::unique_ptr<Command> add_close_command(CLI::App& app) {
  return std::make_unique<CloseCommand>(app);
}

}  // namespace tallystick::cli
