#include <CLI/CLI.hpp>
#include <utility>

#include "cli/all_pages.hpp"
#include "cli/asked_service.hpp"
#include "cli/invoice_choice.hpp"
#include "cli/invoice_text.hpp"
#include "cli/organization_option.hpp"
#include "tallystick/client/billing_api.hpp"

namespace tallystick::cli {
namespace {

using Lines = Result<wire::BillingInvoiceItemListing, Failure>;

Lines own_lines(const TallystickApi& api, const std::string& id,
                const std::optional<core::OrganizationId>& organization) {
  return all_pages(api.get_invoice_lines(id, large_pages(), organization));
}

// What the published address does not know may be a draft, which a Tallystick server has at its own.
Lines published_lines(const Connection& connection, const std::string& id) {
  const BillingApi api(connection);
  auto lines = all_pages(api.get_billing_contracts_invoice_lines(id, large_pages()));
  if (lines || lines.error().code != ExitCode::not_found) return lines;
  auto of_draft = own_lines(TallystickApi(connection), id, std::nullopt);
  return of_draft ? std::move(of_draft) : std::move(lines);
}

class InvoiceLinesCommand : public Command {
 public:
  explicit InvoiceLinesCommand(CLI::App& app) {
    command_ = app.add_subcommand("invoice-lines", "The lines of an invoice, a credit note or a draft");
    command_->add_option("ID", invoice_, "The invoice's id, or its number")->required();
    command_->add_option("--organization", organization_, "For an operator: whose; else one's own")->type_name("ID");
    command_->footer(
        "Only a Tallystick server tells numbers and drafts. The table ends with the sum of the amounts; a quantity is\n"
        "a rounded integer, and the description has the exact one.\n"
        "Example:\n  tallystick invoice-lines NW-000012");
    add_client_options(*command_, options_);
  }

  [[nodiscard]] const CLI::App& app() const override { return *command_; }

  Status<Failure> run(const Surroundings& surroundings) override {
    const auto organization = parse_organization(organization_);
    if (!organization) return fail(organization.error());
    const auto service = AskedService::open(options_, surroundings);
    if (!service) return fail(service.error());
    const TallystickApi api((*service)->connection());
    const auto invoice = find_invoice(api, invoice_, *organization);
    if (!invoice) return fail(invoice.error());
    const Lines lines = *organization ? own_lines(api, invoice->id, *organization)
                                      : published_lines((*service)->connection(), invoice->id);
    if (!lines) return fail(lines.error());
    return (*service)->write(invoice_lines_text(*lines, invoice->currency, (*service)->output()));
  }

 private:
  CLI::App* command_ = nullptr;
  ClientOptions options_;
  std::string invoice_;
  std::optional<std::string> organization_;
};

}  // namespace

std::unique_ptr<Command> add_invoice_lines_command(CLI::App& app) {
  return std::make_unique<InvoiceLinesCommand>(app);
}

}  // namespace tallystick::cli
