#include "app/adjustments.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "app/billing_overview.hpp"
#include "app/counted_usage.hpp"
#include "app/product_book.hpp"
#include "app/store_problem.hpp"

namespace tallystick::app {
namespace {

using PeriodKey = std::pair<core::Uuid, core::Day>;

std::shared_ptr<const CatalogSnapshot> catalog_of(std::vector<core::Product> products,
                                                  const core::OAuthClient& operator_client) {
  core::Catalog catalog;
  catalog.products = std::move(products);
  return std::make_shared<const CatalogSnapshot>(std::move(catalog), operator_client);
}

/// The products of one book, as they price and as they count.
struct FrozenProducts {
  std::shared_ptr<const CatalogSnapshot> book;
  std::shared_ptr<const CatalogSnapshot> after_closing;
};

core::Problem broken_record(const store::ClosedPeriod& closed, const std::string& what) {
  return {core::ProblemKind::internal,
          "the closed period of contract " + closed.contract.id.to_string() + " from " + core::to_string(closed.start) +
              " " + what + "; run `tallystick verify`",
          {},
          0};
}

/// The closed periods of one organization, rated one after the other.
class ClosedPeriodRating {
 public:
  ClosedPeriodRating(const store::Store& store, const store::UsageSnapshot& usage, const CatalogSnapshot& catalog)
      : store_(store), usage_(usage), catalog_(catalog) {}

  Status<core::Problem> note_billed(const core::OrganizationId& organization) {
    const auto invoices = store_.invoices(organization);
    if (!invoices) return fail(problem_of(invoices.error()));
    for (const store::SettledInvoice& invoice : *invoices) {
      for (const core::BilledAmount& each : invoice.entry.billed) {
        billed_[{each.thing.contract, each.thing.period_start}].push_back(each);
      }
    }
    return {};
  }

  Status<core::Problem> add(const store::ClosedPeriod& closed) {
    const auto period = core::billing_period_containing(closed.contract, closed.start);
    if (!period || period->start != closed.start || period->end != closed.end) {
      return fail(broken_record(closed, "has days that its contract does not"));
    }
    const auto frozen = products_of(closed);
    if (!frozen) return fail(frozen.error());
    auto counted = counted_usage(
        usage_, *frozen->after_closing,
        {closed.contract.organization, period->span(), period->span().end, UsageQuestion::Detail::totals});
    if (!counted) return fail(std::move(counted.error()));

    std::set<std::string_view> used;
    for (const CountedUsage& each : *counted) used.insert(each.product->key);
    const std::vector<core::Product>& book = frozen->book->declared().products;
    std::vector<core::Product> prices = extended_book(book, frozen->after_closing->declared().products, used);
    const bool is_extended = prices != book;
    const auto priced = is_extended ? catalog_of(std::move(prices), catalog_.operator_client()) : frozen->book;

    std::vector<core::ProductQuantity> quantities;
    for (const CountedUsage& each : *counted) quantities.push_back({priced->product(each.product->key), each.total});
    const std::vector<core::Product>& products = priced->declared().products;
    const auto rated = core::rate(closed.contract, *period, products, quantities);
    if (!rated) return fail(problem_of(closed.contract, rated.error()));
    auto lines =
        core::adjustment_lines(closed.contract, *period, *rated, products, billed_[{closed.contract.id, closed.start}]);
    if (!lines) return fail(problem_of(closed.contract, lines.error()));
    if (!lines->empty()) note(closed, std::move(*lines), *priced, is_extended);
    return {};
  }

  std::vector<Adjustments> take() {
    std::vector<Adjustments> all;
    for (auto& [currency, adjustments] : by_currency_) all.push_back(std::move(adjustments));
    return all;
  }

