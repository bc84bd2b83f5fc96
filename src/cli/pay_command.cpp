#include <CLI/CLI.hpp>
#include <utility>

#include "cli/amount_option.hpp"
#include "cli/asked_service.hpp"
#include "cli/date_range.hpp"
#include "cli/idempotency_key.hpp"
#include "cli/invoice_choice.hpp"
#include "cli/invoice_text.hpp"
#include "cli/organization_option.hpp"

namespace tallystick::cli {
namespace {

class PayCommand : public Command {
 public:
  explicit PayCommand(CLI::App& app) {
    command_ = app.add_subcommand("pay", "For an operator: record a payment of an invoice");
    command_->add_option("INVOICE", invoice_, "The invoice's id, or its number")->required();
    command_->add_option("AMOUNT", amount_, "What was paid, in the invoice's currency")->required();
    command_->add_option("--key", key_, key_help)->type_name("KEY");
    command_->add_option("--date", date_, "The day of the payment; else today")->type_name("DATE");
    command_->add_option("--reference", reference_, "What the bank's statement says, for example")->type_name("TEXT");
    command_->add_option("--organization", organization_, "Whose invoice it is, to find it by its number")
        ->type_name("ID");
    command_->footer(
        "No key given, a random one is used and told on standard error before anything is sent. A run that fails "
        "repeats\n"
        "safely with that key; without it, running the command again is a further payment.\n"
        "More than is due is refused.\n"
        "Example:\n"
        "  tallystick pay NW-000012 1500.00 --organization 22222222-2222-4222-8222-222222222222 --key "
        "bank-20260414-17");
    add_client_options(*command_, options_);
  }

  [[nodiscard]] const CLI::App& app() const override { return *command_; }

  Status<Failure> run(const Surroundings& surroundings) override {
    const auto amount = parse_amount("AMOUNT", amount_);
    if (!amount) return fail(amount.error());
    std::optional<core::Day> date;
    if (date_) {
      const auto day = parse_day("--date", *date_);
      if (!day) return fail(Failure{ExitCode::bad_input, day.error()});
      date = *day;
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
    const wire::InvoicePayment request{
        .idempotency_key = *std::move(key), .amount = *amount, .date = date, .reference = reference_, .unknown = {}};
    const auto payment = api.post_invoice_payment(invoice->id, request).send();
    if (!payment) return fail(failure_with_faults(payment.error()));
    return (*service)->write(payment_text(*payment, invoice->currency, (*service)->output()));
  }

 private:
  CLI::App* command_ = nullptr;
  ClientOptions options_;
  std::string invoice_;
  std::string amount_;
  std::optional<std::string> key_;
  std::optional<std::string> date_;
  std::optional<std::string> reference_;
  std::optional<std::string> organization_;
};

}  // namespace

std::unique_ptr<Command> add_pay_command(CLI::App& app) {
  return std::make_unique<PayCommand>(app);
}

}  // namespace tallystick::cli
