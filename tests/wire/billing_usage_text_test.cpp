#include "wire/billing_usage_text.hpp"

#include <gtest/gtest.h>
// GoogleTest first: rapidcheck's bridge expects its macros.
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include "random_text.hpp"

// A report that is written as it is has the text that the codec gives its model.
namespace tallystick::wire {
namespace {

struct Resources {
  std::vector<std::string> names;
  std::vector<core::ListedResource> listed;  // borrows the names
};

core::TimePoint any_time() {
  const auto day = *rc::gen::inRange<std::int64_t>(20'000, 20'004);
  return core::TimePoint{std::chrono::days{day}} + core::milliseconds{*rc::gen::inRange<std::int64_t>(0, 86'400'000)};
}

Resources any_resources() {
  Resources resources;
  for (int left = *rc::gen::inRange(0, 5); left > 0; --left) resources.names.push_back(*random_text());
  for (const std::string& name : resources.names) {
    resources.listed.push_back({.name = name, .date = any_time(), .presence = {}});
  }
  return resources;
}

BillingUsage model_of(const BillingUsageView& view) {
  BillingUsage usage;
  usage.name = view.name;
  usage.total_usage = view.total_usage;
  for (const core::ListedResource& listed : view.resources) {
    BillingUsageResource& resource = usage.resources.emplace_back();
    resource.name = listed.name;
    resource.date = listed.date;
  }
  return usage;
}

BillingUsageReport model_of(const BillingUsageReportView& view) {
  BillingUsageReport report;
  report.id = view.id;
  report.start_date = view.start_date;
  report.end_date = view.end_date;
  report.status = view.status;
  for (const BillingUsageView& usage : view.usages) report.usages.push_back(model_of(usage));
  report.self_uri = view.self_uri;
  return report;
}

RC_GTEST_PROP(BillingUsageText, IsThatOfTheModel, ()) {
  BillingUsageReportView report;
  report.id = *random_text();
  report.start_date = any_time();
  report.end_date = any_time();
  report.status = *rc::gen::element(ReportStatus::in_progress, ReportStatus::complete);
  report.self_uri = *random_text();
  std::vector<std::string> names;
  std::vector<Resources> resources;
  for (int left = *rc::gen::inRange(0, 4); left > 0; --left) {
    names.push_back(*random_text());
    resources.push_back(any_resources());
  }
  for (std::size_t i = 0; i < names.size(); ++i) report.usages.push_back({names[i], "12.5", resources[i].listed});
  const BillingUsageReport model = model_of(report);
  RC_ASSERT(to_json(report) == to_json(model));
  const auto read = from_json<BillingUsageReport>(to_json(report));
  RC_ASSERT(read.has_value());
  RC_ASSERT(*read == model);
}

// Wherever it stands, what must be escaped is.
TEST(BillingUsageText, EscapesAtEveryPlaceOfAName) {
  for (const std::string_view odd : {"\"", "\\", "\n", "\x1f", "\x7f", "é", "\xff"}) {
    for (std::size_t length = 0; length < 20; ++length) {
      for (std::size_t place = 0; place <= length; ++place) {
        BillingUsageReport model;
        model.usages.emplace_back().name = std::string(length, 'a').insert(place, odd);
        const auto read = from_json<BillingUsageReport>(to_json(model));
        ASSERT_TRUE(read) << odd << " at " << place;
        const std::string right =
            odd == "\xff" ? std::string(length, 'a').insert(place, "\xEF\xBF\xBD") : model.usages[0].name;
        EXPECT_EQ(read->usages.at(0).name, right);
      }
    }
  }
}

}  // namespace
}  // namespace tallystick::wire
