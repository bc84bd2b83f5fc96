#include <CLI/CLI.hpp>
#include <limits>
#include <utility>

#include "cli/client_options.hpp"
#include "cli/command.hpp"
#include "cli/ingest_file.hpp"
#include "cli/ingest_summary.hpp"
#include "cli/interruption.hpp"
#include "cli/output.hpp"

namespace tallystick::cli {
namespace {

constexpr std::size_t parallel_max = 64;

class IngestCommand : public Command {
 public:
  explicit IngestCommand(CLI::App& app) {
    command_ = app.add_subcommand("ingest", "Send usage events from files");
    command_->add_option("FILE", files_, "NDJSON of CloudEvents, or CSV; .gz and .zst too; - is standard input")
        ->type_name("")
        ->required();
    command_->add_option("--parallel", parallel_, "Batches on their way at once")
        ->type_name("N")
        ->check(CLI::Range(std::size_t{1}, parallel_max))
        ->capture_default_str();
    command_->add_option("--batch-events", batch_events_, "Events sent together, taken or refused as a whole")
        ->type_name("N")
        ->check(CLI::Range(std::size_t{1}, batch_events_max))
        ->capture_default_str();
    command_->add_flag("--from-start", from_start_, "Send all of a file, whatever an interrupted run has sent of it");
    command_->footer(
        "A CSV has a header with source,id,organization,product,resource,time and, if wanted, quantity,until, in any\n"
        "order. (source, id) makes an event unique, so sending a file twice counts it once. An interrupted run is\n"
        "remembered below $XDG_STATE_HOME/tallystick, and the same command goes on where it stopped.\n"
        "Example:\n  tallystick ingest march.csv.gz");
    add_client_options(*command_, options_);
  }

  [[nodiscard]] const CLI::App& app() const override { return *command_; }

  Status<Failure> run(const Surroundings& surroundings) override {
    const Terminal& terminal = surroundings.terminal;
    const auto output = choose_output(options_.format, options_.output, terminal);
    if (!output) return fail(output.error());
    Progress progress(terminal, !options_.no_progress);
    const auto connection = connect(options_, terminal, surroundings.transport, progress);
    if (!connection) return fail(connection.error());

    const Interruption interruption(terminal);
    const IngestSettings settings{.base_url = connection->configuration()->base_url,
                                  .parallel = parallel_,
                                  .batch_events = batch_events_,
                                  .from_start = from_start_,
                                  .conflicts_kept_max = output->format == Format::json
                                                            ? std::numeric_limits<std::size_t>::max()
                                                            : conflicts_shown_max,
                                  .interrupted = [stop = interruption.token()] { return stop.stop_requested(); }};
    const TallystickApi api(*connection);
    IngestCounts counts;
    const auto begin = terminal.monotonic_now();
    Status<Failure> done;
    for (const std::string& file : files_) {
      done = IngestFile(file, settings, api, terminal, progress, counts).run();
      if (!done) break;
    }
    const auto elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(terminal.monotonic_now() - begin);
    if (counts.conflicts > 0) progress.tell(conflict_lines(counts));
    if (!done) {
      if (counts.events() > 0) progress.tell(summary_line(counts, elapsed));
      return done;
    }
    // As a table the summary is the answer itself.
    if (output->format != Format::table || output->file) progress.tell(summary_line(counts, elapsed));
    return write_output(*output, terminal, summary_text(counts, elapsed, *output));
  }

 private:
  CLI::App* command_ = nullptr;
  ClientOptions options_;
  std::vector<std::string> files_;
  std::size_t parallel_ = 4;
  std::size_t batch_events_ = batch_events_default;
  bool from_start_ = false;
};

}  // namespace

std::unique_ptr<Command> add_ingest_command(CLI::App& app) {
  return std::make_unique<IngestCommand>(app);
}

}  // namespace tallystick::cli
