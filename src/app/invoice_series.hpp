#pragma once
#include <cstdint>
#include <map>
#include <string>

#include "app/billing_texts.hpp"
#include "store/store.hpp"
#include "tallystick/core/problem.hpp"
#include "tallystick/core/result.hpp"

namespace tallystick::app {

/// A place in a seller's series.
struct InvoiceNumber {
  std::uint64_t sequence = 0;  ///< from 1, without gaps
  std::string text;            ///< the seller's prefix and six digits or more
};

/// Hands out the numbers of one billing step. They are taken for good by Store::save_billing alone, so a step that
/// fails leaves no gap. On the one thread that bills.
class InvoiceSeries {
 public:
  /// `store` must live longer.
  explicit InvoiceSeries(const store::Store& store) : store_(store) {}

  /// The number after the last one of the seller, in the store or of this step. Problems: storage_failed.
  [[nodiscard]] Result<InvoiceNumber, core::Problem> next(const core::Seller& seller);

 private:
  const store::Store& store_;
  std::map<std::string, std::uint64_t> last_;  ///< by seller
};

/// An invoice as the store keeps it, of all that stands on it. `contents` has its number and its amount already.
/// Problems: internal (a sum overflows).
[[nodiscard]] Result<store::Invoice, core::Problem> invoice_of(const InvoiceContents& contents, std::uint64_t sequence,
                                                               const std::string& currency, const BillingTexts& texts);

}  // namespace tallystick::app
