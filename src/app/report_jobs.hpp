#pragma once
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>

#include "app/billable_usage.hpp"
#include "app/clock.hpp"

namespace tallystick::app {

/// Runs reports away from the request threads, one at a time for an organization and period: who asks for one that
/// runs waits for its result. A request that has waited `in_progress_after` is answered as in progress; its report goes
/// on, and the same request then gets it until `kept_for` from its start has passed. Both are real time. A report that
/// nobody was told to come back for is not kept. An error is told once.
class ReportJobs {
 public:
  struct Settings {
    std::size_t threads = 2;
    std::chrono::milliseconds in_progress_after{2'000};  ///< 0: nobody waits
    std::chrono::milliseconds kept_for{600'000};
    std::size_t waiting_max = 256;  ///< waiting and running; more are answered `overloaded`. As many are kept at most
  };

  /// All that is passed must live longer.
  ReportJobs(const store::Store& store, const CurrentCatalog& catalog, Clock clock, Settings settings);
  /// Finishes and answers what runs; what only waits is answered `overloaded`.
  ~ReportJobs();
  ReportJobs(const ReportJobs&) = delete;
  ReportJobs& operator=(const ReportJobs&) = delete;

  /// nullptr: in progress.
  using Answer = Result<std::shared_ptr<const BillableUsageReport>, core::Problem>;
  /// Must be quick and not throw.
  using OnAnswer = std::function<void(Answer)>;
  /// Answers once, from this thread or another, and never blocks. The period must have passed check_report_period.
  void ask(core::OrganizationId organization, core::Period period, OnAnswer on_answer);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace tallystick::app
