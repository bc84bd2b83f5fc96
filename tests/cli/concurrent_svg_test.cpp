#include "cli/concurrent_svg.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "cli/hourly_usage.hpp"

namespace tallystick::cli {
namespace {

using cli_test::hours_from;

wire::ConcurrentUsageReport tiny_report() {
  wire::ConcurrentUsageProduct product;
  product.name = "CX 3";
  product.part_number = "GC-1";
  product.peak = 500;
  product.levels = {{503, 360'000, {}}};
  product.hours = hours_from("2026-03-01T00:00:00Z", {500, 503, 503, 0});
  wire::ConcurrentUsageReport report;
  report.organization_id = "22222222-2222-4222-8222-222222222222";
  report.start_date = core::parse_time("2026-03-01T00:00:00Z").value();
  report.end_date = core::parse_time("2026-03-01T04:00:00.500Z").value();
  report.products = {product};
  return report;
}

void expect_parts(const std::string& drawing, const std::vector<std::string>& parts) {
  for (const std::string& part : parts) EXPECT_NE(drawing.find(part), std::string::npos) << part << "\nin " << drawing;
}

/// Checks that elements are closed in the order in which they were opened, and that text holds no bare markup.
testing::AssertionResult is_well_formed(const std::string& document) {
  std::vector<std::string> open;
  std::size_t at = 0;
  while ((at = document.find('<', at)) != std::string::npos) {
    const std::size_t end = document.find('>', at);
    if (end == std::string::npos) return testing::AssertionFailure() << "a tag is not closed at byte " << at;
    const std::string tag = document.substr(at + 1, end - at - 1);
    if (tag.find('<') != std::string::npos) return testing::AssertionFailure() << "< inside <" << tag;
    const std::string name = tag.substr(0, tag.find_first_of(" /", 1));
    if (std::count(tag.begin(), tag.end(), '"') % 2 != 0) return testing::AssertionFailure() << "a quote in <" << tag;
    if (tag.starts_with('/')) {
      if (open.empty() || open.back() != tag.substr(1))
        return testing::AssertionFailure() << "<" << tag << "> is early";
      open.pop_back();
    } else if (!tag.ends_with('/')) {
      open.push_back(name);
    }
    at = end + 1;
    const std::string text = document.substr(at, document.find('<', at) - at);
    if (open.empty() && text.find_first_not_of('\n') != std::string::npos) {
      return testing::AssertionFailure() << "text outside of the document: " << text;
    }
    if (text.find('>') != std::string::npos) return testing::AssertionFailure() << "a bare > in " << text;
  }
  if (!open.empty()) return testing::AssertionFailure() << open.back() << " stays open";
  return testing::AssertionSuccess();
}

TEST(ConcurrentSvg, CoordinatesOfATinyReport) {
  // Four hours in 768 px from 72 on; 600 in 200 px up from 324, the head (72), the heading (52) and the plot together.
  const std::string drawing = concurrent_svg(tiny_report());
  ASSERT_TRUE(is_well_formed(drawing));
  expect_parts(
      drawing,
      {"viewBox=\"0 0 960 388\"", "<rect width=\"960\" height=\"388\" fill=\"#ffffff\"/>",
       "2026-03-01 00:00 UTC to 2026-03-01 04:00:00.500 UTC, organization 22222222-2222-4222-8222-222222222222</text>",
       ">GC-1 · peak 500 · most at once 503 · drawn: the most of each hour</text>",
       // 500 is 166.66… px high, 503 is 167.66… px.
       "<path d=\"M72 157.34H264V156.34H648V324H840\" fill=\"none\"",
       "<path d=\"M72 157.34H264V156.34H648V324H840V324H72Z\" fill=\"#cfe2f5\"/>",
       "<path d=\"M72 157.34H840\" fill=\"none\" stroke=\"#b3261e\"",
       "<text x=\"850\" y=\"161.34\" font-size=\"13\" fill=\"#b3261e\" font-weight=\"bold\">peak 500</text>",
       "<text x=\"64\" y=\"328\" font-size=\"12\" fill=\"#59636e\" text-anchor=\"end\">0</text>",
       "<text x=\"64\" y=\"128\" font-size=\"12\" fill=\"#59636e\" text-anchor=\"end\">600</text>",
       "<text x=\"72\" y=\"344\" font-size=\"12\" fill=\"#59636e\" text-anchor=\"middle\">03-01</text>",
       "<text x=\"264\" y=\"344\" font-size=\"12\" fill=\"#59636e\" text-anchor=\"middle\">01:00</text>",
       "<text x=\"872\" y=\"344\" font-size=\"12\" fill=\"#59636e\">UTC</text>"});
}

TEST(ConcurrentSvg, ProductsStandBelowEachOther) {
  wire::ConcurrentUsageReport report = tiny_report();
  report.products.push_back(report.products.front());
  report.products[1].peak = 0;
  report.products[1].levels = {{3, 60'000, {}}};
  report.products[1].hours = hours_from("2026-03-01T00:00:00Z", {0, 3, 0, 0});
  const std::string drawing = concurrent_svg(report);
  ASSERT_TRUE(is_well_formed(drawing));
  expect_parts(drawing, {"viewBox=\"0 0 960 704\"",
                         ">GC-1 · peak 0: never one at once for 30 minutes in all · most at once 3 · drawn: ",
                         // 316 px lower, where the first plot's base was at 324.
                         "<path d=\"M72 640H264V440H456V640H840\" fill=\"none\""});
  const std::string second = drawing.substr(drawing.find("peak 0"));
  EXPECT_EQ(second.find("stroke-dasharray"), std::string::npos) << "a line for no peak";
}

TEST(ConcurrentSvg, HoursTooNarrowToBeSeenAreDrawnByTheDay) {
  wire::ConcurrentUsageReport report = tiny_report();
  // 64 days are 1,536 hours, two a pixel; the noon of each has the most, of the second 503.
  std::vector<std::int64_t> maxima(1'536);
  for (std::size_t i = 12; i < maxima.size(); i += 24) maxima[i] = i == 36 ? 503 : 500;
  report.products[0].hours = hours_from("2026-03-01T00:00:00Z", maxima);
  expect_parts(concurrent_svg(report), {"drawn: the most of each hour", "<path d=\"M72 324H78V157.34H78.5V324"});
  // One hour more: a day is 24 of 1,537 hours, 11.99… px wide.
  maxima.push_back(7);
  report.products[0].hours = hours_from("2026-03-01T00:00:00Z", maxima);
  const std::string drawing = concurrent_svg(report);
  ASSERT_TRUE(is_well_formed(drawing));
  expect_parts(drawing, {"drawn: the most of each day",
                         "<path d=\"M72 157.34H83.99V156.34H95.98V157.34H839.5V321.67H840\" fill=\"none\""});
}

TEST(ConcurrentSvg, TextIsEscapedAndReadable) {
  wire::ConcurrentUsageReport report = tiny_report();
  report.organization_id = "</text><script>alert(1)</script>";
  report.products[0].name = "R&D <\"EU\"> 'x' \x01\x1b \uFFFE\uFFFF \xFF Zoë";
  report.products[0].part_number = std::string(200, 'n');
  const std::string drawing = concurrent_svg(report);
  ASSERT_TRUE(is_well_formed(drawing));
  expect_parts(drawing, {">R&amp;D &lt;\"EU\"&gt; 'x' \uFFFD\uFFFD \uFFFD\uFFFD \uFFFD Zoë</text>",
                         "&lt;/text&gt;&lt;script&gt;alert(1)&lt;/script&gt;", std::string(79, 'n') + "… · peak 500"});
  EXPECT_EQ(drawing.find("<script"), std::string::npos);
}

TEST(ConcurrentSvg, AProductWithoutHoursHasAHeadingAlone) {
  wire::ConcurrentUsageReport report = tiny_report();
  report.products[0].hours.clear();
  const std::string drawing = concurrent_svg(report);
  ASSERT_TRUE(is_well_formed(drawing));
  expect_parts(drawing, {">CX 3</text>"});
  EXPECT_EQ(drawing.find("<path"), std::string::npos);
}

TEST(ConcurrentSvg, CountsThatNobodyHasDoNotOverflow) {
  wire::ConcurrentUsageReport report = tiny_report();
  report.products[0].peak = std::numeric_limits<std::int64_t>::max();
  report.products[0].hours = hours_from("2026-03-01T00:00:00Z", {std::numeric_limits<std::int64_t>::max(), -1});
  const std::string drawing = concurrent_svg(report);
  ASSERT_TRUE(is_well_formed(drawing));
  // A trillion is the highest that is drawn, and what is below 0 is drawn there.
  expect_parts(drawing, {"<path d=\"M72 124H456V324H840\" fill=\"none\"", ">1,000,000,000,000</text>"});
}

}  // namespace
}  // namespace tallystick::cli
