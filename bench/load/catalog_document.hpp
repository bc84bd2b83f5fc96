#pragma once
#include <string>
#include <string_view>

namespace tallystick::bench {

/// The catalog under which the load is taken, as POST /tallystick/v1/apply takes it: its organizations, each with a
/// contract and a trust of one partner, whose client has the id `partner` and the secret given; 50 products that count
/// by sum.
[[nodiscard]] std::string catalog_document(std::string_view partner_secret);

}  // namespace tallystick::bench
