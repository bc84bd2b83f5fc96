#include "server/cursor_query.hpp"

#include <gtest/gtest.h>

#include "server/choice_query.hpp"
#include "server/date_query.hpp"
#include "server/document_answer.hpp"

namespace tallystick::server {
namespace {

Query query(std::string_view text) {
  return Query::parse(text).value();
}

/// What follows `name=` in an address, to its end.
std::string value_in(const std::string& address, const std::string& name) {
  return address.substr(address.find(name + "=") + name.size() + 1);
}

TEST(CursorQuery, LinksLeadBackToTheirKeys) {
  CursorListing listing("invoices", "/invoices");
  listing.add_filter("status", "Issued");
  listing.add_filter("externalNumber", "A&B 1/2");
  const app::Cursor first = listing.read_cursor(query("pageSize=2")).value();
  const CursorLinks links = listing.links(first, {"2026-03-31/9", "2026-02-28/8"}, true, true);
  EXPECT_EQ(links.self, "/invoices?status=Issued&externalNumber=A%26B%201%2F2&pageSize=2");
  ASSERT_TRUE(links.next && links.previous);
  EXPECT_TRUE(links.next->starts_with(links.self + "&after="));
  EXPECT_TRUE(links.previous->starts_with(links.self + "&before="));
  const auto next = listing.read_cursor(query(links.next->substr(links.next->find('?') + 1))).value();
  EXPECT_EQ(next.after, "2026-02-28/8");
  EXPECT_EQ(next.before, std::nullopt);
  EXPECT_EQ(next.size, 2U);
  EXPECT_EQ(listing.links(next, {}, true, false).self, *links.next) << "the address that was asked";
  const auto previous = listing.read_cursor(query("before=" + value_in(*links.previous, "before"))).value();
  EXPECT_EQ(previous.before, "2026-03-31/9");
  EXPECT_EQ(previous.size, 25U);
}

TEST(CursorQuery, WhatLeadsNowhereIsAbsent) {
  const CursorListing listing("lines", "/lines");
  for (const bool has_next : {false, true}) {
    for (const bool has_previous : {false, true}) {
      const CursorLinks links = listing.links({}, {"1"}, has_previous, has_next);
      EXPECT_EQ(links.next.has_value(), has_next);
      EXPECT_EQ(links.previous.has_value(), has_previous);
    }
  }
}

TEST(CursorQuery, RefusesWhatIsNoPage) {
  const CursorListing listing("invoices", "/invoices");
  const auto cursor_of = [](const CursorListing& other) {
    return value_in(other.links({}, {"key"}, false, true).next.value(), "after");
  };
  const std::string own = cursor_of(listing);
  const std::string foreign = cursor_of(CursorListing("contracts", "/contracts"));
  const std::pair<std::string, std::string> rows[] = {{"pageSize=0", "pageSize"},
                                                      {"pageSize=201", "pageSize"},
                                                      {"pageSize=-1", "pageSize"},
                                                      {"pageSize=many", "pageSize"},
                                                      {"pageSize=1.5", "pageSize"},
                                                      {"after=*", "after"},
                                                      {"before=a b", "before"},
                                                      {"after=" + own + "=", "after"},
                                                      {"after=" + foreign, "after"},
                                                      {"after=aW52", "after"},
                                                      {"after=" + own + "&before=" + own, "before"}};
  for (const auto& [text, name] : rows) {
    const auto read = listing.read_cursor(query(text));
    ASSERT_FALSE(read) << text;
    EXPECT_EQ(read.error().situation, Situation::invalid_query_value) << text;
    EXPECT_EQ(read.error().params.at("name"), name) << text;
  }
  EXPECT_EQ(listing.read_cursor(query("pageSize=200"))->size, 200U);
  EXPECT_EQ(listing.read_cursor(query("pageSize=&after=&before="))->size, 25U) << "empty is missing";
}

TEST(DateQuery, TakesDaysAndDateTimes) {
  const std::pair<std::string_view, std::string_view> rows[] = {{"2026-03-04", "2026-03-04"},
                                                                {"2026-03-04T00:00:00.000Z", "2026-03-04"},
                                                                {"2026-03-04T00:30:00 01:00", "2026-03-03"},
                                                                {"2026-03-04T23:59:59%2B00:00", "2026-03-04"}};
  for (const auto& [text, day] : rows) {
    const auto range = read_day_range(query("dateStart=" + std::string(text)));
    ASSERT_TRUE(range) << text;
    EXPECT_EQ(core::to_string(range->from.value()), day) << text;
    EXPECT_EQ(range->through, std::nullopt);
  }
  for (const std::string_view text : {"dateStart=2026-02-30", "dateEnd=yesterday", "dateEnd=2026-3-1"}) {
    const auto range = read_day_range(query(text));
    ASSERT_FALSE(range) << text;
    EXPECT_EQ(range.error().situation, Situation::invalid_date) << text;
  }
  const auto backwards = read_day_range(query("dateStart=2026-03-02&dateEnd=2026-03-01"));
  ASSERT_FALSE(backwards);
  EXPECT_EQ(backwards.error().situation, Situation::invalid_fields);
  EXPECT_EQ(backwards.error().faults.at(0).pointer, "dateEnd");
  EXPECT_TRUE(read_day_range(query("dateStart=2026-03-02&dateEnd=2026-03-02")));
}

TEST(ChoiceQuery, WordsAreReadWithoutCase) {
  constexpr Choice<int> choices[] = {{"Paid", 1}, {"Unpaid", 2}};
  EXPECT_EQ(read_choice(query("s=UnPaid"), "s", choices).value()->value, 2);
  EXPECT_EQ(read_choice(query("s=paid"), "s", choices).value()->word, "Paid");
  EXPECT_FALSE(read_choice(query("s="), "s", choices).value());
  EXPECT_FALSE(read_choice(query(""), "s", choices).value());
  const auto refused = read_choice(query("s=free"), "s", choices);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().params.at("allowed"), "Paid, Unpaid");
}

TEST(AttachmentDisposition, NamesAreSafeForEveryReader) {
  EXPECT_EQ(attachment_disposition("NW-000001.pdf"), R"(attachment; filename="NW-000001.pdf")");
  EXPECT_EQ(attachment_disposition("N/\"W\r\n1.csv"),
            R"(attachment; filename="N__W__1.csv"; filename*=UTF-8''N%2F%22W%0D%0A1.csv)");
  EXPECT_EQ(attachment_disposition("é1.csv"), R"(attachment; filename="__1.csv"; filename*=UTF-8''%C3%A91.csv)");
}

}  // namespace
}  // namespace tallystick::server
