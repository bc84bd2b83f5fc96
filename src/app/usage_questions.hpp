#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <utility>

#include "app/billing_overview.hpp"
#include "app/clock.hpp"
#include "app/concurrent_usage.hpp"
#include "app/made_answer.hpp"

namespace tallystick::app {

/// Answers questions about usage away from the request threads, for usage is read from the disk. Each is answered anew.
class UsageQuestions {
 public:
  struct Settings {
    std::size_t threads = 2;
    std::size_t waiting_max = 256;  ///< beside those that are being answered; more are answered `overloaded`
  };

  /// All that is passed must live longer.
  UsageQuestions(const store::Store& store, const CurrentCatalog& catalog, Clock clock, Settings settings);
  /// Finishes and answers what runs; what only waits is answered `overloaded`.
  ~UsageQuestions();
  UsageQuestions(const UsageQuestions&) = delete;
  UsageQuestions& operator=(const UsageQuestions&) = delete;

  /// Answers come once, from the asking thread or another; asking never blocks. They must be taken quickly and without
  /// an exception.
  template <class Value>
  using OnAnswer = std::function<void(Result<Value, core::Problem>)>;

  /// Any question whose use case is `make`, which runs on a thread that may wait for the disk. Problems: those of
  /// `make`, internal where it throws, and overloaded.
  template <class Value>
  void ask(std::function<Result<Value, core::Problem>()> make, OnAnswer<Value> on_answer) {
    const auto shared = std::make_shared<OnAnswer<Value>>(std::move(on_answer));
    post({[made_by = std::move(make), shared] { (*shared)(made_answer<Value>(made_by)); },
          [shared](core::Problem problem) { (*shared)(fail(std::move(problem))); }});
  }
  /// Problems: those of concurrent_usage_report, and overloaded.
  void ask_concurrent_usage(core::OrganizationId organization, core::Period period,
                            OnAnswer<ConcurrentUsageReport> on_answer);

 private:
  /// A question whatever its kind of answer: one of the two is called, once.
  struct Question {
    std::function<void()> answer;
    std::function<void(core::Problem)> refuse;
  };
  void post(Question question);

  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace tallystick::app
