#pragma once
#include "app/verification.hpp"
#include "store/store.hpp"

namespace tallystick::app {

/// Checks everything in a store that follows from something else in it: files from their checksums; totals and presence
/// of all organizations from their events, month by month; texts and books of closed periods from their digests;
/// amounts, payments, credits and numbers of invoices from each other. Goes on after a finding; what cannot be read is
/// one. Reads only, one snapshot of the usage; holds one month of one organization at a time.
[[nodiscard]] Verification verify_store(const store::Store& store, const OnVerified& on_verified);

}  // namespace tallystick::app
