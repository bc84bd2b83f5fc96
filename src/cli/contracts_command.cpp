#include <CLI/CLI.hpp>
#include <utility>

#include "cli/asked_service.hpp"
#include "cli/contract_choice.hpp"
#include "cli/contract_text.hpp"
#include "cli/date_range.hpp"
#include "cli/enum_choice.hpp"

namespace tallystick::cli {
namespace {

class ContractsCommand : public Command {
 public:
  explicit ContractsCommand(CLI::App& app) {
    command_ = app.add_subcommand("contracts", "The contracts of one's own organization");
    command_->add_option("--status", status_, "Active or Inactive ones alone")->type_name("STATUS");
    command_->add_option("--from", from_, "In force on this day or later; without --to in this month, day or year")
        ->type_name("TIME");
    command_->add_option("--to", to_, "In force before this day")->type_name("TIME");
    command_->add_option("--number", number_, "Those with this external number alone")->type_name("NUMBER");
    command_->footer(
        "The newest first. JSON is one BillingContractListing: a single page as the service answered it; the entities\n"
        "of several pages together, without links.\n"
        "Example:\n  tallystick contracts --status active --format csv");
    add_client_options(*command_, options_);
  }

  [[nodiscard]] const CLI::App& app() const override { return *command_; }

  Status<Failure> run(const Surroundings& surroundings) override {
    auto query = choose();
    if (!query) return fail(query.error());
    const auto service = AskedService::open(options_, surroundings);
    if (!service) return fail(service.error());
    const auto listing = all_contracts(BillingApi((*service)->connection()), *std::move(query));
    if (!listing) return fail(listing.error());
    return (*service)->write(contracts_text(*listing, (*service)->output()));
  }

 private:
  [[nodiscard]] Result<BillingApi::ContractQuery, Failure> choose() const {
    BillingApi::ContractQuery query;
    const auto days = parse_day_range(from_, to_);
    if (!days) return fail(Failure{ExitCode::bad_input, days.error()});
    query.date_start = days->first;
    query.date_end = days->last;
    query.external_number = number_;
    if (status_) {
      const auto status = parse_choice<wire::ContractStatus>("--status", *status_);
      if (!status) return fail(status.error());
      query.status = *status;
    }
    return query;
  }

  CLI::App* command_ = nullptr;
  ClientOptions options_;
  std::optional<std::string> status_;
  std::optional<std::string> from_;
  std::optional<std::string> to_;
  std::optional<std::string> number_;
};

}  // namespace

std::unique_ptr<Command> add_contracts_command(CLI::App& app) {
  return std::make_unique<ContractsCommand>(app);
}

}  // namespace tallystick::cli
