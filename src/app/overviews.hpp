#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>

#include "app/billing_overview.hpp"
#include "app/clock.hpp"

namespace tallystick::app {

/// Makes overviews away from the request threads, for their usage is read from the disk. Each question is answered
/// anew.
class Overviews {
 public:
  struct Settings {
    std::size_t threads = 2;
    std::size_t waiting_max = 256;  ///< beside those that are being made; more are answered `overloaded`
  };

  /// All that is passed must live longer.
  Overviews(const store::Store& store, const CurrentCatalog& catalog, Clock clock, Settings settings);
  /// Finishes and answers what runs; what only waits is answered `overloaded`.
  ~Overviews();
  Overviews(const Overviews&) = delete;
  Overviews& operator=(const Overviews&) = delete;

  /// Must be quick and not throw.
  using OnAnswer = std::function<void(Result<BillingOverview, core::Problem>)>;
  /// The overview of the period that `index` means when a thread takes the question up. Answers once, from this thread
  /// or another, and never blocks. Problems: those of billing_overview, and overloaded.
  void ask(core::OrganizationId organization, std::uint64_t index, OnAnswer on_answer);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace tallystick::app
