#include "tallystick/client/billing_api.hpp"

#include "client/answer.hpp"
#include "client/query.hpp"

namespace tallystick {
namespace {

constexpr std::string_view contracts_path = "/api/v2/billing/contracts";
constexpr std::string_view invoices_path = "/api/v2/billing/contracts/invoices";

}  // namespace

ApiResult<wire::BillingUsageReport> BillingApi::get_billing_reports_billableusage(core::Period period) const {
  constexpr std::string_view path = "/api/v2/billing/reports/billableusage";
  const auto answer = connection_.send({.path = client::with_query(path, {{"startDate", core::to_string(period.start)},
                                                                          {"endDate", core::to_string(period.end)}})});
  return client::decode<wire::BillingUsageReport>(answer, path, "a BillingUsageReport");
}

ApiResult<wire::TrusteeBillingOverview> BillingApi::get_trustee_billing_overview(
    const core::OrganizationId& trustor, std::uint64_t billing_period_index) const {
  const std::string path = "/api/v2/billing/trusteebillingoverview/" + trustor.to_string();
  const auto answer = connection_.send(
      {.path = client::with_query(path, {{"billingPeriodIndex", std::to_string(billing_period_index)}})});
  return client::decode<wire::TrusteeBillingOverview>(answer, path, "a TrusteeBillingOverview");
}

ApiResult<wire::BillingContractListing> BillingApi::get_billing_contracts(const ContractQuery& query) const {
  const auto answer =
      connection_.send({.path = client::with_query(contracts_path, {{"before", query.page.before},
                                                                    {"after", query.page.after},
                                                                    {"pageSize", client::number_value(query.page.size)},
                                                                    {"dateStart", client::day_value(query.date_start)},
                                                                    {"dateEnd", client::day_value(query.date_end)},
                                                                    {"status", client::enum_value(query.status)},
                                                                    {"externalNumber", query.external_number}})});
  return client::decode<wire::BillingContractListing>(answer, contracts_path, "a BillingContractListing");
}

ApiResult<wire::BillingContract> BillingApi::get_billing_contract(std::string_view contract_id) const {
  const std::string path = client::below(contracts_path, contract_id);
  return client::decode<wire::BillingContract>(connection_.send({.path = path}), path, "a BillingContract");
}

ApiResult<wire::BillingContractPeriodDetail> BillingApi::get_billing_contract_billingperiod(
    std::string_view contract_id, std::string_view billing_period_id) const {
  const std::string path =
      client::below(client::below(contracts_path, contract_id) + "/billingperiods", billing_period_id);
  return client::decode<wire::BillingContractPeriodDetail>(connection_.send({.path = path}), path,
                                                           "a BillingContractPeriodDetail");
}

ApiResult<wire::BillingInvoiceListing> BillingApi::get_billing_contracts_invoices(const InvoiceQuery& query) const {
  const auto answer = connection_.send(
      {.path = client::with_query(invoices_path, {{"before", query.page.before},
                                                  {"after", query.page.after},
                                                  {"pageSize", client::number_value(query.page.size)},
                                                  {"dateStart", client::day_value(query.date_start)},
                                                  {"dateEnd", client::day_value(query.date_end)},
                                                  {"paymentStatus", client::enum_value(query.payment_status)}})});
  return client::decode<wire::BillingInvoiceListing>(answer, invoices_path, "a BillingInvoiceListing");
}

ApiResult<wire::BillingInvoiceItemListing> BillingApi::get_billing_contracts_invoice_lines(
    std::string_view invoice_id, const PageQuery& page) const {
  const std::string path = client::below(invoices_path, invoice_id) + "/lines";
  const auto answer = connection_.send(
      {.path = client::with_query(
           path, {{"before", page.before}, {"after", page.after}, {"pageSize", client::number_value(page.size)}})});
  return client::decode<wire::BillingInvoiceItemListing>(answer, path, "a BillingInvoiceItemListing");
}

ApiResult<wire::UrlResponse> BillingApi::get_billing_contracts_invoice_document(std::string_view invoice_id) const {
  const std::string path = client::below(invoices_path, invoice_id) + "/document";
  return client::decode<wire::UrlResponse>(connection_.send({.path = path}), path, "a UrlResponse");
}

}  // namespace tallystick
