#pragma once
#include "app/billing_texts.hpp"

namespace tallystick::server {

/// The frozen texts are the answers of the published API, and the invoice's document, as canonical JSON.
class CanonicalBillingTexts final : public app::BillingTexts {
 public:
  [[nodiscard]] std::string overview(const app::BillingOverview& overview) const override;
  [[nodiscard]] std::string period_detail(const app::PeriodBill& bill) const override;
  [[nodiscard]] std::string invoice(const app::InvoiceContents& contents) const override;
};

}  // namespace tallystick::server
