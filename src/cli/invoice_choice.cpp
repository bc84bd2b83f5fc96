#include "cli/invoice_choice.hpp"

#include <utility>

#include "cli/all_pages.hpp"
#include "tallystick/core/uuid.hpp"

namespace tallystick::cli {

Result<wire::InvoiceRecordListing, Failure> all_invoice_records(const TallystickApi& api,
                                                                TallystickApi::InvoiceRecordQuery query) {
  query.page = large_pages();
  auto listing = all_pages(api.get_invoices(query));
  if (!listing && listing.error().code == ExitCode::not_found && !query.organization) {
    listing.error().message += "; only a Tallystick server tells drafts and numbers of invoices";
  }
  return listing;
}

Result<ChosenInvoice, Failure> find_invoice(const TallystickApi& api, const std::string& text,
                                            const std::optional<core::OrganizationId>& organization) {
  if (const auto id = core::Uuid::parse(text)) return ChosenInvoice{id->to_string(), std::nullopt};
  TallystickApi::InvoiceRecordQuery query;
  query.organization = organization;
  query.status = wire::InvoiceStatus::issued;
  const auto listing = all_invoice_records(api, std::move(query));
  if (!listing) return fail(listing.error());
  for (const wire::InvoiceRecord& invoice : listing->entities) {
    if (invoice.number == text && invoice.id) return ChosenInvoice{*invoice.id, invoice.currency_iso_code};
  }
  std::string message = "no invoice has the id or the number \"" + text + "\"";
  if (!organization) message += "; an operator says with --organization whose it is";
  return fail(Failure{ExitCode::not_found, std::move(message)});
}

}  // namespace tallystick::cli
