#include "tallystick/wire/open_number.hpp"

#include <gtest/gtest.h>

#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "tallystick/wire/billing_invoice.hpp"
#include "wire/fault_text.hpp"
#include "wire/random_catalog.hpp"

namespace tallystick::wire {
namespace {

std::string invoice_of(std::string_view amount) {
  return R"({"amount":)" + std::string(amount) + "}";
}

TEST(OpenNumber, SurvivesARoundTripAsItIsWritten) {
  const struct {
    std::string_view json;
    std::optional<std::string_view> exact;
  } rows[] = {
      {"0.10", "0.1"},
      {"-0", "0"},
      {"1e3", "1000"},
      {"2.50E+1", "25"},
      {"9007199254740993", "9007199254740993"},
      {"999999999999999999.999999999", "999999999999999999.999999999"},
      // What services send that add prices in binary fractions.
      {"246.91340000000002", std::nullopt},
      {"0.30000000000000004", std::nullopt},
      {"1e-10", std::nullopt},
      {"1000000000000000000", std::nullopt},
      {"-1e999999999", std::nullopt},
      {"1.7976931348623157E308", std::nullopt},
  };
  for (const auto& row : rows) {
    const auto read = from_json<BillingInvoice>(invoice_of(row.json));
    ASSERT_TRUE(read.has_value() && read->amount) << row.json;
    EXPECT_EQ(read->amount->text(), row.json);
    EXPECT_EQ(to_json(*read), invoice_of(row.json));
    EXPECT_EQ(read->amount->exact().has_value(), row.exact.has_value()) << row.json;
    if (row.exact) {
      EXPECT_EQ(read->amount->exact(), *core::Decimal::parse(*row.exact)) << row.json;
    }
  }
}

TEST(OpenNumber, ADecimalInAStringIsANumberToo) {
  const auto read = from_json<BillingInvoice>(invoice_of(R"("1.50")"));
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(to_json(*read), invoice_of("1.5"));
}

TEST(OpenNumber, AnythingElseIsAFault) {
  for (const std::string_view json : {"true", "[1]", "{}", R"("12,50")", R"("")", R"("0.0000000001")"}) {
    const auto read = from_json<BillingInvoice>(invoice_of(json));
    ASSERT_FALSE(read.has_value()) << json;
    EXPECT_EQ(read.error().at(0).pointer, "/amount") << json;
  }
}

TEST(OpenNumber, IsEqualByItsValueNotItsNotation) {
  EXPECT_EQ(OpenNumber::from_json_number("0.10"), OpenNumber(*core::Decimal::parse("0.1")));
  EXPECT_EQ(OpenNumber::from_json_number("1e2"), OpenNumber::from_json_number("100.0"));
  EXPECT_NE(OpenNumber::from_json_number("0.30000000000000004"), OpenNumber::from_json_number("0.3"));
  EXPECT_NE(OpenNumber::from_json_number("0.30000000000000004"), OpenNumber::from_json_number("0.30000000000000003"));
}

RC_GTEST_PROP(OpenNumber, EveryDecimalIsWrittenAsItIs, ()) {
  const core::Decimal decimal = random_decimal();
  BillingInvoice invoice;
  invoice.amount = decimal;
  RC_ASSERT(to_json(invoice) == invoice_of(decimal.to_string()));
  const auto read = from_json<BillingInvoice>(to_json(invoice));
  RC_ASSERT(read.has_value());
  RC_ASSERT(*read == invoice);
}

}  // namespace
}  // namespace tallystick::wire
