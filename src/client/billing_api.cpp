#include "tallystick/client/billing_api.hpp"

#include "client/calls.hpp"
#include "client/query.hpp"

namespace tallystick {
namespace {

constexpr std::string_view contracts_path = "/api/v2/billing/contracts";
constexpr std::string_view invoices_path = "/api/v2/billing/contracts/invoices";

}  // namespace

ApiCall<wire::BillingUsageReport> BillingApi::get_billing_reports_billableusage(core::Period period) const {
  return client::api_call<wire::BillingUsageReport>(
      connection_,
      {.path = client::with_query(
           "/api/v2/billing/reports/billableusage",
           {{"startDate", core::to_string(period.start)}, {"endDate", core::to_string(period.end)}})},
      "a BillingUsageReport");
}

ApiCall<wire::TrusteeBillingOverview> BillingApi::get_trustee_billing_overview(
    const core::OrganizationId& trustor, std::uint64_t billing_period_index) const {
  return client::api_call<wire::TrusteeBillingOverview>(
      connection_,
      {.path = client::with_query("/api/v2/billing/trusteebillingoverview/" + trustor.to_string(),
                                  {{"billingPeriodIndex", std::to_string(billing_period_index)}})},
      "a TrusteeBillingOverview");
}

ListCall<wire::BillingContractListing> BillingApi::get_billing_contracts(const ContractQuery& query) const {
  const auto call_of = [query](const PageQuery& page) -> Connection::Call {
    return {.path = client::with_query(contracts_path, {{"before", page.before},
                                                        {"after", page.after},
                                                        {"pageSize", client::number_value(page.size)},
                                                        {"dateStart", client::day_value(query.date_start)},
                                                        {"dateEnd", client::day_value(query.date_end)},
                                                        {"status", client::enum_value(query.status)},
                                                        {"externalNumber", query.external_number}})};
  };
  return client::cursor_call<wire::BillingContractListing>(connection_, query.page, call_of,
                                                           "a BillingContractListing");
}

ApiCall<wire::BillingContract> BillingApi::get_billing_contract(std::string_view contract_id) const {
  return client::api_call<wire::BillingContract>(connection_, {.path = client::below(contracts_path, contract_id)},
                                                 "a BillingContract");
}

ApiCall<wire::BillingContractPeriodDetail> BillingApi::get_billing_contract_billingperiod(
    std::string_view contract_id, std::string_view billing_period_id) const {
  return client::api_call<wire::BillingContractPeriodDetail>(
      connection_,
      {.path = client::below(client::below(contracts_path, contract_id) + "/billingperiods", billing_period_id)},
      "a BillingContractPeriodDetail");
}

ListCall<wire::BillingInvoiceListing> BillingApi::get_billing_contracts_invoices(const InvoiceQuery& query) const {
  const auto call_of = [query](const PageQuery& page) -> Connection::Call {
    return {.path = client::with_query(invoices_path, {{"before", page.before},
                                                       {"after", page.after},
                                                       {"pageSize", client::number_value(page.size)},
                                                       {"dateStart", client::day_value(query.date_start)},
                                                       {"dateEnd", client::day_value(query.date_end)},
                                                       {"paymentStatus", client::enum_value(query.payment_status)}})};
  };
  return client::cursor_call<wire::BillingInvoiceListing>(connection_, query.page, call_of, "a BillingInvoiceListing");
}

ListCall<wire::BillingInvoiceItemListing> BillingApi::get_billing_contracts_invoice_lines(
    std::string_view invoice_id, const PageQuery& first) const {
  const auto call_of = [path = client::below(invoices_path, invoice_id) +
                               "/lines"](const PageQuery& page) -> Connection::Call {
    return {.path = client::with_query(
                path, {{"before", page.before}, {"after", page.after}, {"pageSize", client::number_value(page.size)}})};
  };
  return client::cursor_call<wire::BillingInvoiceItemListing>(connection_, first, call_of,
                                                              "a BillingInvoiceItemListing");
}

ApiCall<wire::UrlResponse> BillingApi::get_billing_contracts_invoice_document(std::string_view invoice_id) const {
  return client::api_call<wire::UrlResponse>(
      connection_, {.path = client::below(invoices_path, invoice_id) + "/document"}, "a UrlResponse");
}

}  // namespace tallystick
