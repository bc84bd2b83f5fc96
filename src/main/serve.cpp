#include "main/serve.hpp"

#include <sodium.h>

#include <csignal>
#include <memory>

#include "app/apply_catalog.hpp"
#include "app/authenticate.hpp"
#include "app/catalog_snapshot.hpp"
#include "app/figures.hpp"
#include "app/ingest.hpp"
#include "app/operator_client.hpp"
#include "app/person_grants.hpp"
#include "app/report_jobs.hpp"
#include "app/usage_questions.hpp"
#include "app/verified_secrets.hpp"
#include "app/writer.hpp"
#include "main/billing_service.hpp"
#include "main/operator_file.hpp"
#include "main/start_catalog.hpp"
#include "saml/assertion.hpp"
#include "store/embedded/embedded_store.hpp"

namespace tallystick {
namespace {

enum Exit { stopped = 0, failed = 1, catalog_refused = 2 };

void random_bytes(std::span<std::uint8_t> buffer) {
  randombytes_buf(buffer.data(), buffer.size());
}

core::TimePoint system_time() {
  return std::chrono::floor<core::milliseconds>(std::chrono::system_clock::now());
}

Result<std::unique_ptr<store::Store>, std::string> open_store(const ServeOptions& options) {
  store::EmbeddedSettings settings;
  settings.seal_after_events = options.seal_after_events;
  random_bytes(settings.new_hash_key);
  auto opened = store::open_embedded_store(options.data_dir, settings);
  if (!opened) return fail(opened.error().message);
  return std::move(*opened);
}

// A store without an operator gets one. Its secret is on disk before the store knows of it, so that none is lost.
Result<core::OAuthClient, std::string> operator_of(store::Store& store, const std::string& data_dir) {
  const auto known = store.load_operator();
  if (!known) return fail(known.error().message);
  if (*known) return **known;
  const app::NewOperator fresh = app::make_operator(random_bytes);
  if (const auto written = write_operator_file(data_dir, fresh.client.id, fresh.secret); !written)
    return fail(written.error());
  if (const auto saved = store.save_operator(fresh.client); !saved) return fail(saved.error().message);
  return fresh.client;
}

// Every thread that is started later inherits the mask, so the signals wait for `wait_for_signal` alone.
sigset_t block_stop_signals() {
  sigset_t stop;
  sigemptyset(&stop);
  sigaddset(&stop, SIGINT);
  sigaddset(&stop, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &stop, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  return stop;
}

void wait_for_signal(const sigset_t& stop) {
  int received = 0;
  while (sigwait(&stop, &received) != 0) {
  }
  server::log::write(server::log::Level::info, "stopping",
                     {{"signal", std::string_view(received == SIGINT ? "SIGINT" : "SIGTERM")}});
}

// The use cases over one store, in the order in which they need each other; they end in the reverse order.
class Service {
 public:
  struct Stored {
    std::shared_ptr<const app::CatalogSnapshot> catalog;
    std::array<std::uint8_t, 32> signing_key{};
  };
  Service(const ServePlan& plan, store::Store& store, Stored stored)
      : store_(store),
        signing_key_(stored.signing_key),
        test_clock_(plan.test_clock ? std::optional<app::TestClock>(*plan.test_clock) : std::nullopt),
        clock_(test_clock_ ? app::Clock(*test_clock_) : app::Clock(system_time)),
        catalog_(std::move(stored.catalog)),
        secrets_(random_bytes),
        writer_(store, plan.writer),
        ingest_(writer_, catalog_, clock_),
        authentication_(store, catalog_, random_bytes, secrets_, {}),
        person_grants_(app::make_person_grants(authentication_, catalog_, random_bytes,
                                               {.issuer_of = saml::issuer_of, .verify = saml::verify})),
        reports_(store, catalog_, clock_, plan.reports),
        usage_questions_(store, catalog_, clock_, plan.usage_questions),
        apply_(store, writer_, catalog_, secrets_, clock_),
        billing_(store, writer_, catalog_, clock_, usage_questions_) {}

  [[nodiscard]] app::ApplyCatalog& apply() { return apply_; }
  void wake_closing() { billing_.wake(); }

  [[nodiscard]] server::UseCases use_cases() {
    return {.authentication = authentication_,
            .person_grants = *person_grants_,
            .catalog = catalog_,
            .ingest = ingest_,
            .reports = reports_,
            .usage_questions = usage_questions_,
            .billing = billing_.questions(),
            .closing = billing_.closing(),
            .settlements = billing_.settlements(),
            .apply = apply_,
            .figures = [this] { return app::service_figures(store_, writer_); },
            .clock = clock_,
            .test_clock = test_clock_ ? &*test_clock_ : nullptr,
            .random = random_bytes,
            .wake_closing = [this] { wake_closing(); },
            .signing_key = signing_key_};
  }

 private:
  store::Store& store_;
  std::array<std::uint8_t, 32> signing_key_;
  std::optional<app::TestClock> test_clock_;
  app::Clock clock_;
  app::CurrentCatalog catalog_;
  app::VerifiedSecrets secrets_;
  app::Writer writer_;
  app::Ingest ingest_;
  app::Authentication authentication_;
  std::unique_ptr<app::PersonGrants> person_grants_;
  app::ReportJobs reports_;
  app::UsageQuestions usage_questions_;
  app::ApplyCatalog apply_;
  BillingService billing_;
};

int complain(std::ostream& err, const std::string& message, Exit code) {
  err << "tallystick serve: " << message << std::endl;
  return code;
}

}  // namespace

int serve(const ServePlan& plan, const ServeOptions& options, std::ostream& out, std::ostream& err) {
  if (sodium_init() < 0) return complain(err, "The system gives no random bytes, so no secret can be made.", failed);
  const sigset_t stop = block_stop_signals();
  server::log::configure(plan.log_format, plan.log_level);

  const auto store = open_store(options);
  if (!store) return complain(err, store.error(), failed);
  const auto operator_client = operator_of(**store, options.data_dir);
  if (!operator_client) return complain(err, operator_client.error(), failed);
  auto catalog = app::load_current_catalog(**store, *operator_client);
  if (!catalog) return complain(err, catalog.error().message, failed);

  const auto signing_key = document_signing_key(**store, random_bytes);
  if (!signing_key) return complain(err, signing_key.error(), failed);

  Service service(plan, **store, {std::move(*catalog), *signing_key});
  if (!options.catalog_file.empty()) {
    if (const auto applied = apply_start_catalog(service.apply(), options.catalog_file); !applied) {
      return complain(err, applied.error().message, applied.error().is_bad_input ? catalog_refused : failed);
    }
    service.wake_closing();
  }
  server::Server server(plan.server, service.use_cases());
  const auto address = server.start();
  if (!address) return complain(err, address.error(), failed);
  const bool is_tls = !plan.server.tls_certificate_file.empty();
  out << "listening on " << (is_tls ? "https://" : "http://") << to_string(*address) << std::endl;

  wait_for_signal(stop);
  server.stop();
  return stopped;
}

}  // namespace tallystick
