#include <array>
#include <functional>

#include "documents/figures.hpp"
#include "documents/invoice_files.hpp"
#include "documents/invoice_words.hpp"
#include "wire/csv_record.hpp"

namespace tallystick::documents {
namespace {

/// How a line's cost comes from units and prices. FOCUS wants quantity × price to be the cost exactly, without any
/// rounding: where a line has no such price, it is one unit at the line's amount.
struct FocusPrice {
  std::string category;        ///< ChargeCategory
  bool is_correction = false;  ///< of a period that was invoiced before
  bool has_price = false;      ///< usage and purchases that are no corrections
  core::Decimal quantity;      ///< PricingQuantity
  std::string unit;            ///< PricingUnit; may be empty
  core::Decimal unit_price;    ///< ContractedUnitPrice
  core::Decimal list_price;    ///< ListUnitPrice
  core::Decimal contracted_cost;
  core::Decimal list_cost;
  std::string currency;          ///< PricingCurrency
  core::Decimal priced_in_it;    ///< a unit's price in the pricing currency, contracted
  core::Decimal listed_in_it;    ///< likewise by list
  core::Decimal effective_cost;  ///< in the pricing currency
};

struct FocusRow {
  const wire::InvoiceDocument& invoice;
  const wire::InvoiceDocumentLine& line;
  FocusPrice price;
};

std::string category_of(const wire::InvoiceDocumentLine& line) {
  if (line.kind == "credit") return "Credit";
  // A charge without a product fits no other category.
  if (!line.product) return "Adjustment";
  return line.kind == "prepay" ? "Purchase" : "Usage";
}

/// The product where a decimal holds it without rounding.
std::optional<core::Decimal> exact_product(core::Decimal a, core::Decimal b) {
  const auto down = a.times(b, core::Rounding::down);
  if (!down) return std::nullopt;
  // What was cut away are the last nine digits of the product of both counts: nothing where they are zeros.
  const core::int128 one{core::Decimal::one_units};
  const bool is_exact = a.units() % one * (b.units() % one) % one == 0;
  return is_exact ? std::optional<core::Decimal>(*down) : std::nullopt;
}

FocusPrice price_of(const wire::InvoiceDocument& invoice, const wire::InvoiceDocumentLine& line) {
  FocusPrice price;
  price.category = category_of(line);
  price.is_correction = is_adjustment(line);
  price.has_price = !price.is_correction && (price.category == "Usage" || price.category == "Purchase");
  price.contracted_cost = price.list_cost = price.effective_cost = line.amount;
  price.currency = line.is_token ? "Tokens" : invoice.currency;
  if (!price.has_price) {
    if (line.product) {
      price.quantity = line.quantity;
      price.unit = line.is_token ? "Tokens" : line.unit_of_measure.value_or("");
    }
    if (line.is_token) price.effective_cost = line.quantity;
    return price;
  }
  const core::Decimal one = core::Decimal::from_integer(1);
  const auto cost = line.unit_price ? exact_product(line.quantity, *line.unit_price) : std::nullopt;
  if (cost) {
    price.quantity = line.quantity;
    price.unit = line.is_token ? "Tokens" : line.unit_of_measure.value_or("Unit");
    price.unit_price = price.list_price = *line.unit_price;
    price.contracted_cost = price.list_cost = *cost;
    if (line.list_unit_price) {
      if (const auto listed = exact_product(line.quantity, *line.list_unit_price)) {
        price.list_price = *line.list_unit_price;
        price.list_cost = *listed;
      }
    }
  } else {
    price.quantity = one;
    price.unit = "Unit";
    price.unit_price = price.list_price = line.amount;
  }
  if (line.is_token) {
    // A token costs one token; a lump of tokens as many as it has.
    price.priced_in_it = price.listed_in_it = cost ? one : line.quantity;
    price.effective_cost = line.quantity;
  } else {
    price.priced_in_it = price.unit_price;
    price.listed_in_it = price.list_price;
  }
  return price;
}

std::string moment(core::Day day) {
  return core::to_string(day) + "T00:00:00Z";
}

/// Of the invoice, or of the one that is credited; one for adjustments alone counts to the month in which it was
/// issued.
core::Day period_start(const wire::InvoiceDocument& invoice) {
  if (invoice.date_start) return *invoice.date_start;
  const std::chrono::year_month_day date(invoice.date_invoiced);
  return date.year() / date.month() / std::chrono::day(1);
}

core::Day period_end(const wire::InvoiceDocument& invoice) {
  if (invoice.date_end) return *invoice.date_end + std::chrono::days(1);
  const std::chrono::year_month_day date(invoice.date_invoiced);
  return core::Day(date.year() / date.month() / std::chrono::last) + std::chrono::days(1);
}

std::string sku_of(const wire::InvoiceDocumentLine& line) {
  if (!line.product) return "";
  const wire::BillingProduct& product = *line.product;
  return product.sku && !product.sku->empty() ? *product.sku : product.id.value_or("");
}

std::string description_of(const wire::InvoiceDocumentLine& line) {
  std::string text = subject_of(line);
  if (const std::string kind = kind_beside(line); !kind.empty()) text += ", " + kind;
  return line.description.empty() ? text : text + ": " + line.description;
}

std::string frequency_of(const FocusRow& row) {
  if (row.price.category == "Usage") return "Usage-Based";
  return row.price.category == "Credit" || row.price.is_correction ? "One-Time" : "Recurring";
}

std::string if_priced(const FocusRow& row, core::Decimal number) {
  return row.price.has_price ? number.to_string() : "";
}

std::string if_consumed(const FocusRow& row, std::string text) {
  return row.price.category == "Usage" ? std::move(text) : "";
}

struct FocusColumn {
  const char* name;
  std::string (*value)(const FocusRow& row);
};

/// In the order of the specification, which is the alphabet's; columns of our own (x_) behind them. Those for
/// things that Tallystick does not have (regions, resources, commitment discounts, capacity, tags) are left out.
constexpr auto columns = std::to_array<FocusColumn>({
    {"BilledCost", [](const FocusRow& r) { return r.line.amount.to_string(); }},
    {"BillingAccountId", [](const FocusRow& r) { return r.invoice.organization.id.value_or(""); }},
    {"BillingAccountName", [](const FocusRow& r) { return r.invoice.organization.name.value_or(""); }},
    {"BillingAccountType", [](const FocusRow&) { return std::string("Organization"); }},
    {"BillingCurrency", [](const FocusRow& r) { return r.invoice.currency; }},
    {"BillingPeriodEnd", [](const FocusRow& r) { return moment(period_end(r.invoice)); }},
    {"BillingPeriodStart", [](const FocusRow& r) { return moment(period_start(r.invoice)); }},
    {"ChargeCategory", [](const FocusRow& r) { return r.price.category; }},
    {"ChargeClass", [](const FocusRow& r) { return std::string(r.price.is_correction ? "Correction" : ""); }},
    {"ChargeDescription", [](const FocusRow& r) { return description_of(r.line); }},
    {"ChargeFrequency", [](const FocusRow& r) { return frequency_of(r); }},
    {"ChargePeriodEnd", [](const FocusRow& r) { return moment(r.line.date_end + std::chrono::days(1)); }},
    {"ChargePeriodStart", [](const FocusRow& r) { return moment(r.line.date_start); }},
    {"ConsumedQuantity", [](const FocusRow& r) { return if_consumed(r, r.line.quantity.to_string()); }},
    {"ConsumedUnit", [](const FocusRow& r) { return if_consumed(r, r.line.unit_of_measure.value_or("Unit")); }},
    {"ContractedCost", [](const FocusRow& r) { return r.price.contracted_cost.to_string(); }},
    {"ContractedUnitPrice", [](const FocusRow& r) { return if_priced(r, r.price.unit_price); }},
    {"EffectiveCost", [](const FocusRow& r) { return r.line.amount.to_string(); }},
    {"InvoiceId", [](const FocusRow& r) { return r.invoice.number; }},
    {"InvoiceIssuerName", [](const FocusRow& r) { return r.invoice.seller.name; }},
    {"ListCost", [](const FocusRow& r) { return r.price.list_cost.to_string(); }},
    {"ListUnitPrice", [](const FocusRow& r) { return if_priced(r, r.price.list_price); }},
    {"PricingCategory", [](const FocusRow& r) { return std::string(r.price.has_price ? "Standard" : ""); }},
    {"PricingCurrency", [](const FocusRow& r) { return r.price.currency; }},
    {"PricingCurrencyContractedUnitPrice", [](const FocusRow& r) { return if_priced(r, r.price.priced_in_it); }},
    {"PricingCurrencyEffectiveCost", [](const FocusRow& r) { return r.price.effective_cost.to_string(); }},
    {"PricingCurrencyListUnitPrice", [](const FocusRow& r) { return if_priced(r, r.price.listed_in_it); }},
    {"PricingQuantity", [](const FocusRow& r) { return r.line.product ? r.price.quantity.to_string() : ""; }},
    {"PricingUnit", [](const FocusRow& r) { return r.price.unit; }},
    {"ProviderName", [](const FocusRow& r) { return r.invoice.seller.name; }},
    {"PublisherName", [](const FocusRow& r) { return r.invoice.seller.name; }},
    {"ServiceCategory", [](const FocusRow&) { return std::string("Business Applications"); }},
    {"ServiceName",
     [](const FocusRow& r) {
       return r.line.grouping && !r.line.grouping->empty() ? *r.line.grouping : subject_of(r.line);
     }},
    {"ServiceSubcategory", [](const FocusRow&) { return std::string("Other (Business Applications)"); }},
    {"SkuId", [](const FocusRow& r) { return sku_of(r.line); }},
    {"SkuMeter", [](const FocusRow& r) { return r.line.product ? subject_of(r.line) : ""; }},
    {"SkuPriceDetails", [](const FocusRow&) { return std::string(); }},
    {"SkuPriceId",
     [](const FocusRow& r) {
       const std::string sku = sku_of(r.line);
       return sku.empty() ? "" : sku + (r.line.kind == "prepay" ? "-prepay" : "-overage");
     }},
    {"SubAccountId", [](const FocusRow& r) { return r.invoice.contract_id; }},
    {"SubAccountName", [](const FocusRow& r) { return r.invoice.contract_number; }},
    {"SubAccountType", [](const FocusRow&) { return std::string("Contract"); }},
    {"x_InvoiceLineId", [](const FocusRow& r) { return r.line.id; }},
    {"x_InvoiceLineKind", [](const FocusRow& r) { return r.line.kind; }},
    {"x_IsThirdParty", [](const FocusRow& r) { return std::string(r.line.is_third_party ? "true" : "false"); }},
});

}  // namespace

std::string invoice_focus_csv(const wire::InvoiceDocument& invoice) {
  std::vector<std::string> fields;
  fields.reserve(columns.size());
  for (const FocusColumn& column : columns) fields.emplace_back(column.name);
  std::string csv = wire::csv_record(fields);
  for (const wire::InvoiceDocumentLine& line : invoice.lines) {
    const FocusRow row{invoice, line, price_of(invoice, line)};
    for (std::size_t i = 0; i < columns.size(); ++i) fields[i] = columns[i].value(row);
    csv += wire::csv_record(fields);
  }
  return csv;
}

}  // namespace tallystick::documents
