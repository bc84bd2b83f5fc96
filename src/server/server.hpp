#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "app/apply_catalog.hpp"
#include "app/authenticate.hpp"
#include "app/billing_questions.hpp"
#include "app/catalog_snapshot.hpp"
#include "app/clock.hpp"
#include "app/closing.hpp"
#include "app/figures.hpp"
#include "app/ingest.hpp"
#include "app/person_grants.hpp"
#include "app/report_jobs.hpp"
#include "app/settlements.hpp"
#include "app/usage_questions.hpp"
#include "server/document_address.hpp"
#include "server/settings.hpp"
#include "tallystick/core/result.hpp"

namespace tallystick::server {

/// The use cases behind the addresses; all outlive the server.
struct UseCases {
  app::Authentication& authentication;
  app::PersonGrants& person_grants;
  const app::CurrentCatalog& catalog;
  app::Ingest& ingest;
  app::ReportJobs& reports;
  app::UsageQuestions& usage_questions;
  app::BillingQuestions& billing;
  app::Closing& closing;
  app::Settlements& settlements;
  app::ApplyCatalog& apply;
  std::function<app::ServiceFigures()> figures;
  app::Clock clock;
  app::TestClock* test_clock = nullptr;  ///< with has_test_clock
  app::RandomBytes random;
  std::function<void()> wake_closing;  ///< the clock was set or the catalog changed: periods may be due. Any thread.
  SigningKey signing_key;              ///< of addresses of documents; lives as long as the data
};

/// The HTTP side. Listens from `start` on, answers until `stop`.
class Server {
 public:
  Server(Settings settings, UseCases use_cases);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// Binds and begins to answer on its own threads; the address that was bound, with its real port. The failure is a
  /// sentence for the operator: what could not be bound or read, and what to do.
  [[nodiscard]] Result<Address, std::string> start();
  [[nodiscard]] std::optional<Address> admin_address() const;

  /// No new connections, running requests finish (at most drain_timeout), then returns.
  void stop();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace tallystick::server
