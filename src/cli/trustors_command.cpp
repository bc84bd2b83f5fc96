#include <CLI/CLI.hpp>
#include <array>
#include <utility>

#include "cli/asked_service.hpp"
#include "cli/cell_text.hpp"
#include "cli/table.hpp"
#include "cli/trustor_list.hpp"

namespace tallystick::cli {
namespace {

std::vector<std::string> row_of(const wire::Trustor& trustor) {
  const std::string name = trustor.organization ? trustor.organization->name.value_or("") : "";
  return {trustor.id.value_or(""), name, trustor.enabled ? "true" : "false"};
}

Sheet trustor_sheet(const std::vector<wire::Trustor>& trustors) {
  return {
      .name = "Trustors",
      .columns = {{"id"}, {"name"}, {"enabled"}},
      .rows = [&trustors](const documents::AddRow& add) {
        for (const wire::Trustor& trustor : trustors) {
          add({cell(trustor.id), trustor.organization ? cell(trustor.organization->name) : Cell(), trustor.enabled});
        }
      }};
}

Result<std::string, Failure> render(const wire::TrustorEntityListing& listing, const Output& output) {
  if (output.format == Format::json) return wire::to_json(listing) + "\n";
  const auto trustors = listing.entities.value_or(std::vector<wire::Trustor>());
  if (output.format == Format::csv) return csv_text(trustor_sheet(trustors));
  if (output.format == Format::xlsx) return workbook_text("Trustors", std::array{trustor_sheet(trustors)}, output);
  if (trustors.empty()) return "No organization trusts this one with its billing.\n";
  Table table({{"ID"}, {"NAME"}, {"ENABLED"}});
  for (const wire::Trustor& trustor : trustors) table.add_row(row_of(trustor));
  return table.to_string({output.width, output.colours});
}

class TrustorsCommand : public Command {
 public:
  explicit TrustorsCommand(CLI::App& app) {
    command_ = app.add_subcommand("trustors", "The customers whose billing this client may see");
    command_->footer(
        "JSON is one TrustorEntityListing: a single page as the service answered it; the entities of several pages\n"
        "together, as if one page held them, without links.\n"
        "Example:\n  tallystick trustors --format csv");
    add_client_options(*command_, options_);
  }

  [[nodiscard]] const CLI::App& app() const override { return *command_; }

  Status<Failure> run(const Surroundings& surroundings) override {
    const auto service = AskedService::open(options_, surroundings);
    if (!service) return fail(service.error());
    const auto listing = all_trustors((*service)->connection());
    if (!listing) return fail(listing.error());
    return (*service)->write(render(*listing, (*service)->output()));
  }

 private:
  CLI::App* command_ = nullptr;
  ClientOptions options_;
};

}  // namespace

std::unique_ptr<Command> add_trustors_command(CLI::App& app) {
  return std::make_unique<TrustorsCommand>(app);
}

}  // namespace tallystick::cli
