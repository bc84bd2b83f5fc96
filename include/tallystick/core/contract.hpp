#pragma once
#include <optional>
#include <string>
#include <vector>

#include "tallystick/core/decimal.hpp"
#include "tallystick/core/seller.hpp"
#include "tallystick/core/time.hpp"
#include "tallystick/core/uuid.hpp"

#pragma GCC visibility push(default)
/// What an organization agreed to pay (domain.md, "Contracts and billing periods"). Plain values without behaviour.
namespace tallystick::core {

/// A graduated price: it holds for overage units up to `up_to`, counted from 0; the last tier has none.
struct PriceTier {
  std::optional<Decimal> up_to;
  Decimal price;
  friend bool operator==(const PriceTier&, const PriceTier&) = default;
};

/// One product of a contract and what it costs there.
struct ContractItem {
  std::string product;  ///< key in the catalog
  Decimal prepay_quantity;
  std::optional<Decimal> prepay_price;
  std::optional<Decimal> overage_price;  ///< or tiers, or neither: then the catalog's list price
  std::vector<PriceTier> overage_tiers;
  Decimal bundle_quantity = Decimal::from_integer(1);  ///< units that one prepaid unit covers
  std::string notes;
  friend bool operator==(const ContractItem&, const ContractItem&) = default;
};

/// Items that replace those of the same product, or join them, from a day on.
struct Amendment {
  Day date;
  std::vector<ContractItem> items;
  friend bool operator==(const Amendment&, const Amendment&) = default;
};

/// The days [start, end) at the beginning of a contract in which licences cost nothing.
struct Ramp {
  Day start;
  Day end;
  friend bool operator==(const Ramp&, const Ramp&) = default;
};

/// What a contract says of its invoices' letter, not of their amounts; all of it may be absent.
struct InvoiceTerms {
  std::optional<std::string> seller;  ///< key in the catalog; absent: its only seller
  std::optional<BillingParty> bill_to;
  std::optional<BillingParty> ship_to;
  std::optional<BillingParty> sold_to;
  std::optional<BillingParty> end_customer;
  std::vector<std::string> purchase_orders;
  std::string commercial_model;  ///< free text, such as `Prepay`
  std::string payment_terms;     ///< free text, such as `Net 30`
  std::string payment_link;      ///< an absolute http(s) address
  friend bool operator==(const InvoiceTerms&, const InvoiceTerms&) = default;
};

/// What an organization agreed to pay for what it uses.
struct Contract {
  Uuid id;
  OrganizationId organization;
  std::string number;
  std::string currency;           ///< ISO 4217
  std::string subscription_type;  ///< as the published enumeration spells it
  Day effective;                  ///< first day
  Day end;                        ///< first day after it
  std::optional<Ramp> ramp;
  std::optional<Decimal> minimum_monthly_amount;
  std::optional<unsigned> billing_day;  ///< 1 to 31; absent: the day of `effective`
  std::vector<ContractItem> items;
  std::vector<Amendment> amendments;  ///< by date
  InvoiceTerms invoices;
  friend bool operator==(const Contract&, const Contract&) = default;
};

}  // namespace tallystick::core
#pragma GCC visibility pop
