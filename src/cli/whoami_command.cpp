#include <CLI/CLI.hpp>
#include <array>
#include <utility>
#include <vector>

#include "cli/asked_service.hpp"
#include "cli/sheet_text.hpp"
#include "cli/table.hpp"
#include "tallystick/client/organizations_api.hpp"

namespace tallystick::cli {
namespace {

Result<std::string, Failure> render(const wire::Organization& organization, const Configuration& configuration,
                                    const Output& output) {
  if (output.format == Format::json) return wire::to_json(organization) + "\n";
  const std::vector<std::string> row{organization.id.value_or(""), organization.name.value_or(""),
                                     configuration.client_id, configuration.base_url};
  const Sheet sheet{.name = "Client",
                    .columns = {{"organization_id"}, {"organization_name"}, {"client_id"}, {"base_url"}},
                    .rows = [&row](const documents::AddRow& add) {
                      add({row.begin(), row.end()});
                    }};
  if (output.format == Format::csv) return csv_text(sheet);
  if (output.format == Format::xlsx) return workbook_text("Client", std::array{sheet}, output);
  Table table({{"ORGANIZATION"}, {"NAME"}, {"CLIENT"}, {"BASE URL"}});
  table.add_row(row);
  return table.to_string({output.width, output.colours});
}

class WhoamiCommand : public Command {
 public:
  explicit WhoamiCommand(CLI::App& app) {
    command_ = app.add_subcommand("whoami", "Who this client is: its organization, and where it asks");
    command_->footer("Example:\n  tallystick whoami --base-url http://127.0.0.1:8080");
    add_client_options(*command_, options_);
  }

  [[nodiscard]] const CLI::App& app() const override { return *command_; }

  Status<Failure> run(const Surroundings& surroundings) override {
    const auto service = AskedService::open(options_, surroundings);
    if (!service) return fail(service.error());
    const auto organization = OrganizationsApi((*service)->connection()).get_organizations_me().send();
    if (!organization) return fail(failure_of(organization.error()));
    return (*service)->write(render(*organization, *(*service)->connection().configuration(), (*service)->output()));
  }

 private:
  CLI::App* command_ = nullptr;
  ClientOptions options_;
};

}  // namespace

std::unique_ptr<Command> add_whoami_command(CLI::App& app) {
  return std::make_unique<WhoamiCommand>(app);
}

}  // namespace tallystick::cli
