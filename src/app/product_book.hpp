#pragma once
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "store/billing_records.hpp"
#include "tallystick/core/catalog.hpp"

namespace tallystick::app {

/// Products as they were, under the digest by which they are found again: SHA-256 over every field of each, in order.
[[nodiscard]] store::ProductBook book_of(std::vector<core::Product> products);

/// The products by which usage of a closed period is counted: those of its book, and of the catalog in force those that
/// the book does not have. Where the events of one mean something else today (metering kind, family, unit), it had none
/// when the period was closed, and counts as it is today.
[[nodiscard]] std::vector<core::Product> products_after_closing(const std::vector<core::Product>& book,
                                                                const std::vector<core::Product>& in_force);

/// What of products_after_closing the period is priced by: the book, changed and extended by nothing but the products
/// of `used` (keys) that differ there, and by those that these name. Equal to the book where there are none.
[[nodiscard]] std::vector<core::Product> extended_book(const std::vector<core::Product>& book,
                                                       const std::vector<core::Product>& after_closing,
                                                       const std::set<std::string_view>& used);

}  // namespace tallystick::app
