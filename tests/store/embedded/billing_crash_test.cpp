#include <gtest/gtest.h>

#include <memory>
#include <random>
#include <string>
#include <vector>

#include "store/billed.hpp"
#include "store/embedded/killed_writer.hpp"
#include "store/store_under_test.hpp"

// A process that closes one period after the other and is killed in the middle of it, over and over.
namespace tallystick::store::test {
namespace {

constexpr std::uint64_t sellers = 2;
constexpr std::uint64_t steps_per_book = 5;
constexpr std::uint64_t steps_per_credit = 4;
constexpr std::uint64_t first_credit_id = 1'000'000;
constexpr std::uint64_t first_later_book = 1'000;

core::OrganizationId organization_of(std::uint64_t number) {
  return organization(static_cast<std::uint8_t>(1 + number % 2));
}
std::string seller_of(std::uint64_t number) {
  return "seller " + std::to_string(number % sellers);
}
core::Day start_of(std::uint64_t number) {
  return day("2000-01-01") + std::chrono::days{30 * number};
}
std::uint64_t book_of(std::uint64_t number) {
  return number / steps_per_book;
}
bool has_credit(std::uint64_t number) {
  return number % steps_per_credit == steps_per_credit - 1;
}
bool has_later_book(std::uint64_t number) {
  return number % steps_per_book == steps_per_book - 1;
}

// The step of one number, always the same. Some credit the invoice of the step before it, or extend the book of its
// period.
Billing step_of(std::uint64_t number) {
  const std::string start = core::to_string(start_of(number));
  Billing step;
  step.periods = {
      closed({.contract = 1, .start = start, .organization = organization_of(number), .book = book_of(number)})};
  step.books = {book(book_of(number))};
  step.invoices = {issued({.id = number,
                           .sequence = 1 + number / sellers,
                           .date = start,
                           .amount = std::to_string(number),
                           .seller = seller_of(number),
                           .organization = organization_of(number)})};
  if (has_credit(number)) {
    step.invoices.push_back(credit_note({.id = first_credit_id + number,
                                         .sequence = 1 + number / steps_per_credit,
                                         .date = start,
                                         .amount = "-0.5",
                                         .seller = "credits",
                                         .organization = organization_of(number)},
                                        number - 1));
  }
  if (has_later_book(number)) {
    step.books.push_back(book(first_later_book + number));
    step.extended_books = {
        {.contract = uuid(1), .start = start_of(number - 1), .products = digest(first_later_book + number)}};
  }
  return step;
}

// All that is to be read of the steps up to, but without, `steps`: what each wrote, and nothing of the next.
struct Books {
  std::vector<std::vector<ClosedPeriod>> periods;
  std::vector<std::vector<SettledInvoice>> invoices;
  std::vector<std::optional<ClosedPeriodTexts>> texts;
  std::vector<std::optional<FrozenText>> invoice_texts;
  std::vector<std::optional<ProductBook>> books;
  std::vector<std::uint64_t> last_sequences;
  friend bool operator==(const Books&, const Books&) = default;
};

Books read(const Store& store, std::uint64_t steps) {
  Books all;
  for (const std::uint64_t number : {0U, 1U}) {
    all.periods.push_back(take(store.closed_periods(organization_of(number))));
    all.invoices.push_back(take(store.invoices(organization_of(number))));
    all.last_sequences.push_back(take(store.last_invoice_sequence(seller_of(number))));
  }
  all.last_sequences.push_back(take(store.last_invoice_sequence("credits")));
  for (std::uint64_t number = 0; number <= steps; ++number) {
    all.texts.push_back(take(store.closed_period_texts(uuid(1), start_of(number))));
    all.invoice_texts.push_back(take(store.invoice_text(uuid(number))));
    all.invoice_texts.push_back(take(store.invoice_text(uuid(first_credit_id + number))));
    all.books.push_back(take(store.product_book(digest(book_of(number)))));
    all.books.push_back(take(store.product_book(digest(first_later_book + number))));
  }
  return all;
}

TEST(BillingCrash, EachStepIsThereWholeOrNotAtAll) {
  constexpr int rounds = 30;
  const TemporaryDirectory root;
  std::mt19937 random(std::random_device{}());
  std::uniform_int_distribution<std::uint64_t> steps_before_kill(1, 15);
  std::uniform_int_distribution<int> microseconds_before_kill(0, 3000);
  const std::unique_ptr<StoreUnderTest> never_killed = make_memory();
  std::uint64_t steps = 0;
  for (int round = 0; round < rounds; ++round) {
    const std::uint64_t kill_after = steps_before_kill(random);
    const std::chrono::microseconds delay{microseconds_before_kill(random)};
    SCOPED_TRACE("round " + std::to_string(round) + ", killed " + std::to_string(delay.count()) + " µs after " +
                 std::to_string(kill_after) + " from " + std::to_string(steps));
    const std::uint64_t acknowledged = work_and_kill("billing", root.path().string(), steps, kill_after, delay);

    const auto store = open_or_throw(root.path(), small_settings(1000));
    const std::size_t stored =
        take(store->closed_periods(organization_of(0))).size() + take(store->closed_periods(organization_of(1))).size();
    // The step that was under way when the writer died may be there as well.
    ASSERT_TRUE(stored == steps + acknowledged || stored == steps + acknowledged + 1) << stored;
    for (; steps < stored; ++steps) ASSERT_TRUE(take(never_killed->store().save_billing(step_of(steps))));
    EXPECT_TRUE(read(*store, steps) == read(never_killed->store(), steps));
    EXPECT_FALSE(take(store->save_billing(step_of(steps - 1))));
  }
}

}  // namespace

Work billing_work(const std::string& path) {
  std::shared_ptr<Store> store = open_or_throw(path, small_settings(1000));
  return [store](std::uint64_t number) {
    const auto saved = store->save_billing(step_of(number));
    return saved && *saved;
  };
}

}  // namespace tallystick::store::test
