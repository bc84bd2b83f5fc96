#include <CLI/CLI.hpp>
#include <utility>

#include "cli/amount_option.hpp"
#include "cli/asked_service.hpp"
#include "cli/idempotency_key.hpp"
#include "cli/invoice_choice.hpp"
#include "cli/invoice_text.hpp"
#include "cli/organization_option.hpp"

namespace tallystick::cli {
namespace {

class CreditCommand : public Command {
 public:
  explicit CreditCommand(CLI::App& app) {
    command_ = app.add_subcommand("credit", "For an operator: issue a credit note for an invoice");
    command_->add_option("INVOICE", invoice_, "The invoice's id, or its number")->required();
    command_->add_option("AMOUNT", amount_,
                         "What is taken back, in the invoice's currency; else all that is left of it");
    command_->add_option("--reason", reason_, "What the credit note says")->type_name("TEXT")->required();
    command_->add_option("--key", key_, key_help)->type_name("KEY");
    command_->add_option("--organization", organization_, "Whose invoice it is, to find it by its number")
        ->type_name("ID");
    command_->footer(
        "No key given, a random one is used and told on standard error before anything is sent. A run that fails "
        "repeats\n"
        "safely with that key; without it, running the command again is a further credit note.\n"
        "More than is left of the invoice is refused. The answer is the credit note.\n"
        "Example:\n"
        "  tallystick credit NW-000012 25.00 --reason \"Outage of 3 March\" --organization "
        "22222222-2222-4222-8222-222222222222");
    add_client_options(*command_, options_);
  }

  [[nodiscard]] const CLI::App& app() const override { return *command_; }

  Status<Failure> run(const Surroundings& surroundings) override {
    std::optional<core::Decimal> amount;
    if (amount_) {
      const auto parsed = parse_amount("AMOUNT", *amount_);
      if (!parsed) return fail(parsed.error());
      amount = *parsed;
    }
    const auto organization = parse_organization(organization_);
    if (!organization) return fail(organization.error());
    const auto service = AskedService::open(options_, surroundings);
    if (!service) return fail(service.error());
    const TallystickApi api((*service)->connection());
    const auto invoice = find_invoice(api, invoice_, *organization);
    if (!invoice) return fail(invoice.error());
    auto key = choose_key(key_, (*service)->progress());
    if (!key) return fail(key.error());
    const wire::CreditNoteRequest request{
        .idempotency_key = *std::move(key), .amount = amount, .reason = reason_, .unknown = {}};
    const auto note = api.post_credit_note(invoice->id, request).send();
    if (!note) return fail(failure_with_faults(note.error()));
    return (*service)->write(invoice_record_text(*note, (*service)->output()));
  }

 private:
  CLI::App* command_ = nullptr;
  ClientOptions options_;
  std::string invoice_;
  std::optional<std::string> amount_;
  std::string reason_;
  std::optional<std::string> key_;
  std::optional<std::string> organization_;
};

}  // namespace

std::unique_ptr<Command> add_credit_command(CLI::App& app) {
  return std::make_unique<CreditCommand>(app);
}

}  // namespace tallystick::cli
