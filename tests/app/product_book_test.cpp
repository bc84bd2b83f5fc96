#include "app/product_book.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "app/sample_catalog.hpp"

namespace tallystick::app {
namespace {

using core::MeteringKind;
using test::decimal;
using Products = std::vector<core::Product>;
using Keys = std::vector<std::string>;

core::Product full_product() {
  core::Product product = test::product("calls", "Calls", MeteringKind::duration);
  product.short_name = "C";
  product.metering = {MeteringKind::duration, "family", 2, 6, core::MeteringUnit::minute};
  product.list_price = {{"EUR", decimal("1")}, {"USD", decimal("2")}};
  product.fair_use = {{"seats", decimal("3"), {}}, {{}, {}, decimal("4")}};
  product.rolls_up = core::RollUp{"tokens", decimal("17")};
  return product;
}

TEST(ProductBook, EveryFieldIsInItsDigest) {
  const std::vector<std::function<void(core::Product&)>> changes = {
      [](core::Product& p) { p.key = "call"; },
      [](core::Product& p) { p.name = "Call"; },
      [](core::Product& p) { p.short_name = "D"; },
      [](core::Product& p) { p.short_name.reset(); },
      [](core::Product& p) { p.short_name = ""; },
      [](core::Product& p) { p.part_number = "P"; },
      [](core::Product& p) { p.grouping = "device"; },
      [](core::Product& p) { p.unit = "call"; },
      [](core::Product& p) { p.metering.kind = MeteringKind::concurrent; },
      [](core::Product& p) { p.metering.family.reset(); },
      [](core::Product& p) { p.metering.rank = 3; },
      [](core::Product& p) { p.metering.rank = -2; },
      [](core::Product& p) { p.metering.step_seconds = 60; },
      [](core::Product& p) { p.metering.step_seconds.reset(); },
      [](core::Product& p) { p.metering.unit = core::MeteringUnit::second; },
      [](core::Product& p) { p.metering.unit.reset(); },
      [](core::Product& p) { p.list_price["USD"] = decimal("2.000000001"); },
      [](core::Product& p) { p.list_price.erase("EUR"); },
      [](core::Product& p) { p.list_price["JPY"] = decimal("1"); },
      [](core::Product& p) { p.third_party = true; },
      [](core::Product& p) { p.cancellable = false; },
      [](core::Product& p) { p.fair_use.pop_back(); },
      [](core::Product& p) { p.fair_use[0].product = "seat"; },
      [](core::Product& p) { p.fair_use[0].each = decimal("4"); },
      [](core::Product& p) { p.fair_use[1].organization = decimal("5"); },
      [](core::Product& p) { p.rolls_up.reset(); },
      [](core::Product& p) { p.rolls_up->into = "token"; },
      [](core::Product& p) { p.rolls_up->units_per_token = decimal("1.7"); },
      // The same letters in another field.
      [](core::Product& p) { p.key = "call", p.name = "sCalls"; },
  };
  std::set<store::Digest> digests{book_of({full_product()}).digest};
  for (const auto& change : changes) {
    core::Product product = full_product();
    change(product);
    EXPECT_TRUE(digests.insert(book_of({product}).digest).second) << "change " << digests.size();
  }
  EXPECT_TRUE(digests.insert(book_of({}).digest).second);
  EXPECT_TRUE(digests.insert(book_of({full_product(), full_product()}).digest).second);
  EXPECT_EQ(book_of({full_product()}).digest, book_of({full_product()}).digest);
  EXPECT_EQ(book_of({full_product()}).products, Products{full_product()});
}

core::Product priced(std::string key, std::string_view price, MeteringKind kind = MeteringKind::sum) {
  core::Product product = test::product(key, key, kind);
  product.list_price = {{"USD", decimal(price)}};
  return product;
}
// "key price" of each.
Keys text_of(const Products& products) {
  Keys keys;
  for (const core::Product& each : products) keys.push_back(each.key + " " + each.list_price.at("USD").to_string());
  return keys;
}

// In the book: a and b. In force: dearer ones, b with another meaning, and c, whose usage rolls up into d and covers e.
class AfterClosing : public testing::Test {
 protected:
  AfterClosing() {
    core::Product c = priced("c", "5");
    c.rolls_up = core::RollUp{"d", decimal("2")};
    core::Product d = priced("d", "6");
    d.fair_use = {{"e", decimal("1"), {}}};
    in_force_ = {priced("f", "9"), priced("e", "7"), d, c, priced("b", "4", MeteringKind::max), priced("a", "3")};
  }
  Keys extended(const std::set<std::string_view>& used) const {
    return text_of(extended_book(book_, products_after_closing(book_, in_force_), used));
  }

  Products book_{priced("a", "1"), priced("b", "2"), priced("gone", "8")};
  Products in_force_;
};

TEST_F(AfterClosing, EventsAreCountedByTheBookWhereTheyMeanTheSame) {
  EXPECT_EQ(text_of(products_after_closing(book_, in_force_)),
            (Keys{"a 1", "b 4", "gone 8", "f 9", "e 7", "d 6", "c 5"}));
  EXPECT_EQ(text_of(products_after_closing({}, in_force_)), text_of(in_force_));
  EXPECT_EQ(products_after_closing(book_, {}), book_);
}

TEST_F(AfterClosing, TheBookIsExtendedByWhatWasUsedAlone) {
  EXPECT_EQ(extended({}), text_of(book_));
  EXPECT_EQ(extended({"a"}), text_of(book_)) << "dearer today, which does not matter";
  EXPECT_EQ(extended({"b"}), (Keys{"a 1", "b 4", "gone 8"}));
  EXPECT_EQ(extended({"f"}), (Keys{"a 1", "b 2", "gone 8", "f 9"}));
  EXPECT_EQ(extended({"c"}), (Keys{"a 1", "b 2", "gone 8", "e 7", "d 6", "c 5"})) << "with what it names";
  EXPECT_EQ(extended({"nobody"}), text_of(book_));
}

}  // namespace
}  // namespace tallystick::app
