#include "server/billing_texts.hpp"

#include "server/invoice_document.hpp"
#include "server/overview_answer.hpp"
#include "server/period_answer.hpp"
#include "tallystick/wire/canonical_json.hpp"

namespace tallystick::server {
namespace {

template <class Model>
std::string canonical(const Model& model) {
  return wire::canonical_json(wire::to_json(model)).value();  // what to_json writes is JSON
}

}  // namespace

std::string CanonicalBillingTexts::overview(const app::BillingOverview& overview) const {
  wire::TrusteeBillingOverview answer = overview_answer(overview, {});
  answer.self_uri.reset();
  return canonical(answer);
}

std::string CanonicalBillingTexts::period_detail(const app::PeriodBill& bill) const {
  return canonical(period_answer(bill));
}

std::string CanonicalBillingTexts::invoice(const app::InvoiceContents& contents) const {
  return canonical(invoice_document(contents));
}

}  // namespace tallystick::server
