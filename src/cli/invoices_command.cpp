#include <CLI/CLI.hpp>
#include <utility>

#include "cli/all_pages.hpp"
#include "cli/asked_service.hpp"
#include "cli/date_range.hpp"
#include "cli/enum_choice.hpp"
#include "cli/invoice_choice.hpp"
#include "cli/invoice_text.hpp"
#include "cli/organization_option.hpp"
#include "tallystick/client/billing_api.hpp"

namespace tallystick::cli {
namespace {

class InvoicesCommand : public Command {
 public:
  explicit InvoicesCommand(CLI::App& app) {
    command_ = app.add_subcommand("invoices", "The invoices and credit notes of an organization");
    auto* status = command_->add_option("--status", status_, "Paid or Unpaid ones alone")->type_name("STATUS");
    auto* from =
        command_->add_option("--from", from_, "Dated this day or later; without --to in this month, day or year")
            ->type_name("TIME");
    auto* to = command_->add_option("--to", to_, "Dated before this day")->type_name("TIME");
    command_->add_flag("--numbers", numbers_, "With numbers, periods, what is paid and what is due");
    command_
        ->add_flag("--drafts", drafts_,
                   "The same, after the drafts of billing periods that are not closed; these have no "
                   "date and no payment to choose by")
        ->excludes(status)
        ->excludes(from)
        ->excludes(to);
    command_->add_option("--organization", organization_, "For an operator: whose, with numbers; else one's own")
        ->type_name("ID");
    command_->footer(
        "The newest first. JSON is one BillingInvoiceListing, as the published service has it; with --numbers, "
        "--drafts\n"
        "or --organization it is the listing of a Tallystick server, which the published service does not have.\n"
        "Several pages are one listing without links.\n"
        "Examples:\n"
        "  tallystick invoices --status unpaid\n"
        "  tallystick invoices --numbers --from 2026 --format csv --output year.csv");
    add_client_options(*command_, options_);
  }

  [[nodiscard]] const CLI::App& app() const override { return *command_; }

  Status<Failure> run(const Surroundings& surroundings) override {
    const auto days = parse_day_range(from_, to_);
    if (!days) return fail(Failure{ExitCode::bad_input, days.error()});
    std::optional<wire::PaymentStatus> status;
    if (status_) {
      const auto chosen = parse_choice<wire::PaymentStatus>("--status", *status_);
      if (!chosen) return fail(chosen.error());
      status = *chosen;
    }
    const auto organization = parse_organization(organization_);
    if (!organization) return fail(organization.error());
    const auto service = AskedService::open(options_, surroundings);
    if (!service) return fail(service.error());
    if (numbers_ || drafts_ || *organization) {
      TallystickApi::InvoiceRecordQuery query;
      query.organization = *organization;
      query.date_start = days->first;
      query.date_end = days->last;
      query.payment_status = status;
      if (!drafts_) query.status = wire::InvoiceStatus::issued;
      const auto listing = all_invoice_records(TallystickApi((*service)->connection()), std::move(query));
      if (!listing) return fail(listing.error());
      return (*service)->write(invoice_records_text(*listing, (*service)->output()));
    }
    const BillingApi api((*service)->connection());
    const auto listing = all_pages(api.get_billing_contracts_invoices(
        {.page = large_pages(), .date_start = days->first, .date_end = days->last, .payment_status = status}));
    if (!listing) return fail(listing.error());
    return (*service)->write(invoices_text(*listing, (*service)->output()));
  }

 private:
  CLI::App* command_ = nullptr;
  ClientOptions options_;
  std::optional<std::string> status_;
  std::optional<std::string> from_;
  std::optional<std::string> to_;
  std::optional<std::string> organization_;
  bool numbers_ = false;
  bool drafts_ = false;
};

}  // namespace

std::unique_ptr<Command> add_invoices_command(CLI::App& app) {
  return std::make_unique<InvoicesCommand>(app);
}

}  // namespace tallystick::cli
