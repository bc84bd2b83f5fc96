#include "cli/amount_option.hpp"

namespace tallystick::cli {

Result<core::Decimal, Failure> parse_amount(std::string_view argument, const std::string& text) {
  const auto amount = core::Decimal::parse(text);
  if (amount && *amount > core::Decimal()) return *amount;
  return fail(Failure{ExitCode::bad_input,
                      std::string(argument) + ": \"" + text + "\" is no amount above 0: write it like 1500.00"});
}

}  // namespace tallystick::cli
