#pragma once
#include <optional>
#include <string>

#include "tallystick/core/time.hpp"
#include "tallystick/wire/json.hpp"
#include "tallystick/wire/open_enum.hpp"

#pragma GCC visibility push(default)
/// People, places and things that contracts, periods and invoices name.
namespace tallystick::wire {

/// Customer of the published API.
struct Customer {
  std::optional<std::string> id;
  std::optional<std::string> number;
  std::optional<std::string> name;
  UnknownFields unknown;
  friend bool operator==(const Customer&, const Customer&) = default;
};

/// BillingProduct of the published API.
struct BillingProduct {
  std::optional<std::string> id;
  std::optional<std::string> sku;  ///< part number
  std::optional<std::string> name;
  std::optional<std::string> unit_of_measure;  ///< core::published_unit
  UnknownFields unknown;
  friend bool operator==(const BillingProduct&, const BillingProduct&) = default;
};

enum class AddressType { bill_to, ship_to, end_user, sold_to };
template <>
struct EnumTexts<AddressType> {
  static constexpr std::pair<AddressType, std::string_view> values[] = {{AddressType::bill_to, "BillTo"},
                                                                        {AddressType::ship_to, "ShipTo"},
                                                                        {AddressType::end_user, "EndUser"},
                                                                        {AddressType::sold_to, "SoldTo"}};
};

/// InvoiceAddress of the published API.
struct InvoiceAddress {
  std::optional<core::Day> date_effective;
  std::optional<OpenEnum<AddressType>> address_type;
  std::optional<std::string> currency_iso_code;
  std::optional<std::string> line1;
  std::optional<std::string> line2;
  std::optional<std::string> line3;
  std::optional<std::string> city_name;
  std::optional<std::string> postal_code;
  std::optional<std::string> state_code;
  std::optional<std::string> country_code;
  std::optional<std::string> city_subdivision1;
  std::optional<std::string> region_subdivision1;
  std::optional<std::string> region_subdivision2;
  std::optional<std::string> country;
  UnknownFields unknown;
  friend bool operator==(const InvoiceAddress&, const InvoiceAddress&) = default;
};

}  // namespace tallystick::wire
#pragma GCC visibility pop
