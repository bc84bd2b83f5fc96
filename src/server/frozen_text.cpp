#include "server/frozen_text.hpp"

namespace tallystick::server {

Refusal refuse_damaged_text(const wire::DecodeFaults& faults) {
  Refusal refusal = refuse(Situation::internal_error);
  refusal.log_reason = "a frozen text of billing cannot be read; `tallystick verify` tells which";
  if (!faults.empty()) refusal.log_reason += ": " + faults.front().pointer + " " + faults.front().message;
  return refusal;
}

}  // namespace tallystick::server
