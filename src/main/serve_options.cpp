#include "main/serve_options.hpp"

#include <toml++/toml.h>
#include <CLI/CLI.hpp>
#include <sstream>

namespace tallystick {
namespace {

std::string environment_name(std::string_view option) {
  std::string name = "TALLYSTICK_";
  for (const char c : option) name += c == '-' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return name;
}

template <class Value>
CLI::Option* add(CLI::App& serve, const std::string& name, Value& value, const std::string& help) {
  return serve.add_option("--" + name, value, help)->envname(environment_name(name))->capture_default_str();
}

std::string at(const std::string& file, const toml::source_region& where) {
  return file + ":" + std::to_string(where.begin.line) + ":" + std::to_string(where.begin.column) + ": ";
}

// A scalar as an option would have it on the command line; absent for tables and arrays.
std::optional<std::string> text_of(const toml::node& node) {
  if (const auto* text = node.as_string()) return text->get();
  if (const auto* number = node.as_integer()) return std::to_string(number->get());
  if (const auto* flag = node.as_boolean()) return flag->get() ? "true" : "false";
  return std::nullopt;
}

Status<std::string> fill_in(CLI::App& serve, const std::string& file, const toml::table& table) {
  for (const auto& [key, node] : table) {
    const std::string name(key.str());
    CLI::Option* option = serve.get_option_no_throw("--" + name);
    if (option == nullptr || name == "config" || name == "help") {
      return fail(at(file, node.source()) + "there is no option '" + name +
                  "'; `tallystick serve --help` lists them, without the dashes they are the keys of this file.");
    }
    const auto text = text_of(node);
    if (!text) return fail(at(file, node.source()) + "'" + name + "' must be a string, a whole number or a boolean.");
    if (option->count() > 0) continue;
    try {
      option->add_result(*text);
      option->run_callback();
    } catch (const CLI::ParseError& error) {
      return fail(at(file, node.source()) + error.what());
    }
  }
  return {};
}

}  // namespace

void add_serve_options(CLI::App& serve, ServeOptions& options) {
  add(serve, "listen", options.listen, "HOST:PORT to answer on; port 0 picks a free one");
  add(serve, "listen-admin", options.listen_admin, "HOST:PORT for health and metrics alone");
  add(serve, "data", options.data_dir, "Directory that holds everything; made when missing");
  add(serve, "catalog", options.catalog_file, "YAML or JSON catalog to apply at the start");
  add(serve, "config", options.config_file, "TOML file with any of these options by name");
  add(serve, "tls-cert", options.tls_certificate_file, "PEM file with the certificate chain");
  add(serve, "tls-key", options.tls_key_file, "PEM file with its private key");
  add(serve, "store", options.store_url, "Where data is kept; `embedded:` is the data directory");
  add(serve, "clock", options.clock, "Test clock: time starts here and stands until it is set");
  add(serve, "rate-limit", options.rate_limit, "Requests a minute a token on /api/v2; 0 is off");
  add(serve, "public-url", options.public_url, "Address under which clients reach this server; needed beyond loopback");
  add(serve, "log-format", options.log_format, "text or json")->check(CLI::IsMember({"text", "json"}));
  add(serve, "log-level", options.log_level, "debug, info, warning or error")
      ->check(CLI::IsMember({"debug", "info", "warning", "error"}));
  add(serve, "report-wait-ms", options.report_wait_ms, "A report that takes longer is answered InProgress first");
  add(serve, "report-threads", options.report_threads, "Threads that compute reports")->check(CLI::Range(1, 256));
  add(serve, "workers", options.workers, "Threads that decode requests and encode answers")->check(CLI::Range(1, 256));
  add(serve, "body-bytes-max", options.body_bytes_max, "Largest request body, decompressed too");
  add(serve, "header-bytes-max", options.header_bytes_max, "Largest request header");
  add(serve, "batch-events-max", options.batch_events_max, "Most events in one batch");
  add(serve, "queue-events-max", options.queue_events_max, "Most events waiting to be stored; beyond it 503");
  add(serve, "request-timeout-ms", options.request_timeout_ms, "Longest time to send a request");
  serve.add_flag("--insecure-http", options.insecure_http, "Allow plain HTTP beyond loopback")
      ->envname(environment_name("insecure-http"));
  serve.footer(
      "Example:\n  tallystick serve --listen 127.0.0.1:8080 --data ./data --catalog catalog.yaml\n"
      "Every option may also be given as TALLYSTICK_… in the environment (TALLYSTICK_DATA, TALLYSTICK_RATE_LIMIT).");
}

Status<std::string> read_config_file(CLI::App& serve, const ServeOptions& options) {
  if (options.config_file.empty()) return {};
  const std::string file = options.config_file;
  try {
    return fill_in(serve, file, toml::parse_file(file));
  } catch (const toml::parse_error& error) {
    return fail(at(file, error.source()) + std::string(error.description()));
  }
}

Result<ServePlan, std::string> plan_serving(const ServeOptions& options) {
  ServePlan plan;
  const auto listen = server::parse_address(options.listen);
  if (!listen) return fail("--listen '" + options.listen + "' is not HOST:PORT, such as 127.0.0.1:8080.");
  plan.server.listen = *listen;
  if (!options.listen_admin.empty()) {
    plan.server.listen_admin = server::parse_address(options.listen_admin);
    if (!plan.server.listen_admin)
      return fail("--listen-admin '" + options.listen_admin + "' is not HOST:PORT, such as 127.0.0.1:9090.");
  }
  if (options.tls_certificate_file.empty() != options.tls_key_file.empty())
    return fail(std::string("--tls-cert and --tls-key belong together; give both or neither."));
  const bool is_public = !server::is_loopback(*listen);
  if (is_public && options.tls_certificate_file.empty() && !options.insecure_http) {
    return fail("--listen " + options.listen +
                " is reachable from other machines, and tokens would travel in the clear. "
                "Give --tls-cert and --tls-key, or --insecure-http if something in front of it does TLS.");
  }
  if (is_public && options.public_url.empty()) {
    return fail("--listen " + options.listen +
                " is reachable from other machines, so --public-url must say under which address, such as "
                "https://billing.example.com.");
  }
  if (options.store_url != "embedded:") {
    return fail("--store '" + options.store_url + "' is not known; this version has `embedded:`, the data directory.");
  }
  if (!options.clock.empty()) {
    const auto start = core::parse_time(options.clock);
    if (!start) return fail("--clock '" + options.clock + "' is not a time, such as 2026-03-31T12:00:00Z.");
    plan.test_clock = *start;
  }
  plan.server.tls_certificate_file = options.tls_certificate_file;
  plan.server.tls_key_file = options.tls_key_file;
  plan.server.worker_threads = options.workers;
  plan.server.requests_per_minute = options.rate_limit;
  plan.server.has_test_clock = plan.test_clock.has_value();
  plan.server.limits.body_bytes_max = options.body_bytes_max;
  plan.server.limits.header_bytes_max = options.header_bytes_max;
  plan.server.limits.batch_events_max = options.batch_events_max;
  plan.server.limits.request_read_timeout = std::chrono::milliseconds(options.request_timeout_ms);
  plan.writer.queue_events_max = options.queue_events_max;
  plan.reports.in_progress_after = std::chrono::milliseconds(options.report_wait_ms);
  plan.reports.threads = options.report_threads;
  plan.log_format = options.log_format == "json" ? server::log::Format::json : server::log::Format::text;
  const std::map<std::string, server::log::Level> levels{{"debug", server::log::Level::debug},
                                                         {"info", server::log::Level::info},
                                                         {"warning", server::log::Level::warning},
                                                         {"error", server::log::Level::error}};
  plan.log_level = levels.at(options.log_level);
  return plan;
}

}  // namespace tallystick
