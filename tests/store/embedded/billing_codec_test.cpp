#include "store/embedded/billing_codec.hpp"

#include <gtest/gtest.h>

#include "store/billed.hpp"

namespace tallystick::store::embedded {
namespace {

// It comes back whole; whatever its bytes lack or have too much, and a version that is not known, is noticed.
template <class Record>
void expect_comes_back(const Record& record, Record read = {}) {
  const std::string whole = encode(record);
  EXPECT_TRUE(decode(whole, read));
  EXPECT_EQ(read, record);
  for (std::size_t bytes = 0; bytes < whole.size(); ++bytes) {
    EXPECT_FALSE(decode(std::string_view(whole).substr(0, bytes), read)) << bytes;
  }
  EXPECT_FALSE(decode(whole + '\0', read));
  std::string of_another_version = whole;
  for (const char version : {'\0', '\2'}) {
    of_another_version[0] = version;
    EXPECT_FALSE(decode(of_another_version, read)) << int{version};
  }
}

TEST(BillingCodec, EveryRecordComesBack) {
  const Billing::Period closed = test::closed({.contract = 1, .start = "1969-12-31"});
  expect_comes_back(closed.period);
  expect_comes_back(closed.texts);
  expect_comes_back(test::text(std::string("{}\0", 3)));
  expect_comes_back(test::book(300), {.digest = test::digest(300), .products = {}});
  for (const InvoiceKind kind : {InvoiceKind::period, InvoiceKind::adjustments, InvoiceKind::credit_note}) {
    Invoice invoice = test::credit_note({.id = 1, .sequence = 1'000'000, .amount = "-999999999999999999.999"}, 2);
    invoice.entry.kind = kind;
    expect_comes_back(invoice.entry);
  }
  expect_comes_back(test::issued({}).entry);
  expect_comes_back(Settlement{.paid = test::quantity("0.000000001"), .credited = test::quantity("12")});
  expect_comes_back(test::paid({.recorded_at = "1969-12-31T23:59:59.999Z"}));
}

TEST(BillingCodec, AnUnknownKindOfInvoiceIsNoticed) {
  const InvoiceEntry entry = test::issued({}).entry;
  std::string bytes = encode(entry);
  // Behind the version, three ids, and the number: its length and the text, as the seller and the sequence before it.
  const std::size_t kind_at = 1 + 3 * sizeof entry.id.bytes + 1 + entry.seller.size() + 1 + 1 + entry.number.size();
  ASSERT_EQ(bytes[kind_at], static_cast<char>(entry.kind));
  bytes[kind_at] = 3;
  InvoiceEntry read;
  EXPECT_FALSE(decode(bytes, read));
}

}  // namespace
}  // namespace tallystick::store::embedded
