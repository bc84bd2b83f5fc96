#include "server/period_answer.hpp"

#include <gtest/gtest.h>

#include "server/billed_samples.hpp"
#include "server/billing_texts.hpp"

namespace tallystick::test {
namespace {

using server::period_answer;
using Line = core::InvoiceLine;

std::string json_of(const wire::BillingCharge& charge) {
  wire::BillingContractPeriodDetail detail;
  detail.charges = {charge};
  return json_between(detail, R"({"charges":[)", "]}");
}
std::string json_of(const wire::BillingWallet& wallet) {
  wire::BillingContractPeriodDetail detail;
  detail.wallets = {wallet};
  return json_between(detail, R"({"wallets":[)", "]}");
}

class PeriodAnswerTest : public testing::Test {
 protected:
  core::RatedLine rated(std::string_view key, std::string_view usage) const {
    core::RatedLine line;
    line.product = catalog->product(key);
    line.usage_quantity = decimal(usage);
    return line;
  }
  std::string id_of(const std::string& name) const {
    return core::Uuid::from_name(core::billing_period_id(agreed, bill.overview.period), name).to_string();
  }
  std::string id_and_name(const std::string& id_name, const std::string& name) const {
    return R"({"id":")" + id_of(id_name) + R"(","name":")" + name + R"(",)";
  }
  std::string product_field(std::string_view key, const std::string& unit) const {
    const core::Product& product = *catalog->product(key);
    return R"("product":{"id":")" +
           core::Uuid::from_name(core::operator_organization_id, "product/" + product.key).to_string() +
           R"(","sku":"P-)" + product.key + R"(","name":")" + product.name + R"(","unitOfMeasure":")" + unit + R"("},)";
  }
  const std::string organizations =
      R"("organizations":[{"id":"22222222-2222-4222-8222-222222222222","name":"Blue Harbor Bank"}],)";

  const std::shared_ptr<const app::CatalogSnapshot> catalog = token_catalog();
  const core::Contract agreed = contract(bank, "2026-01-01", "2027-01-01");
  app::PeriodBill bill = bill_of(agreed, catalog);
};

TEST_F(PeriodAnswerTest, EmptyPeriod) {
  EXPECT_EQ(wire::to_json(period_answer(bill)),
            R"({"id":")" + core::Uuid::from_name(contract_id, "billingperiod/2026-03-01").to_string() +
                R"(","dateStart":"2026-03-01","dateEnd":"2026-03-31","status":"Open","charges":[],"wallets":[]})");
  bill.is_closed = true;
  EXPECT_EQ(period_answer(bill).status->text(), "Closed");
}

TEST_F(PeriodAnswerTest, ChargesOfEachKind) {
  core::RatedLine seats = rated("seats", "108.5");
  seats.prepaid_units = decimal("100");
  seats.allowance = decimal("0");
  seats.overage_quantity = decimal("8.5");
  seats.overage_price = decimal("160");
  seats.overage_charge = decimal("1360");
  core::RatedLine fair_use = rated("seats", "3");
  fair_use.kind = core::RatedLine::Kind::fair_use;
  core::RatedLine part = rated("minutes", "17");
  part.kind = core::RatedLine::Kind::rollup_part;
  part.converted_tokens = decimal("1");
  bill.overview.rated.lines = {seats, fair_use, part};
  Line adjustment = invoice_line(Line::Kind::adjustment, "seats", "-1", "-160");
  adjustment.start = adjustment.thing.period_start = day("2026-02-01");
  adjustment.end = day("2026-03-01");
  bill.lines = {invoice_line(Line::Kind::overage, "seats", "8.5", "1360"),
                invoice_line(Line::Kind::minimum, "", "1", "292.50"), adjustment};
  const auto answer = period_answer(bill);
  ASSERT_EQ(answer.charges->size(), 4U) << "no charge of its own for an allowance";
  EXPECT_EQ(json_of(answer.charges->at(0)),
            id_and_name("charge/seats", "Seats") + product_field("seats", "User") + organizations +
                R"("prepaidQuantity":100,"fairuseQuantity":0,"actualQuantity":108.5,"overageQuantity":8.5,)"
                R"("overageRate":160,"overageCharge":1360,"overageCurrency":"USD"})");
  EXPECT_EQ(json_of(answer.charges->at(1)),
            id_and_name("charge/minutes", "Bot minutes") + product_field("minutes", "Each") + organizations +
                R"("actualQuantity":17,"convertedTokenCount":1,"tokenConversionRate":17})");
  EXPECT_EQ(json_of(answer.charges->at(2)), id_and_name("minimum", "Difference to the minimum monthly amount") +
                                                organizations + R"("overageCharge":292.5,"overageCurrency":"USD"})");
  EXPECT_EQ(json_of(answer.charges->at(3)), id_and_name("adjustment/" + contract_id.to_string() + "/2026-02-01/seats",
                                                        "Seats, adjustment for 2026-02-01 to 2026-02-28") +
                                                product_field("seats", "User") + organizations +
                                                R"("overageCharge":-160,"overageCurrency":"USD"})");
}

TEST_F(PeriodAnswerTest, WalletsOfTokenProducts) {
  core::Wallet wallet;
  wallet.product = catalog->product("tokens");
  wallet.starting_balance = decimal("350");
  wallet.consumption = decimal("300");
  wallet.balance_decrease = decimal("350");
  wallet.overage = decimal("50");
  wallet.overage_rate = decimal("1");
  wallet.overage_charge = decimal("50");
  bill.wallets = {wallet};
  EXPECT_EQ(json_of(period_answer(bill).wallets->at(0)),
            id_and_name("wallet/tokens", "Tokens") + organizations + product_field("tokens", "Token") +
                R"("startingBalance":350,"endingBalance":0,"balanceIncrease":0,"balanceDecrease":350,)"
                R"("balanceConsumption":300,"balanceOverage":50,"balanceOverageRate":1,"balanceOverageCharge":50,)"
                R"("balanceOverageCurrency":"USD","unitOfMeasure":"Token"})");
}

TEST_F(PeriodAnswerTest, FrozenTextsAreCanonicalAndReadBack) {
  bill.is_closed = true;
  const server::CanonicalBillingTexts texts;
  const std::string detail = texts.period_detail(bill);
  EXPECT_TRUE(detail.starts_with(R"({"charges":[],"dateEnd":"2026-03-31","dateStart":)")) << "members by name";
  EXPECT_EQ(wire::from_json<wire::BillingContractPeriodDetail>(detail).value(), period_answer(bill));
  const std::string overview = texts.overview(bill.overview);
  EXPECT_EQ(overview.find("selfUri"), std::string::npos) << "it changes with the index";
}

}  // namespace
}  // namespace tallystick::test
