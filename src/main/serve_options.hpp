#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "app/report_jobs.hpp"
#include "app/usage_questions.hpp"
#include "app/writer.hpp"
#include "server/log.hpp"
#include "server/server.hpp"
#include "store/embedded/embedded_store.hpp"
#include "tallystick/core/result.hpp"
#include "tallystick/core/time.hpp"

namespace CLI {
class App;
}

namespace tallystick {

/// A duration as an option says it.
[[nodiscard]] constexpr std::uint32_t milliseconds_of(std::chrono::milliseconds duration) {
  return static_cast<std::uint32_t>(duration.count());
}

/// What `tallystick serve` was told, as text. Every option has the same name on the command line, as `TALLYSTICK_…` in
/// the environment and as a key of the TOML file; they win in this order (interface.md, "tallystick serve").
struct ServeOptions {
  std::string config_file;
  std::string listen = "127.0.0.1:8080";
  std::string listen_admin;
  std::string data_dir = "./data";
  std::string catalog_file;
  std::string store_url = "embedded:";
  std::string tls_certificate_file;
  std::string tls_key_file;
  std::string public_url;
  std::string clock;
  std::string log_format = "text";
  std::string log_level = "info";
  bool insecure_http = false;
  // The parts state their own limits; here they become options.
  std::uint32_t rate_limit = server::Settings{}.requests_per_minute;
  std::uint32_t report_wait_ms = milliseconds_of(app::ReportJobs::Settings{}.in_progress_after);
  std::size_t report_threads = app::ReportJobs::Settings{}.threads;
  std::size_t workers = server::Settings{}.worker_threads;
  std::size_t body_bytes_max = server::Limits{}.body_bytes_max;
  std::size_t header_bytes_max = server::Limits{}.header_bytes_max;
  std::size_t batch_events_max = server::Limits{}.batch_events_max;
  std::size_t queue_events_max = app::Writer::Settings{}.queue_events_max;
  std::uint64_t seal_after_events = store::EmbeddedSettings{}.seal_after_events;
  std::uint32_t request_timeout_ms = milliseconds_of(server::Limits{}.request_read_timeout);
};

/// Declares the options on the subcommand `serve`; parsing fills `options`, which must outlive `serve`.
void add_serve_options(CLI::App& serve, ServeOptions& options);

/// Looks up an environment variable.
using Environment = std::function<std::optional<std::string>(const std::string& name)>;

/// Fills in what the command line of any subcommand did not say, from `TALLYSTICK_…` in the environment. The failure
/// names the variable and what is wrong there.
[[nodiscard]] Status<std::string> take_environment(CLI::App& command, const Environment& environment);

/// Fills in what the command line did not say, from the environment and then from the TOML file. The failure names the
/// variable, or file, line and column, and what is wrong there.
[[nodiscard]] Status<std::string> take_environment_and_file(CLI::App& serve, const ServeOptions& options,
                                                            const Environment& environment);

/// The options in the types that the parts take.
struct ServePlan {
  server::Settings server;
  app::Writer::Settings writer;
  app::ReportJobs::Settings reports;
  app::UsageQuestions::Settings usage_questions;
  std::optional<core::TimePoint> test_clock;  ///< where time starts and stands
  server::log::Format log_format = server::log::Format::text;
  server::log::Level log_level = server::log::Level::info;
};

/// Checks what single options cannot know of each other. The failure is a sentence for the operator.
[[nodiscard]] Result<ServePlan, std::string> plan_serving(const ServeOptions& options);

}  // namespace tallystick
