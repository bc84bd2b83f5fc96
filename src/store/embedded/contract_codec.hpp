#pragma once
#include <string>
#include <string_view>

#include "tallystick/core/contract.hpp"
#include "tallystick/core/seller.hpp"

/// The values of rows of contracts and sellers: a version byte, then the fields in order. decode is false where the
/// bytes break the format.
namespace tallystick::store::embedded {

[[nodiscard]] std::string encode(const core::Contract& contract);
[[nodiscard]] std::string encode(const core::Seller& seller);

/// Contracts of version 1 have no terms of invoices.
[[nodiscard]] bool decode(std::string_view value, core::Contract& contract);
[[nodiscard]] bool decode(std::string_view value, core::Seller& seller);

}  // namespace tallystick::store::embedded
