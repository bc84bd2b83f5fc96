#include <CLI/CLI.hpp>
#include <utility>

#include "cli/asked_service.hpp"
#include "cli/contract_choice.hpp"
#include "cli/contract_text.hpp"

namespace tallystick::cli {
namespace {

class ContractCommand : public Command {
 public:
  explicit ContractCommand(CLI::App& app) {
    command_ = app.add_subcommand("contract", "One contract: its items and billing periods");
    command_->add_option("ID", contract_, "The contract's id, or its external number")->required();
    command_->footer(
        "An item is a product with the terms of the contract or of an amendment, from a day on. Periods are counted\n"
        "back within the contract: 0 is the active one, 1 the last completed one. CSV has the items; JSON has all.\n"
        "Example:\n  tallystick contract 00041822");
    add_client_options(*command_, options_);
  }

  [[nodiscard]] const CLI::App& app() const override { return *command_; }

  Status<Failure> run(const Surroundings& surroundings) override {
    const auto service = AskedService::open(options_, surroundings);
    if (!service) return fail(service.error());
    const auto contract = find_contract(BillingApi((*service)->connection()), contract_);
    if (!contract) return fail(contract.error());
    return (*service)->write(contract_text(*contract, (*service)->output()));
  }

 private:
  CLI::App* command_ = nullptr;
  ClientOptions options_;
  std::string contract_;
};

}  // namespace

std::unique_ptr<Command> add_contract_command(CLI::App& app) {
  return std::make_unique<ContractCommand>(app);
}

}  // namespace tallystick::cli
