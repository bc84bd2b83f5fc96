#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tallystick/client/api_call.hpp"
#include "tallystick/client/connection.hpp"
#include "tallystick/client/list_call.hpp"
#include "tallystick/client/page_query.hpp"
#include "tallystick/core/event.hpp"
#include "tallystick/core/period.hpp"
#include "tallystick/core/uuid.hpp"
#include "tallystick/wire/applied_changes.hpp"
#include "tallystick/wire/billing_invoice.hpp"
#include "tallystick/wire/billing_usage_report.hpp"
#include "tallystick/wire/clock_setting.hpp"
#include "tallystick/wire/concurrent_usage_report.hpp"
#include "tallystick/wire/ingest_result.hpp"
#include "tallystick/wire/invoice_record.hpp"
#include "tallystick/wire/trustee_billing_overview.hpp"

#pragma GCC visibility push(default)
namespace tallystick {

/// What a Tallystick server offers beyond the published API (`/tallystick/v1`). The published service answers 404.
class TallystickApi {
 public:
  explicit TallystickApi(Configuration configuration) : connection_(std::move(configuration)) {}
  explicit TallystickApi(Connection connection) : connection_(std::move(connection)) {}

  /// Sends a batch of events, taken whole or refused whole; sending it again is harmless. When it answers, the events
  /// are durable. Error 400 constraint.validation: details name each fault by pointer.
  [[nodiscard]] ApiCall<wire::IngestResult> post_events(const std::vector<core::Event>& events) const;
  /// The same with a body that is CloudEvents NDJSON already; `content_encoding` as it is compressed, or empty.
  [[nodiscard]] ApiCall<wire::IngestResult> post_events_ndjson(std::string body,
                                                               std::string content_encoding = {}) const;

  /// The billable usage report of any organization, for an operator.
  [[nodiscard]] ApiCall<wire::BillingUsageReport> get_billable_usage(const core::OrganizationId& organization,
                                                                     core::Period period) const;

  /// How many resources used each concurrent product at once, and for how long: of the caller's own organization, or of
  /// any, for an operator. At most 366 days.
  [[nodiscard]] ApiCall<wire::ConcurrentUsageReport> get_concurrent_usage(
      core::Period period, const std::optional<core::OrganizationId>& organization = std::nullopt) const;

  /// What the caller's own organization owes for one billing period; indexes as in BillingApi.
  [[nodiscard]] ApiCall<wire::TrusteeBillingOverview> get_billing_overview(
      std::uint64_t billing_period_index = 0) const;

  /// Closes an organization's billing periods that have ended, for an operator: all, or those whose last day is
  /// `through` or before. The answer has what this call closed; a period that was closed before is not in it. Error
  /// 404: no such organization.
  [[nodiscard]] ApiCall<wire::ClosePeriodsAnswer> close_periods(const core::OrganizationId& organization,
                                                                std::optional<core::Day> through = std::nullopt) const;

  // Invoices with their numbers, drafts, payments and credit notes. `organization`: whose, for an operator; absent:
  // one's own. Ids are as the listings have them; one that is unknown, or another's, is a 404.

  /// Which invoices, and whose; without anything, all of one's own.
  struct InvoiceRecordQuery {
    PageQuery page{};
    std::optional<core::OrganizationId> organization{};
    /// Absent: drafts, then what is issued. Drafts have neither date nor payments: a filter by these leaves them out.
    std::optional<wire::InvoiceStatus> status{};
    std::optional<core::Day> date_start{};  ///< issued invoices dated this day or later
    std::optional<core::Day> date_end{};    ///< dated this day or before
    std::optional<wire::PaymentStatus> payment_status{};
  };
  /// A page of invoices, the newest first.
  [[nodiscard]] ListCall<wire::InvoiceRecordListing> get_invoices(const InvoiceRecordQuery& query) const;
  [[nodiscard]] ApiCall<wire::InvoiceRecord> get_invoice(
      std::string_view invoice_id, const std::optional<core::OrganizationId>& organization = std::nullopt) const;
  /// A page of the lines of an invoice, or of a draft.
  [[nodiscard]] ListCall<wire::BillingInvoiceItemListing> get_invoice_lines(
      std::string_view invoice_id, const PageQuery& first = {},
      const std::optional<core::OrganizationId>& organization = std::nullopt) const;
  [[nodiscard]] ApiCall<wire::InvoicePaymentListing> get_invoice_payments(
      std::string_view invoice_id, const std::optional<core::OrganizationId>& organization = std::nullopt) const;

  enum class DocumentFormat { pdf, xlsx, csv };
  /// The address of an issued invoice's document, good for a few minutes. Connection::download gets it.
  [[nodiscard]] ApiCall<wire::UrlResponse> get_invoice_document_url(
      std::string_view invoice_id, DocumentFormat format,
      const std::optional<core::OrganizationId>& organization = std::nullopt) const;

  /// Records a payment, for an operator. Its key makes a repeat harmless, so that it is repeated where the connection
  /// fails: the answer is the payment that is stored under the key. Error 409 conflict: another payment has the key, or
  /// more is paid than is due.
  [[nodiscard]] ApiCall<wire::InvoicePayment> post_invoice_payment(std::string_view invoice_id,
                                                                   const wire::InvoicePayment& payment) const;
  /// Issues a credit note for an invoice, for an operator; the same key again answers the same credit note. Error 409
  /// conflict: more than is left of the invoice.
  [[nodiscard]] ApiCall<wire::InvoiceRecord> post_credit_note(std::string_view invoice_id,
                                                              const wire::CreditNoteRequest& request) const;

  /// How a catalog is applied.
  struct ApplyOptions {
    bool dry_run = false;
    bool prune = false;  ///< remove what the document lacks
  };
  /// Makes the server's catalog what a document says, whole or not at all. `document`: JSON or YAML, told apart by
  /// `content_type` (application/json, application/yaml).
  [[nodiscard]] ApiCall<wire::AppliedChanges> apply(std::string document, std::string content_type,
                                                    ApplyOptions options) const;
  /// The catalog as JSON text, without secrets.
  [[nodiscard]] ApiCall<std::string> get_catalog() const;

  /// The server's test clock; 404 where the server runs on real time.
  [[nodiscard]] ApiCall<wire::ClockSetting> get_clock() const;
  [[nodiscard]] ApiCall<wire::ClockSetting> set_clock(core::TimePoint now) const;

 private:
  Connection connection_;
};

}  // namespace tallystick
#pragma GCC visibility pop
