#include "server/overview_query.hpp"

#include "server/whole_number.hpp"

namespace tallystick::server {
namespace {

constexpr std::string_view name = "billingPeriodIndex";

}  // namespace

Result<std::optional<std::uint64_t>, Refusal> read_period_index(const Query& query) {
  const auto text = query.get_filled(name);
  if (!text) return std::optional<std::uint64_t>(0);
  const WholeNumber number = read_whole_number(*text);
  if (number.is_one) return number.value;
  return fail(refuse_field_value(*text, name, "integer", "0, 1, 2, ..."));
}

std::string overview_uri(std::string_view address, std::uint64_t index) {
  return std::string(address).append("?").append(name).append("=").append(std::to_string(index));
}

}  // namespace tallystick::server
