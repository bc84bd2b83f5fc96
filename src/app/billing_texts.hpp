#pragma once
#include <optional>
#include <string>
#include <vector>

#include "app/billing_overview.hpp"
#include "app/catalog_snapshot.hpp"
#include "app/period_bill.hpp"
#include "store/billing_records.hpp"
#include "tallystick/core/invoice_lines.hpp"
#include "tallystick/core/seller.hpp"

namespace tallystick::app {

/// All that stands on an invoice or a credit note, for its text.
struct InvoiceContents {
  core::Uuid id;
  std::string number;
  store::InvoiceKind kind = store::InvoiceKind::period;
  core::Day date;
  core::Seller seller;
  core::OrganizationId organization;
  std::string organization_name;
  const core::Contract* contract = nullptr;  ///< for parties, terms, orders
  std::optional<core::BillingPeriod> period;
  std::vector<core::InvoiceLine> lines;
  core::Decimal amount;
  std::shared_ptr<const CatalogSnapshot> catalog;  ///< has every product of the lines
  struct Credit {
    core::Uuid invoice;
    std::string invoice_number;
    std::string reason;
  };
  std::optional<Credit> credit;
};

/// Writes what is frozen, as canonical JSON (wire::canonical_json), so that the core of billing knows no JSON. An
/// overview's text has no selfUri, which changes with its index.
class BillingTexts {
 public:
  BillingTexts() = default;
  BillingTexts(const BillingTexts&) = delete;
  BillingTexts& operator=(const BillingTexts&) = delete;
  virtual ~BillingTexts() = default;

  /// wire::TrusteeBillingOverview.
  [[nodiscard]] virtual std::string overview(const BillingOverview& overview) const = 0;
  /// wire::BillingContractPeriodDetail of a closed period.
  [[nodiscard]] virtual std::string period_detail(const PeriodBill& bill) const = 0;
  /// wire::InvoiceDocument.
  [[nodiscard]] virtual std::string invoice(const InvoiceContents& contents) const = 0;
};

}  // namespace tallystick::app
