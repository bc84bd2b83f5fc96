#pragma once
#include <optional>
#include <string>

#include "cli/failure.hpp"
#include "tallystick/client/tallystick_api.hpp"

/// Which invoices a command means.
namespace tallystick::cli {

/// All invoices that a question chooses, with their numbers, as one listing.
[[nodiscard]] Result<wire::InvoiceRecordListing, Failure> all_invoice_records(const TallystickApi& api,
                                                                              TallystickApi::InvoiceRecordQuery query);

/// The id of the invoice that `text` names: itself where it is an id, else that of the invoice of this number, which
/// costs the listing. `organization`: whose, for an operator. Failure: not_found, also where the service is no
/// Tallystick server, which alone tells numbers.
[[nodiscard]] Result<std::string, Failure> find_invoice(const TallystickApi& api, const std::string& text,
                                                        const std::optional<core::OrganizationId>& organization);

}  // namespace tallystick::cli
