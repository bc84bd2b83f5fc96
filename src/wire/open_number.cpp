#include "tallystick/wire/open_number.hpp"

#include "wire/plain_number.hpp"

namespace tallystick::wire {

OpenNumber OpenNumber::from_json_number(std::string_view text) {
  OpenNumber number;
  number.text_ = text;
  number.exact_.reset();
  if (const auto plain = plain_number(text)) {
    if (const auto decimal = core::Decimal::parse(*plain)) number.exact_ = *decimal;
  }
  return number;
}

}  // namespace tallystick::wire