 private:
  Result<FrozenProducts, core::Problem> products_of(const store::ClosedPeriod& closed) {
    const auto known = products_.find(closed.products);
    if (known != products_.end()) return known->second;
    auto book = store_.product_book(closed.products);
    if (!book) return fail(problem_of(book.error()));
    if (!*book) return fail(broken_record(closed, "has no book of products"));
    FrozenProducts frozen;
    frozen.after_closing =
        catalog_of(products_after_closing((*book)->products, catalog_.declared().products), catalog_.operator_client());
    frozen.book = catalog_of(std::move((*book)->products), catalog_.operator_client());
    products_.emplace(closed.products, frozen);
    return frozen;
  }

  void note(const store::ClosedPeriod& closed, std::vector<core::InvoiceLine> lines, const CatalogSnapshot& priced,
            bool is_extended) {
    Adjustments& adjustments = by_currency_[closed.contract.currency];
    adjustments.currency = closed.contract.currency;
    adjustments.contract = closed.contract.id;
    for (const core::InvoiceLine& line : lines) note_product(adjustments, line.thing.product, priced);
    std::ranges::move(lines, std::back_inserter(adjustments.lines));
    if (!is_extended) return;
    store::ProductBook book = book_of(priced.declared().products);
    adjustments.extended_books.push_back({closed.contract.id, closed.start, book.digest});
    const bool is_known = std::ranges::any_of(
        adjustments.books, [&](const store::ProductBook& each) { return each.digest == book.digest; });
    if (!is_known) adjustments.books.push_back(std::move(book));
  }

  void note_product(Adjustments& adjustments, const std::string& key, const CatalogSnapshot& priced) const {
    const core::Product* product = priced.product(key);
    if (product == nullptr || catalog_.product(key) != nullptr) return;
    const bool is_known =
        std::ranges::any_of(adjustments.bygone_products, [&](const core::Product& each) { return each.key == key; });
    if (!is_known) adjustments.bygone_products.push_back(*product);
  }

  const store::Store& store_;
  const store::UsageSnapshot& usage_;
  const CatalogSnapshot& catalog_;
  std::map<PeriodKey, std::vector<core::BilledAmount>> billed_;
  std::map<store::Digest, FrozenProducts> products_;
  std::map<std::string, Adjustments> by_currency_;
};

}  // namespace

Result<std::vector<Adjustments>, core::Problem> adjustments_of(const store::Store& store,
                                                               const store::UsageSnapshot& usage,
                                                               const CatalogSnapshot& catalog,
                                                               const core::OrganizationId& organization) {
  const auto closed = store.closed_periods(organization);
  if (!closed) return fail(problem_of(closed.error()));
  if (closed->empty()) return std::vector<Adjustments>();
  ClosedPeriodRating rating(store, usage, catalog);
  if (auto noted = rating.note_billed(organization); !noted) return fail(std::move(noted.error()));
  for (const store::ClosedPeriod& each : *closed) {
    if (auto added = rating.add(each); !added) return fail(std::move(added.error()));
  }
  return rating.take();
}

const Adjustments* find_adjustments(std::span<const Adjustments> all, std::string_view currency) {
  const auto found = std::ranges::find(all, currency, &Adjustments::currency);
  return found == all.end() ? nullptr : &*found;
}

std::shared_ptr<const CatalogSnapshot> with_bygone_products(const std::shared_ptr<const CatalogSnapshot>& catalog,
                                                            std::span<const Adjustments> all) {
  core::Catalog extended;
  for (const Adjustments& adjustments : all) {
    for (const core::Product& product : adjustments.bygone_products) {
      const bool is_known =
          std::ranges::any_of(extended.products, [&](const core::Product& each) { return each.key == product.key; });
      if (!is_known) extended.products.push_back(product);
    }
  }
  if (extended.products.empty()) return catalog;
  std::vector<core::Product> bygone = std::exchange(extended.products, {});
  extended = catalog->declared();
  std::ranges::move(bygone, std::back_inserter(extended.products));
  return std::make_shared<const CatalogSnapshot>(std::move(extended), catalog->operator_client());
}

}  // namespace tallystick::app
