#pragma once
#include <memory>

#include "cli/failure.hpp"
#include "cli/terminal.hpp"
#include "tallystick/client/http_transport.hpp"

namespace CLI {
class App;
}

namespace tallystick::cli {

/// What every command runs with.
struct Surroundings {
  const Terminal& terminal;
  std::shared_ptr<HttpTransport> transport;  ///< absent: libcurl
};

/// One command and its options.
class Command {
 public:
  Command() = default;
  Command(const Command&) = delete;
  Command& operator=(const Command&) = delete;
  virtual ~Command() = default;

  /// Where its options are; `app->parsed()` says whether it was chosen.
  [[nodiscard]] virtual const CLI::App& app() const = 0;
  /// Does it, after parsing. Answers go to standard output, messages to standard error; the failure's own message is
  /// left to the caller.
  [[nodiscard]] virtual Status<Failure> run(const Surroundings& surroundings) = 0;
};

[[nodiscard]] std::unique_ptr<Command> add_apply_command(CLI::App& app);
[[nodiscard]] std::unique_ptr<Command> add_close_command(CLI::App& app);
[[nodiscard]] std::unique_ptr<Command> add_complete_command(CLI::App& app);
[[nodiscard]] std::unique_ptr<Command> add_completion_command(CLI::App& app);
[[nodiscard]] std::unique_ptr<Command> add_contract_command(CLI::App& app);
[[nodiscard]] std::unique_ptr<Command> add_contracts_command(CLI::App& app);
[[nodiscard]] std::unique_ptr<Command> add_credit_command(CLI::App& app);
[[nodiscard]] std::unique_ptr<Command> add_ingest_command(CLI::App& app);
[[nodiscard]] std::unique_ptr<Command> add_invoice_document_command(CLI::App& app);
[[nodiscard]] std::unique_ptr<Command> add_invoice_lines_command(CLI::App& app);
[[nodiscard]] std::unique_ptr<Command> add_invoices_command(CLI::App& app);
[[nodiscard]] std::unique_ptr<Command> add_login_command(CLI::App& app);
[[nodiscard]] std::unique_ptr<Command> add_logout_command(CLI::App& app);
[[nodiscard]] std::unique_ptr<Command> add_manual_command(CLI::App& app);
[[nodiscard]] std::unique_ptr<Command> add_overview_command(CLI::App& app);
[[nodiscard]] std::unique_ptr<Command> add_pay_command(CLI::App& app);
[[nodiscard]] std::unique_ptr<Command> add_period_command(CLI::App& app);
[[nodiscard]] std::unique_ptr<Command> add_report_command(CLI::App& app);
[[nodiscard]] std::unique_ptr<Command> add_trustors_command(CLI::App& app);
[[nodiscard]] std::unique_ptr<Command> add_whoami_command(CLI::App& app);

}  // namespace tallystick::cli
