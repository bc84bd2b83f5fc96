#include <gtest/gtest.h>

#include "tallystick/wire/applied_changes.hpp"
#include "tallystick/wire/billing_usage_report.hpp"
#include "tallystick/wire/clock_setting.hpp"
#include "tallystick/wire/concurrent_usage_report.hpp"
#include "tallystick/wire/error_body.hpp"
#include "tallystick/wire/ingest_result.hpp"
#include "tallystick/wire/named_entity.hpp"
#include "tallystick/wire/organization.hpp"
#include "tallystick/wire/token.hpp"
#include "tallystick/wire/trustee_billing_overview.hpp"
#include "tallystick/wire/trustor_listing.hpp"
#include "wire/round_trip.hpp"

namespace tallystick::wire {
namespace {

using namespace std::chrono_literals;

TEST(ModelRoundTrip, EveryFieldOfEveryModelHasItsNameOnTheWire) {
  expect_round_trip<NamedEntity>(R"({"id":"a","name":"b"})");
  expect_round_trip<Organization>(R"({"id":"a","name":"b","selfUri":"/c"})");
  expect_round_trip<ClockSetting>(R"({"now":"2026-03-01T00:00:00.000Z"})");
  expect_round_trip<AppliedChanges>(
      R"({"created":["product a","trust b"],"updated":[],"removed":["client c"],"unchanged":7})");
  expect_round_trip<IngestResult>(
      R"({"accepted":1,"duplicates":2,"conflicts":[{"index":0,"source":"s","id":"i"},{"index":9,"source":"t","id":"j"}]})");
  expect_round_trip<BillingUsageReport>(
      R"({"id":"r","name":"n","startDate":"2026-03-01T00:00:00.000Z","endDate":"2026-04-01T00:00:00.000Z",)"
      R"("status":"Complete","usages":[{"name":"CX 3","totalUsage":"1.5",)"
      R"("resources":[{"name":"ana@example.com","date":"2026-03-04T09:15:00.001Z"}]}],"selfUri":"/u"})");
  expect_round_trip<ErrorBody>(
      R"({"message":"m","code":"c","status":400,"entityId":"e","entityName":"n","messageWithParams":"{p}",)"
      R"("messageParams":{"p":"1","q":"2"},"contextId":"x","details":[{"errorCode":"a","fieldName":"/b",)"
      R"("entityId":"c","entityName":"d"}],"errors":[{"message":"inner","errors":[{"code":"innermost"}]}],)"
      R"("limit":{"key":"k","namespace":"ns","value":9007199254740993}})");
  expect_round_trip<AccessToken>(
      R"({"access_token":"t","token_type":"bearer","expires_in":86400,"refresh_token":"r"})");
  expect_round_trip<TokenError>(R"({"error":"invalid_client","description":"d","error_description":"e"})");
}

TEST(ModelRoundTrip, AnOverviewHasEveryPublishedField) {
  expect_round_trip<TrusteeBillingOverview>(
      R"({"id":"i","name":"n","organization":{"id":"o","name":"Blue Harbor Bank"},"currency":"USD",)"
      R"("enabledProducts":["GenesysCloudCX3"],"subscriptionType":"DEV_ORG_PREPAY_MONTHLY_COMMITMENT",)"
      R"("rampPeriodStartDate":"2026-01-01T00:00:00.000Z","rampPeriodEndDate":"2026-01-31T23:59:59.999Z",)"
      R"("billingPeriodStartDate":"2026-03-01T00:00:00.000Z","billingPeriodEndDate":"2026-03-31T23:59:59.999Z",)"
      R"("usages":[{"name":"CX 3","partNumber":"GC-170-NV-CX3","grouping":"user-license","unitOfMeasureType":"user",)"
      R"("usageQuantity":"92.5","overagePrice":"160.00","prepayQuantity":"80","prepayPrice":"140.00",)"
      R"("usageNotes":"per day","isCancellable":true,"bundleQuantity":"1","isThirdParty":false},)"
      R"({"name":"API requests","partNumber":"p","grouping":"resource","unitOfMeasureType":"each",)"
      R"("usageQuantity":"0","prepayQuantity":"0"}],)"
      R"("contractAmendmentDate":"2026-05-16T00:00:00.000Z","contractEffectiveDate":"2026-01-01T00:00:00.000Z",)"
      R"("contractEndDate":"2026-12-31T23:59:59.999Z","minimumMonthlyAmount":"10000.00","inRampPeriod":false,)"
      R"("selfUri":"/api/v2/billing/trusteebillingoverview/o?billingPeriodIndex=1"})");
}

TEST(ModelRoundTrip, AConcurrentUsageReportHasEveryField) {
  expect_round_trip<ConcurrentUsageReport>(
      R"({"organizationId":"22222222-2222-4222-8222-222222222222","startDate":"2026-03-01T00:30:00.000Z",)"
      R"("endDate":"2026-03-01T02:00:00.000Z","products":[{"name":"CX 3","partNumber":"GC-170-NV-CX3","peak":500,)"
      R"("levels":[{"count":1,"milliseconds":5400000},{"count":2,"milliseconds":9007199254740993}],)"
      R"("hours":[{"time":"2026-03-01T00:00:00.000Z","max":503},{"time":"2026-03-01T01:00:00.000Z","max":0}],)"
      R"("resources":[{"name":"ana@example.com","date":"2026-03-01T00:30:00.001Z","milliseconds":1860000}]},)"
      R"({"name":"Seats","partNumber":"p","peak":0,"levels":[],"hours":[],"resources":[]}]})");
  expect_round_trip<ConcurrentUsageReport>(
      R"({"organizationId":"o","startDate":"2026-03-01T00:00:00.000Z","endDate":"2026-04-01T00:00:00.000Z",)"
      R"("products":[]})");
}

TEST(ModelRoundTrip, FieldsOfANewerConcurrentUsageReportAreKept) {
  expect_round_trip<ConcurrentUsageReport>(
      R"({"organizationId":"o","startDate":"2026-03-01T00:00:00.000Z","endDate":"2026-04-01T00:00:00.000Z",)"
      R"("products":[{"name":"CX 3","partNumber":"p","peak":1,"levels":[{"count":1,"milliseconds":2,"share":0.10}],)"
      R"("hours":[{"time":"2026-03-01T00:00:00.000Z","max":1,"min":0}],)"
      R"("resources":[{"name":"ana","date":"2026-03-01T00:00:00.000Z","milliseconds":2,"days":1}],"family":"cx"}],)"
      R"("status":"Complete"})");
}

TEST(ModelRoundTrip, APageOfTrustorsHasEveryPublishedField) {
  expect_round_trip<TrustorEntityListing>(
      R"({"entities":[{"id":"t","enabled":true,"dateCreated":"2026-01-01T00:00:00.000Z",)"
      R"("organization":{"id":"t","name":"Blue Harbor Bank","selfUri":"/o"},"selfUri":"/t"},)"
      R"({"enabled":false,"createdBy":{"id":"u"},"authorization":{"permissions":["a:b:c"]}}],)"
      R"("pageSize":25,"pageNumber":2,"total":9007199254740993,"firstUri":"/1","nextUri":"/3","previousUri":"/1",)"
      R"("lastUri":"/9","selfUri":"/2","pageCount":9})");
  expect_round_trip<TrustorEntityListing>("{}");
  expect_round_trip<TrustorEntityListing>(R"({"entities":[]})");
}

TEST(ModelRoundTrip, EverySubscriptionTypeOfThePublishedApiIsKnown) {
  for (const std::string_view text :
       {"ININ", "MONTH_TO_MONTH", "FREE_TRIAL_MONTH_TO_MONTH", "PREPAY_MONTHLY_COMMITMENT", "PREPAY",
        "DEV_ORG_MONTH_TO_MONTH", "DEV_ORG_PREPAY_MONTHLY_COMMITMENT", "DEV_ORG_PREPAY"}) {
    const auto type = OpenEnum<SubscriptionType>::from_text(text);
    ASSERT_TRUE(type.known().has_value()) << text;
    EXPECT_EQ(OpenEnum<SubscriptionType>(*type.known()).text(), text);
  }
  EXPECT_EQ(std::size(EnumTexts<SubscriptionType>::values), 8U);
  EXPECT_FALSE(OpenEnum<SubscriptionType>::from_text("prepay").known().has_value());
}

TEST(ModelRoundTrip, AbsentOptionalFieldsAreLeftOut) {
  EXPECT_EQ(to_json(NamedEntity{}), "{}");
  EXPECT_EQ(to_json(ErrorBody{}), "{}");
  BillingUsageReport report;
  report.start_date = core::TimePoint{0ms};
  report.end_date = core::TimePoint{1ms};
  EXPECT_EQ(to_json(report),
            R"({"startDate":"1970-01-01T00:00:00.000Z","endDate":"1970-01-01T00:00:00.001Z","usages":[]})");
}

TEST(ModelRoundTrip, NullReadsAsAbsent) {
  const auto read = from_json<NamedEntity>(R"({"id":null,"name":"b"})");
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->id, std::nullopt);
  EXPECT_EQ(read->name, "b");
  EXPECT_TRUE(read->unknown.fields.empty());
}

TEST(ModelRoundTrip, UnknownFieldsKeepTheirOrderAndEveryDigit) {
  expect_round_trip<NamedEntity>(
      R"({"id":"a","zeta":0.10,"alpha":[1e2,{"deep":[null,true,"\"\n"]}],"a~/\"b":123456789012345678901234567890,)"
      R"("nothing":null,"empty":{},"none":[]})");
  const auto nested =
      from_json<BillingUsageReport>(R"({"startDate":"2026-03-01T00:00:00Z","endDate":"2026-04-01T00:00:00Z","usages":[)"
                                    R"({"name":"n","totalUsage":"1","resources":[],"unit":"seat"}],"taxes":-0.0})");
  ASSERT_TRUE(nested.has_value());
  const UnknownFields in_usage{{{"unit", "\"seat\""}}};
  const UnknownFields in_report{{{"taxes", "-0.0"}}};
  EXPECT_EQ(nested->usages.at(0).unknown, in_usage);
  EXPECT_EQ(nested->unknown, in_report);
}

