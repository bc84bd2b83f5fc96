#include "server/overview_query.hpp"

#include <gtest/gtest.h>

#include "server/page_query.hpp"
#include "tallystick/wire/error_body.hpp"

namespace tallystick::server {
namespace {

Query query_of(std::string_view text) {
  return Query::parse(text).value();
}

TEST(PeriodIndex, DigitsAloneAreOne) {
  const std::pair<std::string_view, std::optional<std::uint64_t>> rows[] = {
      {"", 0},
      {"other=5", 0},
      {"billingPeriodIndex", 0},
      {"billingPeriodIndex=", 0},
      {"billingPeriodIndex=0", 0},
      {"billingPeriodIndex=007", 7},
      {"billingPeriodIndex=%31%32", 12},
      {"billingPeriodIndex=3&billingPeriodIndex=4", 3},
      {"billingPeriodIndex=2147483648", 2'147'483'648U},
      {"billingPeriodIndex=18446744073709551615", 18'446'744'073'709'551'615U},
      {"billingPeriodIndex=18446744073709551616", std::nullopt},
      {"billingPeriodIndex=100000000000000000000000000000000000000000", std::nullopt},
      {"billingPeriodIndex=00000000000000000000000000000000000000009", 9},
  };
  for (const auto& [text, expected] : rows) {
    const auto index = read_period_index(query_of(text));
    ASSERT_TRUE(index) << text;
    EXPECT_EQ(*index, expected) << text;
  }
}

TEST(PeriodIndex, AllElseIsRefusedInThePublishedWords) {
  for (const std::string_view value : {"-1", "-0", "+1", "1.0", "1e3", "one", " 1", "1 ", "0x1", "1,000", "null"}) {
    std::string encoded;
    for (const char c : value) encoded += c == '+' ? std::string("%2B") : std::string(1, c == ' ' ? '+' : c);
    const auto index = read_period_index(query_of("billingPeriodIndex=" + encoded));
    ASSERT_FALSE(index) << value;
    const auto body = wire::from_json<wire::ErrorBody>(error_response(index.error(), "c").body).value();
    EXPECT_EQ(body.status, 400) << value;
    EXPECT_EQ(body.code, "invalid.value") << value;
    EXPECT_EQ(body.message, "Value [" + std::string(value) +
                                "] is not valid for field type [integer]. Allowable values are: 0, 1, 2, ...");
    EXPECT_EQ(body.details->at(0).field_name, "billingPeriodIndex");
  }
}

TEST(PeriodIndex, IsWrittenInOneForm) {
  EXPECT_EQ(overview_uri("/a/b", 0), "/a/b?billingPeriodIndex=0");
  EXPECT_EQ(overview_uri("/a/b", 18'446'744'073'709'551'615U), "/a/b?billingPeriodIndex=18446744073709551615");
}

TEST(Page, IsTheFirstOf25UnlessItIsNamed) {
  const std::tuple<std::string_view, std::uint64_t, std::uint64_t> rows[] = {
      {"", 1, 25},
      {"pageNumber=&pageSize=", 1, 25},
      {"pageNumber=3", 3, 25},
      {"pageSize=1", 1, 1},
      {"pageSize=100&pageNumber=2147483647", 2'147'483'647U, 100},
  };
  for (const auto& [text, number, size] : rows) {
    const auto page = read_page(query_of(text));
    ASSERT_TRUE(page) << text;
    EXPECT_EQ(page->number, number) << text;
    EXPECT_EQ(page->size, size) << text;
  }
}

TEST(Page, WrongValuesAreNamed) {
  const std::pair<std::string_view, std::string_view> rows[] = {
      {"pageNumber=0", "Value [0] is not valid for parameter [pageNumber]. Allowable values are: 1 to 2147483647"},
      {"pageNumber=2147483648",
       "Value [2147483648] is not valid for parameter [pageNumber]. Allowable values are: 1 to 2147483647"},
      {"pageNumber=-1", "Value [-1] is not valid for parameter [pageNumber]. Allowable values are: 1 to 2147483647"},
      {"pageSize=0", "Value [0] is not valid for parameter [pageSize]. Allowable values are: 1 to 100"},
      {"pageSize=101", "Value [101] is not valid for parameter [pageSize]. Allowable values are: 1 to 100"},
      {"pageSize=ten", "Value [ten] is not valid for parameter [pageSize]. Allowable values are: 1 to 100"},
      {"pageSize=99999999999999999999",
       "Value [99999999999999999999] is not valid for parameter [pageSize]. Allowable values are: 1 to 100"},
  };
  for (const auto& [text, message] : rows) {
    const auto page = read_page(query_of(text));
    ASSERT_FALSE(page) << text;
    const auto body = wire::from_json<wire::ErrorBody>(error_response(page.error(), "c").body).value();
    EXPECT_EQ(body.status, 400) << text;
    EXPECT_EQ(body.code, "invalid.query.param.value") << text;
    EXPECT_EQ(body.message, message) << text;
  }
}

TEST(Page, LinksLeadToOtherPagesAlone) {
  struct Row {
    Page page;
    std::size_t total = 0;
    std::size_t begin = 0;
    std::size_t end = 0;
    std::uint64_t count = 0;
    // Page numbers; 0: no link.
    std::uint64_t first = 0;
    std::uint64_t last = 0;
    std::uint64_t next = 0;
    std::uint64_t previous = 0;
  };
  const Row rows[] = {
      {{1, 25}, 0, 0, 0, 0, 0, 0, 0, 0},    {{3, 25}, 0, 0, 0, 0, 0, 0, 0, 0},
      {{1, 25}, 1, 0, 1, 1, 1, 1, 0, 0},    {{1, 25}, 25, 0, 25, 1, 1, 1, 0, 0},
      {{1, 25}, 26, 0, 25, 2, 1, 2, 2, 0},  {{2, 25}, 26, 25, 26, 2, 1, 2, 0, 1},
      {{2, 10}, 35, 10, 20, 4, 1, 4, 3, 1}, {{9, 10}, 35, 35, 35, 4, 1, 4, 0, 4},
      {{5, 10}, 35, 35, 35, 4, 1, 4, 0, 4}, {{2'147'483'647U, 100}, 35, 35, 35, 1, 1, 1, 0, 1},
  };
  for (const Row& row : rows) {
    const PagePlan plan = plan_page(row.page, row.total, "/list");
    const auto uri = [&](std::uint64_t number) {
      return "/list?pageSize=" + std::to_string(row.page.size) + "&pageNumber=" + std::to_string(number);
    };
    const auto link = [&](std::uint64_t number) { return number == 0 ? std::nullopt : std::optional(uri(number)); };
    SCOPED_TRACE(uri(row.page.number) + " of " + std::to_string(row.total));
    EXPECT_EQ(plan.begin, row.begin);
    EXPECT_EQ(plan.end, row.end);
    EXPECT_EQ(plan.count, row.count);
    EXPECT_EQ(plan.self, uri(row.page.number));
    EXPECT_EQ(plan.first, link(row.first));
    EXPECT_EQ(plan.last, link(row.last));
    EXPECT_EQ(plan.next, link(row.next));
    EXPECT_EQ(plan.previous, link(row.previous));
  }
}

}  // namespace
}  // namespace tallystick::server
