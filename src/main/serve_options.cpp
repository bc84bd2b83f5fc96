#include "main/serve_options.hpp"

#include <toml++/toml.h>
#include <CLI/CLI.hpp>

namespace tallystick {
namespace {

std::string environment_name(std::string_view option) {
  std::string name = "TALLYSTICK_";
  for (const char c : option) name += c == '-' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return name;
}

template <class Value>
CLI::Option* add(CLI::App& serve, const std::string& name, const std::string& type, Value& value,
                 const std::string& help) {
  return serve.add_option("--" + name, value, help)->type_name(type)->capture_default_str();
}

// Checks without descriptions of their own: the help of an option says the same in words.
CLI::Validator one_of(std::vector<std::string> words) {
  return CLI::IsMember(std::move(words)).description("");
}
CLI::Validator thread_count() {
  return CLI::Range(1, 256).description("");
}

// A file that could not be read has no line.
std::string at(const std::string& file, const toml::source_region& where) {
  if (where.begin.line == 0) return file + ": ";
  return file + ":" + std::to_string(where.begin.line) + ":" + std::to_string(where.begin.column) + ": ";
}

// A scalar as an option would have it on the command line; absent for tables and arrays.
std::optional<std::string> text_of(const toml::node& node) {
  if (const auto* text = node.as_string()) return text->get();
  if (const auto* number = node.as_integer()) return std::to_string(number->get());
  if (const auto* flag = node.as_boolean()) return flag->get() ? "true" : "false";
  return std::nullopt;
}

// Gives an option the value that a less preferred place has for it. The failure is what is wrong with the value.
Status<std::string> set_unless_given(CLI::Option& option, const std::string& text) {
  if (option.count() > 0) return {};
  try {
    option.add_result(text);
    option.run_callback();
  } catch (const CLI::ParseError& error) {
    return fail(std::string(error.what()));
  }
  return {};
}

bool is_told_elsewhere(const std::string& name) {
  return name == "help" || name == "config";
}

Status<std::string> take_table(CLI::App& serve, const std::string& file, const toml::table& table) {
  for (const auto& [key, node] : table) {
    const std::string name(key.str());
    CLI::Option* option = serve.get_option_no_throw("--" + name);
    if (option == nullptr || is_told_elsewhere(name)) {
      return fail(at(file, node.source()) + "there is no option '" + name +
                  "'; `tallystick serve --help` lists them, without the dashes they are the keys of this file.");
    }
    const auto text = text_of(node);
    if (!text) return fail(at(file, node.source()) + "'" + name + "' must be a string, a whole number or a boolean.");
    if (const auto set = set_unless_given(*option, *text); !set) return fail(at(file, node.source()) + set.error());
  }
  return {};
}

Status<std::string> take_file(CLI::App& serve, const std::string& file) {
  try {
    return take_table(serve, file, toml::parse_file(file));
  } catch (const toml::parse_error& error) {
    return fail(at(file, error.source()) + std::string(error.description()));
  }
}

}  // namespace

void add_serve_options(CLI::App& serve, ServeOptions& options) {
  add(serve, "listen", "HOST:PORT", options.listen, "Where to answer; port 0 picks a free one");
  add(serve, "listen-admin", "HOST:PORT", options.listen_admin, "Where to answer health and metrics, and nothing else");
  add(serve, "data", "DIR", options.data_dir, "Directory that holds everything; made when missing");
  add(serve, "catalog", "FILE", options.catalog_file, "YAML or JSON catalog to apply at the start");
  add(serve, "config", "FILE", options.config_file, "TOML file with any of these options by name");
  add(serve, "tls-cert", "FILE", options.tls_certificate_file, "PEM file with the certificate chain");
  add(serve, "tls-key", "FILE", options.tls_key_file, "PEM file with its private key");
  add(serve, "store", "URL", options.store_url, "Where data is kept; `embedded:` is the data directory");
  add(serve, "clock", "TIME", options.clock, "Test clock: time starts here and stands until it is set");
  add(serve, "rate-limit", "N", options.rate_limit, "Requests a minute a token on /api/v2; 0 is off");
  add(serve, "public-url", "URL", options.public_url, "Under which clients reach this server; needed beyond loopback");
  serve.add_flag("--insecure-http", options.insecure_http, "Allow plain HTTP beyond loopback");
  add(serve, "log-format", "text|json", options.log_format, "How log lines on standard error look")
      ->check(one_of({"text", "json"}));
  add(serve, "log-level", "LEVEL", options.log_level, "debug, info, warning or error")
      ->check(one_of({"debug", "info", "warning", "error"}));
  add(serve, "report-wait-ms", "MS", options.report_wait_ms, "A report that takes longer is InProgress at first");
  add(serve, "report-threads", "N", options.report_threads,
      "Threads that compute billable usage reports, and as many for overviews and concurrent usage")
      ->check(thread_count());
  add(serve, "workers", "N", options.workers, "Threads that decode requests and encode answers")->check(thread_count());
  add(serve, "body-bytes-max", "N", options.body_bytes_max, "Largest request body, decompressed too");
  add(serve, "header-bytes-max", "N", options.header_bytes_max, "Largest request header");
  add(serve, "batch-events-max", "N", options.batch_events_max, "Most events in one batch");
  add(serve, "queue-events-max", "N", options.queue_events_max, "Most events waiting to be stored; beyond it 503");
  add(serve, "seal-after-events", "N", options.seal_after_events,
      "Events in memory, 1000 to 1000000, before they are sorted onto disk")
      ->check(CLI::Range(1'000, 1'000'000).description(""));
  add(serve, "request-timeout-ms", "MS", options.request_timeout_ms, "Longest time to send a request");
  serve.footer(
      "Example:\n  tallystick serve --listen 127.0.0.1:8080 --data ./data --catalog catalog.yaml\n"
      "Every option may also be given as TALLYSTICK_… in the environment (TALLYSTICK_DATA, TALLYSTICK_RATE_LIMIT).");
}

Status<std::string> take_environment(CLI::App& command, const Environment& environment) {
  for (CLI::Option* option : command.get_options()) {
    const std::string name = option->get_single_name();
    if (name == "help") continue;
    const std::string variable = environment_name(name);
    const auto text = environment(variable);
    if (!text || text->empty()) continue;
    if (const auto set = set_unless_given(*option, *text); !set) return fail(variable + ": " + set.error());
  }
  return {};
}

Status<std::string> take_environment_and_file(CLI::App& serve, const ServeOptions& options,
                                              const Environment& environment) {
  if (auto taken = take_environment(serve, environment); !taken) return taken;
  if (options.config_file.empty()) return {};
  return take_file(serve, options.config_file);
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
    if (!server::is_loopback(*plan.server.listen_admin) && !options.insecure_http) {
      return fail("--listen-admin " + options.listen_admin +
                  " is reachable from other machines, and it answers plain HTTP alone. Give --insecure-http if those "
                  "machines may read health and metrics.");
    }
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
  if (!options.public_url.empty()) {
    const auto public_url = server::parse_public_url(options.public_url);
    if (!public_url) {
      return fail("--public-url '" + options.public_url +
                  "' is not an address of http or https without a query, such as https://billing.example.com.");
    }
    plan.server.public_url = *public_url;
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
  plan.usage_questions.threads = options.report_threads;
  plan.log_format = options.log_format == "json" ? server::log::Format::json : server::log::Format::text;
  const std::map<std::string, server::log::Level> levels{{"debug", server::log::Level::debug},
                                                         {"info", server::log::Level::info},
                                                         {"warning", server::log::Level::warning},
                                                         {"error", server::log::Level::error}};
  plan.log_level = levels.at(options.log_level);
  return plan;
}

}  // namespace tallystick
