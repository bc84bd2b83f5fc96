#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "tallystick/client/api_call.hpp"
#include "tallystick/client/connection.hpp"
#include "tallystick/client/list_call.hpp"
#include "tallystick/client/page_query.hpp"
#include "tallystick/core/period.hpp"
#include "tallystick/core/uuid.hpp"
#include "tallystick/wire/billing_contract.hpp"
#include "tallystick/wire/billing_invoice.hpp"
#include "tallystick/wire/billing_period_detail.hpp"
#include "tallystick/wire/billing_usage_report.hpp"
#include "tallystick/wire/trustee_billing_overview.hpp"

#pragma GCC visibility push(default)
namespace tallystick {

/// The published Billing API, against the published service or a Tallystick server.
///
///     tallystick::BillingApi billing({.base_url = "http://127.0.0.1:8080", .client_id = id, .client_secret = secret});
///     const auto report = billing.get_billing_reports_billableusage({start, end}).send();
///     if (!report) return complain(report.error().message);
class BillingApi {
 public:
  explicit BillingApi(Configuration configuration) : connection_(std::move(configuration)) {}
  explicit BillingApi(Connection connection) : connection_(std::move(connection)) {}

  /// What the caller's organization used in [period.start, period.end), one answer: its status may be InProgress, then
  /// ask again with the same period in a few seconds. Errors 400 constraint.validation (start not before end, more
  /// than 366 days), 403 missing.any.permissions.
  [[nodiscard]] ApiCall<wire::BillingUsageReport> get_billing_reports_billableusage(core::Period period) const;

  /// What a customer owes for one billing period: 0 is the active one, whose data may change until it closes, 1 the
  /// last completed one, and so on back. Errors 403 missing.any.permissions; 404 not.found: no such customer, no
  /// enabled trust, or no such period, which the service does not tell apart.
  [[nodiscard]] ApiCall<wire::TrusteeBillingOverview> get_trustee_billing_overview(
      const core::OrganizationId& trustor, std::uint64_t billing_period_index = 0) const;

  // Contracts, their periods and invoices: six preview operations. Each shows the caller's organization its own, and
  // fails with 403 missing.any.permissions; one that names a thing, with 404 not.found where there is no such thing or
  // it is another's. Ids are as the listings have them: any text, UUIDs of a Tallystick server.

  /// Which contracts; without anything, all of them.
  struct ContractQuery {
    PageQuery page{};
    std::optional<core::Day> date_start{};  ///< contracts in force on this day or later
    std::optional<core::Day> date_end{};    ///< in force on this day or before
    std::optional<wire::ContractStatus> status{};
    std::optional<std::string> external_number{};
  };
  /// A page of contracts, the newest first.
  [[nodiscard]] ListCall<wire::BillingContractListing> get_billing_contracts(const ContractQuery& query) const;
  [[nodiscard]] ListCall<wire::BillingContractListing> get_billing_contracts() const {
    return get_billing_contracts(ContractQuery{});
  }
  /// One contract with its plans and the periods that have begun.
  [[nodiscard]] ApiCall<wire::BillingContract> get_billing_contract(std::string_view contract_id) const;
  /// Charges and wallets of one billing period, which may change until it is closed.
  [[nodiscard]] ApiCall<wire::BillingContractPeriodDetail> get_billing_contract_billingperiod(
      std::string_view contract_id, std::string_view billing_period_id) const;

  /// Which invoices; without anything, all of them.
  struct InvoiceQuery {
    PageQuery page{};
    std::optional<core::Day> date_start{};  ///< invoices dated this day or later
    std::optional<core::Day> date_end{};    ///< dated this day or before
    std::optional<wire::PaymentStatus> payment_status{};
  };
  /// A page of issued invoices and credit notes, the newest first.
  [[nodiscard]] ListCall<wire::BillingInvoiceListing> get_billing_contracts_invoices(const InvoiceQuery& query) const;
  [[nodiscard]] ListCall<wire::BillingInvoiceListing> get_billing_contracts_invoices() const {
    return get_billing_contracts_invoices(InvoiceQuery{});
  }
  /// A page of an invoice's lines.
  [[nodiscard]] ListCall<wire::BillingInvoiceItemListing> get_billing_contracts_invoice_lines(
      std::string_view invoice_id, const PageQuery& first = {}) const;
  /// The address of an invoice's PDF, good for a few minutes. Connection::download gets it.
  [[nodiscard]] ApiCall<wire::UrlResponse> get_billing_contracts_invoice_document(std::string_view invoice_id) const;

 private:
  Connection connection_;
};

}  // namespace tallystick
#pragma GCC visibility pop
