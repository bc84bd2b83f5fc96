#include <gtest/gtest.h>

#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "tallystick/wire/billing_contract.hpp"
#include "tallystick/wire/billing_invoice.hpp"
#include "tallystick/wire/billing_period_detail.hpp"
#include "tallystick/wire/invoice_record.hpp"
#include "wire/fault_text.hpp"
#include "wire/random_catalog.hpp"

namespace tallystick::wire {
namespace {

Texts faults_of_amount(std::string_view value) {
  const auto read = from_json<InvoicePayment>(R"({"idempotencyKey":"k","amount":)" + std::string(value) + "}");
  return read ? Texts{} : texts_of(read.error());
}

TEST(DecimalNumber, IsReadFromItsOwnDigits) {
  const struct {
    std::string_view json;
    std::string_view expected;
  } rows[] = {
      {"0", "0"},
      {"-0", "0"},
      {"0.1", "0.1"},
      {"1.50", "1.5"},
      {"1.5000000000000000000000000", "1.5"},
      {"-13100.05", "-13100.05"},
      {"999999999999999999.999999999", "999999999999999999.999999999"},
      {"-999999999999999999.999999999", "-999999999999999999.999999999"},
      {"9007199254740993", "9007199254740993"},
      {"18446744073709551.616", "18446744073709551.616"},
      {"1e17", "100000000000000000"},
      {"1.5E-8", "0.000000015"},
      {"2.50e+1", "25"},
      {"0e99999", "0"},
      {R"("1.50")", "1.5"},
      {R"("-0.000000001")", "-0.000000001"},
  };
  for (const auto& row : rows) {
    const auto read = from_json<InvoicePayment>(R"({"idempotencyKey":"k","amount":)" + std::string(row.json) + "}");
    ASSERT_TRUE(read.has_value()) << row.json;
    EXPECT_EQ(read->amount, *core::Decimal::parse(row.expected)) << row.json;
    EXPECT_EQ(to_json(*read), R"({"idempotencyKey":"k","amount":)" + std::string(row.expected) + "}");
  }
}

TEST(DecimalNumber, WhatDoesNotFitIsAFault) {
  const std::string digits = "/amount: has more than 18 digits before or 9 after the point";
  const std::string kind = "/amount: must be a number, such as 1.5, or a decimal in a string";
  const std::string plain = "/amount: must be a plain decimal number, such as \"1.5\"";
  const struct {
    std::string_view json;
    std::string expected;
  } rows[] = {
      {"1000000000000000000", digits},
      {"0.0000000001", digits},
      {"1e18", digits},
      {"1e-10", digits},
      {"1e5000", digits},
      {"-1e-5000", digits},
      {R"("1000000000000000000")", digits},
      {R"("1e2")", plain},
      {R"("")", plain},
      {R"(" 1")", plain},
      {R"("12,50")", plain},
      {"true", kind},
      {"[1]", kind},
      {"{}", kind},
  };
  for (const auto& row : rows) EXPECT_EQ(faults_of_amount(row.json), Texts{row.expected}) << row.json;
}

TEST(DecimalNumber, ASumBeyondWhatIsReadIsStillWrittenInPlainNotation) {
  InvoicePayment payment;
  payment.idempotency_key = "k";
  payment.amount = core::Decimal::from_units(core::int128{1'000'000'000'000'000'000} * 1'000'000'000'000);
  EXPECT_EQ(to_json(payment), R"({"idempotencyKey":"k","amount":1000000000000000000000})");
}

RC_GTEST_PROP(DecimalNumber, EveryDecimalSurvives, ()) {
  InvoicePayment payment;
  payment.idempotency_key = "k";
  payment.amount = random_decimal();
  const auto read = from_json<InvoicePayment>(to_json(payment));
  RC_ASSERT(read.has_value());
  RC_ASSERT(*read == payment);
}

TEST(DayField, IsACalendarDayInItsOneForm) {
  for (const std::string_view json :
       {R"("2026-3-01")", R"("2026-02-29")", R"("2026-03-01T00:00:00Z")", R"("01.03.2026")", R"("")", "20260301"}) {
    const auto read = from_json<ClosePeriodsRequest>(R"({"organizationId":"o","through":)" + std::string(json) + "}");
    ASSERT_FALSE(read.has_value()) << json;
    EXPECT_EQ(texts_of(read.error()), Texts{"/through: must be a date, such as 2026-03-01"}) << json;
  }
}

RC_GTEST_PROP(DayField, EveryDaySurvives, ()) {
  BillingContractPeriod period;
  period.date_start = random_day();
  period.date_end = random_day();
  BillingContract contract;
  contract.date_start = random_day();
  contract.billing_periods = {period};
  const auto read = from_json<BillingContract>(to_json(contract));
  RC_ASSERT(read.has_value());
  RC_ASSERT(*read == contract);
}

}  // namespace
}  // namespace tallystick::wire