TEST(ModelRoundTrip, FieldsMayComeInAnyOrderAndTheLastOfDuplicatesWins) {
  const auto read = from_json<NamedEntity>(R"( {"name": "n", "id": "first", "id": "last"} )");
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->id, "last");
  EXPECT_EQ(to_json(*read), R"({"id":"last","name":"n"})");
}

TEST(ModelRoundTrip, AnEnumerationValueOfANewerServerSurvives) {
  const std::string text =
      R"({"startDate":"2026-03-01T00:00:00.000Z","endDate":"2026-04-01T00:00:00.000Z","status":"Paused","usages":[]})";
  const auto read = from_json<BillingUsageReport>(text);
  ASSERT_TRUE(read.has_value());
  ASSERT_TRUE(read->status.has_value());
  EXPECT_EQ(read->status->known(), std::nullopt);
  EXPECT_EQ(read->status->text(), "Paused");
  EXPECT_EQ(to_json(*read), text);
}

TEST(ModelRoundTrip, AKnownEnumerationValueIsKnown) {
  BillingUsageReport report;
  report.status = ReportStatus::in_progress;
  const auto read = from_json<BillingUsageReport>(to_json(report));
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->status->known(), ReportStatus::in_progress);
  EXPECT_EQ(read->status->text(), "InProgress");
}

TEST(ModelRoundTrip, EveryPublishedDateFormIsRead) {
  const core::TimePoint expected{std::chrono::sys_days{std::chrono::year{2024} / 1 / 2} + 3h + 4min + 5s + 600ms};
  for (const std::string_view date :
       {"2024-01-02T03:04:05.600Z", "2024-01-02T03:04:05.600", "2024-01-02T03:04:05.6009999Z",
        "2024-01-02T04:04:05.600+01:00", "2024-01-02 03:04:05.6 +0000 UTC m=+0.012"}) {
    const auto read = from_json<ClockSetting>(R"({"now":")" + std::string(date) + R"("})");
    ASSERT_TRUE(read.has_value()) << date;
    EXPECT_EQ(read->now, expected) << date;
  }
}

TEST(ModelRoundTrip, IntegersReachTheEndsOf64Bits) {
  expect_round_trip<Limit>(R"({"value":9223372036854775807})");
  expect_round_trip<Limit>(R"({"value":-9223372036854775808})");
}

}  // namespace
}  // namespace tallystick::wire
