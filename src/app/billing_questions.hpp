#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "app/catalog_snapshot.hpp"
#include "app/clock.hpp"
#include "app/cursor_page.hpp"
#include "app/period_bill.hpp"
#include "app/usage_questions.hpp"
#include "store/store.hpp"
#include "tallystick/core/billing_period.hpp"
#include "tallystick/core/problem.hpp"
#include "tallystick/core/result.hpp"

namespace tallystick::app {

/// A contract and its billing periods until now.
struct ContractView {
  struct Period {
    core::BillingPeriod period;
    bool is_closed = false;
  };
  core::Contract contract;
  std::string organization_name;
  std::vector<Period> periods;               ///< by their start
  std::optional<core::Day> charged_through;  ///< first day after the last closed period; absent: none is closed
  bool is_active = false;                    ///< today lies in it
  std::shared_ptr<const CatalogSnapshot> catalog;
};

struct ContractFilter {
  std::optional<core::Day> from = {};     ///< contracts in force on some day of [from, through]
  std::optional<core::Day> through = {};  ///< inclusive
  std::optional<bool> is_active = {};
  std::optional<std::string> number = {};
};

template <class Entity>
struct Page {
  std::vector<Entity> entities;
  std::vector<std::string> keys;  ///< of the entities, for cursors
  bool has_previous = false;
  bool has_next = false;
};

/// A period: as it was frozen, or as it stands now.
using PeriodAnswer = std::variant<store::FrozenText, PeriodBill>;

struct InvoiceFilter {
  std::optional<core::Day> from = {};     ///< by the date of the invoice
  std::optional<core::Day> through = {};  ///< inclusive
  std::optional<bool> is_paid = {};
};

/// An issued invoice with its text (wire::InvoiceDocument).
struct IssuedInvoice {
  store::SettledInvoice invoice;
  store::FrozenText text;
};
/// An invoice that is not issued yet: a begun period that is not closed.
struct DraftInvoice {
  PeriodBill bill;
};
using AnyInvoice = std::variant<IssuedInvoice, DraftInvoice>;

/// An overview: as it was frozen, or as it stands now.
struct ClosedOverview {
  store::FrozenText text;  ///< wire::TrusteeBillingOverview without selfUri
};
using OverviewAnswer = std::variant<ClosedOverview, BillingOverview>;

/// Answers questions about contracts, periods and invoices on the threads of `threads`, each anew. An organization sees
/// its own alone: what belongs to another is not_found. Problems besides: overloaded, storage_failed, internal.
class BillingQuestions {
 public:
  template <class Value>
  using OnAnswer = UsageQuestions::OnAnswer<Value>;

  /// All that is passed must live longer.
  BillingQuestions(const store::Store& store, const CurrentCatalog& catalog, Clock clock, UsageQuestions& threads);

  /// The overview of the period that `index` means now. not_found: no such organization, contract or period.
  void ask_overview(const core::OrganizationId& organization, std::uint64_t index,
                    OnAnswer<OverviewAnswer> on_answer) const;

  /// Newest effective date first. An organization without contracts has an empty list.
  void ask_contracts(const core::OrganizationId& organization, ContractFilter filter, Cursor cursor,
                     OnAnswer<Page<ContractView>> on_answer) const;
  void ask_contract(const core::OrganizationId& organization, const core::Uuid& contract,
                    OnAnswer<ContractView> on_answer) const;
  /// `period`: core::billing_period_id of one that has begun.
  void ask_period(const core::OrganizationId& organization, const core::Uuid& contract, const core::Uuid& period,
                  OnAnswer<PeriodAnswer> on_answer) const;

  /// Issued invoices and credit notes, newest first.
  void ask_invoices(const core::OrganizationId& organization, InvoiceFilter filter, Cursor cursor,
                    OnAnswer<Page<IssuedInvoice>> on_answer) const;
  void ask_invoice(const core::OrganizationId& organization, const core::Uuid& invoice,
                   OnAnswer<IssuedInvoice> on_answer) const;
  /// An issued one of whatever organization: for addresses that are signed.
  void ask_any_invoice(const core::Uuid& invoice, OnAnswer<IssuedInvoice> on_answer) const;
  /// The drafts of all begun periods that are not closed, newest first.
  void ask_drafts(const core::OrganizationId& organization, OnAnswer<std::vector<DraftInvoice>> on_answer) const;
  /// Issued or a draft.
  void ask_any_kind_of_invoice(const core::OrganizationId& organization, const core::Uuid& invoice,
                               OnAnswer<AnyInvoice> on_answer) const;
  void ask_payments(const core::OrganizationId& organization, const core::Uuid& invoice,
                    OnAnswer<std::vector<store::Payment>> on_answer) const;

 private:
  const store::Store& store_;
  const CurrentCatalog& catalog_;
  Clock clock_;
  UsageQuestions& threads_;
};

}  // namespace tallystick::app
