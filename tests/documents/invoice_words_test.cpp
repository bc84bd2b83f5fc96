#include "documents/invoice_words.hpp"

#include <gtest/gtest.h>

#include "documents/sample_invoice.hpp"

namespace tallystick::documents {
namespace {

using Lines = std::vector<std::string>;

TEST(InvoiceWords, AddressesAreWrittenAsOnAnEnvelope) {
  EXPECT_EQ(address_lines(address("Praterstraße 1", "1020", "Wien", "AT")),
            (Lines{"Praterstraße 1", "1020 Wien", "AT"}));
  auto american = address("1 Market St", "94105", "San Francisco", "US");
  american.line2 = "Suite 300";
  american.state_code = "CA";
  american.country = "United States";
  EXPECT_EQ(address_lines(american), (Lines{"1 Market St", "Suite 300", "San Francisco, CA 94105", "United States"}));
  wire::InvoiceAddress sparse;
  sparse.line1 = "";
  sparse.city_name = "Singapore";
  EXPECT_EQ(address_lines(sparse), Lines{"Singapore"});
  EXPECT_EQ(address_lines({}), Lines{});
}

TEST(InvoiceWords, TitlesFollowTheType) {
  wire::InvoiceDocument invoice = letter();
  for (const auto& [type, title] : {std::pair{"Invoice", "Invoice"}, std::pair{"CreditNote", "Credit note"},
                                    std::pair{"Adjustment", "Adjustment invoice"}, std::pair{"Newer", "Invoice"}}) {
    invoice.type = type;
    EXPECT_EQ(title_of(invoice), title);
  }
}

TEST(InvoiceWords, TheAddresseeIsThePayerElseTheOrganization) {
  wire::InvoiceDocument invoice = letter();
  EXPECT_EQ(addressee(invoice), "Contoso Airlines AG, Accounts Payable");
  invoice.bill_to_customer->name.reset();
  EXPECT_EQ(addressee(invoice), "K-1007");
  invoice.bill_to_customer.reset();
  EXPECT_EQ(addressee(invoice), "Contoso Airlines");
  invoice.organization.name.reset();
  EXPECT_EQ(addressee(invoice), "5c2f0d3a-1111-4222-8333-944455566677");
}

TEST(InvoiceWords, OthersAreNamedOnceAndOnlyWhereTheyAreOthers) {
  using Parties = std::vector<OtherParty>;
  wire::InvoiceDocument invoice = letter();
  const OtherParty usage{"For the usage of", {"Contoso Airlines"}};
  EXPECT_EQ(other_parties(invoice), Parties{usage});

  // Whom a contract does not name is the organization.
  invoice.sold_to_customer = wire::Customer{std::nullopt, std::nullopt, "Contoso Airlines", {}};
  invoice.ship_to_customer = invoice.sold_to_customer;
  EXPECT_EQ(other_parties(invoice), Parties{usage});

  invoice.ship_to_address = invoice.bill_to_address;
  invoice.bill_to_address->address_type = wire::AddressType::bill_to;
  invoice.ship_to_address->address_type = wire::AddressType::ship_to;
  EXPECT_EQ(other_parties(invoice), Parties{usage});

  invoice.ship_to_address->line1 = "Hangar 3";
  const OtherParty elsewhere{"Delivered to", {"Contoso Airlines", "Hangar 3", "60549 Frankfurt am Main", "DE"}};
  EXPECT_EQ(other_parties(invoice), (Parties{usage, elsewhere}));

  invoice.sold_to_customer->name = "Contoso Holding SE";
  invoice.ship_to_customer->name = "Contoso Cargo";
  invoice.ship_to_address.reset();
  EXPECT_EQ(other_parties(invoice),
            (Parties{usage, {"Sold to", {"Contoso Holding SE"}}, {"Delivered to", {"Contoso Cargo"}}}));

  wire::InvoiceDocument own = letter();
  own.bill_to_customer->name = "Contoso Airlines";
  EXPECT_EQ(other_parties(own), Parties{});
}

TEST(InvoiceWords, AKindIsSaidOnce) {
  auto row = line("overage", "Cloud CX 3 Named", "", "1", "1");
  row.description = "1 at 1.00";
  EXPECT_EQ(kind_beside(row), "Overage");
  row.kind = "adjustment";
  row.description = "Adjustment of 2025-12-01 to 2025-12-31: 1.00 instead of 0.00";
  EXPECT_EQ(kind_beside(row), "");
  EXPECT_EQ(kind_beside(line("minimum", "", "", "1", "1")), "");
}

TEST(InvoiceWords, SubtotalsAreByFamilyAndTheirSumIsTheAmount) {
  const wire::InvoiceDocument invoice = full_invoice();
  const auto sums = subtotals(invoice);
  ASSERT_TRUE(sums.has_value());
  const std::vector<Subtotal> expected = {
      {"Cloud CX", decimal("14702.85")},         {"Messaging", decimal("6172.84")},
      {"AI Experience", decimal("495")},         {"AppFoundry", decimal("89.7")},
      {"Minimum commitment", decimal("539.61")}, {"Adjustments of earlier periods", decimal("340")}};
  EXPECT_EQ(*sums, expected);
  EXPECT_EQ(invoice.amount, decimal("22340"));
}

TEST(InvoiceWords, GroupingsAreWordsForCustomers) {
  wire::InvoiceDocument invoice = letter();
  invoice.lines = {line("overage", "A", "billable-app-concurrent-license", "1", "1"),
                   line("overage", "B", "messaging-usage", "1", "2"), line("overage", "C", "of-our-own", "1", "3")};
  const std::vector<Subtotal> expected = {
      {"Applications by concurrent users", decimal("1")}, {"Messages", decimal("2")}, {"of-our-own", decimal("3")}};
  EXPECT_EQ(subtotals(invoice).value(), expected);
}

TEST(InvoiceWords, ASumThatNoDecimalHoldsIsAFailure) {
  wire::InvoiceDocument invoice = letter();
  auto huge = line("overage", "A", "F", "1", "1");
  huge.amount = core::Decimal::from_units(~core::int128{0} ^ (core::int128{1} << 127));
  invoice.lines = {huge, huge};
  const auto sums = subtotals(invoice);
  ASSERT_FALSE(sums.has_value());
  EXPECT_NE(sums.error().find("NW-000042"), std::string::npos);
}

}  // namespace
}  // namespace tallystick::documents
