#pragma once
#include "tallystick/wire/customer.hpp"
#include "wire/codec.hpp"

namespace tallystick::wire {

// Without instantiations: none of them travels alone.
BOOST_DESCRIBE_STRUCT(Customer, (), (id, number, name))
BOOST_DESCRIBE_STRUCT(BillingProduct, (), (id, sku, name, unit_of_measure))
BOOST_DESCRIBE_STRUCT(InvoiceAddress, (),
                      (date_effective, address_type, currency_iso_code, line1, line2, line3, city_name, postal_code,
                       state_code, country_code, city_subdivision1, region_subdivision1, region_subdivision2, country))

}  // namespace tallystick::wire
