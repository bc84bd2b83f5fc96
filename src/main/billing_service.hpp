#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "app/billing_questions.hpp"
#include "app/closing.hpp"
#include "app/closing_schedule.hpp"
#include "app/secret.hpp"
#include "app/serial_worker.hpp"
#include "app/settlements.hpp"
#include "server/billing_texts.hpp"

namespace tallystick {

/// The key that signs addresses of documents: the store's, or a new one where it has none yet. The failure is a
/// sentence for the operator.
[[nodiscard]] Result<std::array<std::uint8_t, 32>, std::string> document_signing_key(store::Store& store,
                                                                                     const app::RandomBytes& random);

/// The use cases of billing over one store: one thread writes bills, and periods close by themselves. Ends after the
/// period that is being closed; what is due stays so.
class BillingService {
 public:
  /// All that is passed must live longer.
  BillingService(store::Store& store, app::Writer& writer, const app::CurrentCatalog& catalog, const app::Clock& clock,
                 app::UsageQuestions& usage_questions);
  ~BillingService() = default;
  BillingService(const BillingService&) = delete;
  BillingService& operator=(const BillingService&) = delete;

  [[nodiscard]] app::BillingQuestions& questions() { return questions_; }
  [[nodiscard]] app::Closing& closing() { return closing_; }
  [[nodiscard]] app::Settlements& settlements() { return settlements_; }
  /// The clock or the catalog changed: looks for due periods soon.
  void wake() { schedule_.wake(); }

 private:
  server::CanonicalBillingTexts texts_;
  app::Closing closing_;
  app::Settlements settlements_;
  app::BillingQuestions questions_;
  app::SerialWorker worker_;  ///< after those whose tasks it runs, so that it ends before them
  app::ClosingSchedule schedule_;
};

}  // namespace tallystick
