#include "main/billing_service.hpp"

#include <chrono>

#include "server/log.hpp"

namespace tallystick {
namespace {

constexpr std::size_t billing_tasks_waiting_max = 256;
// A period that ends is billed days later: nobody waits for a minute.
constexpr std::chrono::minutes look_for_due_periods_every{1};

void report_look(const Result<app::ClosingOutcome, core::Problem>& looked) {
  using server::log::Level;
  if (!looked) {
    server::log::write(Level::error, "billing periods could not be closed; the next look tries again",
                       {{"reason", std::string_view(looked.error().message)}});
    return;
  }
  for (const auto& period : looked->closed) {
    server::log::write(Level::info, "billing period closed",
                       {{"contract", std::string_view(period.contract.to_string())},
                        {"start", std::string_view(core::to_string(period.period.start))},
                        {"invoice", std::string_view(period.invoice.number)}});
  }
  for (const auto& invoice : looked->adjustment_invoices) {
    server::log::write(Level::info, "adjustments invoiced", {{"invoice", std::string_view(invoice.number)}});
  }
}

}  // namespace

Result<std::array<std::uint8_t, 32>, std::string> document_signing_key(store::Store& store,
                                                                       const app::RandomBytes& random) {
  const auto known = store.load_signing_key();
  if (!known) return fail(known.error().message);
  if (*known) return **known;
  std::array<std::uint8_t, 32> fresh{};
  random(fresh);
  if (const auto saved = store.save_signing_key(fresh); !saved) return fail(saved.error().message);
  return fresh;
}

BillingService::BillingService(store::Store& store, app::Writer& writer, const app::CurrentCatalog& catalog,
                               const app::Clock& clock, app::UsageQuestions& usage_questions)
    : closing_(store, writer, catalog, texts_, clock, worker_),
      settlements_(store, catalog, texts_, clock, worker_),
      questions_(store, catalog, clock, usage_questions),
      worker_(billing_tasks_waiting_max),
      schedule_(closing_, look_for_due_periods_every, report_look) {}

}  // namespace tallystick
