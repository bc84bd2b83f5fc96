#pragma once
#include <chrono>
#include <functional>
#include <memory>

#include "app/billable_usage.hpp"
#include "app/clock.hpp"

namespace tallystick::app {

/// Runs reports away from the request threads. One that takes longer than `in_progress_after` is answered as in
/// progress, goes on, and then answers the same request for `kept_for` (real time) from its start.
class ReportJobs {
 public:
  struct Settings {
    std::size_t threads = 2;
    std::chrono::milliseconds in_progress_after{2'000};
    std::chrono::milliseconds kept_for{600'000};
    std::size_t waiting_max = 256;  ///< more are answered `overloaded`
  };

  ReportJobs(const store::Store& store, const CurrentCatalog& catalog, Clock clock, Settings settings);
  ~ReportJobs();
  ReportJobs(const ReportJobs&) = delete;
  ReportJobs& operator=(const ReportJobs&) = delete;

  /// nullptr: in progress.
  using Answer = Result<std::shared_ptr<const BillableUsageReport>, core::Problem>;
  using OnAnswer = std::function<void(Answer)>;
  /// Answers once, from another thread. The period must have passed check_report_period.
  void ask(core::OrganizationId organization, core::Period period, OnAnswer on_answer);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace tallystick::app
