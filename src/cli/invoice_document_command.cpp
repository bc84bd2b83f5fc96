#include <CLI/CLI.hpp>
#include <filesystem>
#include <utility>

#include "cli/client_options.hpp"
#include "cli/command.hpp"
#include "cli/document_file.hpp"
#include "cli/invoice_choice.hpp"
#include "cli/organization_option.hpp"
#include "cli/output.hpp"
#include "cli/spelling.hpp"
#include "tallystick/client/billing_api.hpp"

namespace tallystick::cli {
namespace {

using DocumentFormat = TallystickApi::DocumentFormat;

struct DocumentKind {
  DocumentFormat format;
  std::string_view name;
  bool is_text;
};
constexpr DocumentKind kinds[] = {
    {DocumentFormat::pdf, "pdf", false}, {DocumentFormat::xlsx, "xlsx", false}, {DocumentFormat::csv, "csv", true}};

// PDF for a name without an ending, and for standard output; absent: the ending is of something else.
const DocumentKind* kind_of_ending(const std::string& file) {
  const std::string ending = std::filesystem::path(file).extension().string();
  if (ending.empty()) return kinds;
  for (const DocumentKind& kind : kinds) {
    if (equals_without_case(ending.substr(1), kind.name)) return &kind;
  }
  return nullptr;
}

class InvoiceDocumentCommand : public Command {
 public:
  explicit InvoiceDocumentCommand(CLI::App& app) {
    command_ = app.add_subcommand("invoice-document", "The document of an invoice or a credit note, as a file");
    command_->add_option("ID", invoice_, "The invoice's id, or its number")->required();
    command_->add_option("--type", type_, "pdf (default), xlsx or csv; without it what --output ends with")
        ->type_name("TYPE");
    command_->add_option("--organization", organization_, "For an operator: whose; else one's own")->type_name("ID");
    command_->footer(
        "Without --output the file is called like the invoice's number, in the current folder, and its name is told "
        "on\n"
        "standard error; --output - writes to standard output. The workbook and CSV, in the columns of FOCUS, come\n"
        "from a Tallystick server alone.\n"
        "Examples:\n"
        "  tallystick invoice-document NW-000012\n"
        "  tallystick invoice-document NW-000012 --type csv --output - | head");
    add_client_options(*command_, options_);
  }

  [[nodiscard]] const CLI::App& app() const override { return *command_; }

  Status<Failure> run(const Surroundings& surroundings) override {
    const Terminal& terminal = surroundings.terminal;
    const auto kind = choose_kind(terminal);
    if (!kind) return fail(kind.error());
    const auto organization = parse_organization(organization_);
    if (!organization) return fail(organization.error());
    Progress progress(terminal, !options_.no_progress);
    const auto connection = connect(options_, terminal, surroundings.transport, progress);
    if (!connection) return fail(connection.error());
    const auto invoice = find_invoice(TallystickApi(*connection), invoice_, *organization);
    if (!invoice) return fail(invoice.error());
    const auto address = address_of(*connection, invoice->id, *kind, *organization);
    if (!address) return fail(failure_of(address.error()));
    if (!address->url) return fail(Failure{ExitCode::failed, "the service gave no address of the document"});
    const auto document = connection->download(*address->url).result;
    if (!document) return fail(failure_of(document.error()));
    return write(*document, *kind, terminal, progress);
  }

 private:
  [[nodiscard]] Result<DocumentKind, Failure> choose_kind(const Terminal& terminal) const {
    if (options_.format) {
      return fail(Failure{ExitCode::bad_input,
                          "--format " + *options_.format + ": a document is a file; choose --type pdf, xlsx or csv"});
    }
    const DocumentKind* chosen = kinds;
    if (type_) {
      chosen = nullptr;
      for (const DocumentKind& kind : kinds) {
        if (equals_without_case(kind.name, *type_)) chosen = &kind;
      }
      if (chosen == nullptr)
        return fail(Failure{ExitCode::bad_input, "--type " + *type_ + ": choose pdf, xlsx or csv"});
    } else if (options_.output) {
      chosen = kind_of_ending(*options_.output);
      if (chosen == nullptr) {
        return fail(
            Failure{ExitCode::bad_input, "--output " + *options_.output +
                                             ": a document ends with .pdf, .xlsx or .csv; with --type it may be "
                                             "called as you like"});
      }
    }
    if (is_to_standard_output() && terminal.out_is_terminal && !chosen->is_text) {
      return fail(Failure{ExitCode::bad_input,
                          "--output -: a terminal cannot show this document; name a file, or send it to a program"});
    }
    return *chosen;
  }

  // The published address knows one's own PDF alone.
  [[nodiscard]] static ApiResult<wire::UrlResponse> address_of(
      const Connection& connection, const std::string& id, const DocumentKind& kind,
      const std::optional<core::OrganizationId>& organization) {
    if (kind.format == DocumentFormat::pdf && !organization) {
      return BillingApi(connection).get_billing_contracts_invoice_document(id).send();
    }
    return TallystickApi(connection).get_invoice_document_url(id, kind.format, organization).send();
  }

  [[nodiscard]] bool is_to_standard_output() const { return options_.output == "-"; }

  [[nodiscard]] Status<Failure> write(const HttpResponse& document, const DocumentKind& kind, const Terminal& terminal,
                                      Progress& progress) const {
    Output output;
    if (!is_to_standard_output()) {
      output.file =
          options_.output ? *options_.output : document_file_name(document, invoice_, "." + std::string(kind.name));
    }
    if (auto written = write_output(output, terminal, document.body); !written) return written;
    if (output.file) progress.tell(*output.file);
    return {};
  }

  CLI::App* command_ = nullptr;
  ClientOptions options_;
  std::string invoice_;
  std::optional<std::string> type_;
  std::optional<std::string> organization_;
};

}  // namespace

std::unique_ptr<Command> add_invoice_document_command(CLI::App& app) {
  return std::make_unique<InvoiceDocumentCommand>(app);
}

}  // namespace tallystick::cli
