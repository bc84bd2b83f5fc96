#include <CLI/CLI.hpp>
#include <utility>

#include "cli/asked_service.hpp"
#include "cli/contract_choice.hpp"
#include "cli/period_text.hpp"
#include "tallystick/core/uuid.hpp"

namespace tallystick::cli {
namespace {

class PeriodCommand : public Command {
 public:
  explicit PeriodCommand(CLI::App& app) {
    command_ = app.add_subcommand("period", "What a billing period of a contract comes to: charges and wallets");
    command_->add_option("CONTRACT", contract_, "The contract's id, or its external number")->required();
    command_
        ->add_option("PERIOD", period_,
                     "The period's id; the month in which it begins, 2026-03; a day in it, 2026-03-15; or counted "
                     "back: 0 the active one, 1 the last completed one")
        ->required();
    command_->footer(
        "Figures of an open period may change until it is closed. Charges with overage stand out; the table marks\n"
        "them with ! where there are no colours. CSV has the charges; JSON has the wallets too.\n"
        "Examples:\n"
        "  tallystick period 00041822 2026-03\n"
        "  tallystick period 00041822 1 --format csv --output last.csv");
    add_client_options(*command_, options_);
  }

  [[nodiscard]] const CLI::App& app() const override { return *command_; }

  Status<Failure> run(const Surroundings& surroundings) override {
    const auto service = AskedService::open(options_, surroundings);
    if (!service) return fail(service.error());
    const BillingApi api((*service)->connection());
    // Two ids need no look at the contract.
    std::string contract_id = contract_;
    std::string period_id = period_;
    if (!core::Uuid::parse(contract_) || !core::Uuid::parse(period_)) {
      const auto contract = find_contract(api, contract_);
      if (!contract) return fail(contract.error());
      const auto period = find_period(*contract, period_);
      if (!period) return fail(period.error());
      contract_id = contract->id.value_or(contract_);
      period_id = *period;
    }
    const auto detail = api.get_billing_contract_billingperiod(contract_id, period_id).send();
    if (!detail) return fail(failure_of(detail.error()));
    return (*service)->write(period_detail_text(*detail, (*service)->output()));
  }

 private:
  CLI::App* command_ = nullptr;
  ClientOptions options_;
  std::string contract_;
  std::string period_;
};

}  // namespace

std::unique_ptr<Command> add_period_command(CLI::App& app) {
  return std::make_unique<PeriodCommand>(app);
}

}  // namespace tallystick::cli
