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

struct ChosenInvoice {
  std::string id;
  std::optional<std::string> currency;  ///< known where it was named by its number
};
/// The invoice that `text` names: by its id, or by its number, which costs the listing. `organization`: whose, for an
/// operator. Failure: not_found, also where the service is no Tallystick server, which alone tells numbers.
[[nodiscard]] Result<ChosenInvoice, Failure> find_invoice(const TallystickApi& api, const std::string& text,
                                                          const std::optional<core::OrganizationId>& organization);

}  // namespace tallystick::cli
