#include <gtest/gtest.h>

#include "tallystick/wire/billing_usage_report.hpp"
#include "tallystick/wire/concurrent_usage_report.hpp"
#include "tallystick/wire/error_body.hpp"
#include "tallystick/wire/named_entity.hpp"
#include "tallystick/wire/token.hpp"
#include "tallystick/wire/trustee_billing_overview.hpp"
#include "tallystick/wire/trustor_listing.hpp"
#include "wire/fault_text.hpp"

namespace tallystick::wire {
namespace {

template <class Model>
DecodeFaults faults_of(std::string_view text) {
  const auto read = from_json<Model>(text);
  return read ? DecodeFaults{} : read.error();
}

// The pointers alone, where the words do not matter.
template <class Model>
std::vector<std::string> pointers_of(std::string_view text) {
  std::vector<std::string> pointers;
  for (const auto& fault : faults_of<Model>(text)) pointers.push_back(fault.pointer);
  return pointers;
}

using Pointers = std::vector<std::string>;

TEST(ModelFaults, AllFaultsComeAtOnceWithTheirPointers) {
  const Texts faults = texts_of(faults_of<BillingUsageReport>(
      R"({"startDate":"soon","status":7,"usages":[{"name":1,"totalUsage":1.5,"resources":[{"date":"2026-13-01T00:00:00Z"}]},5]})"));
  const Texts expected{
      "/startDate: must be a time in ISO 8601, such as 2026-03-01T09:15:00.000Z",
      "/endDate: is required",
      "/status: must be a string",
      "/usages/0/name: must be a string",
      "/usages/0/totalUsage: must be a string",
      "/usages/0/resources/0/name: is required",
      "/usages/0/resources/0/date: must be a time in ISO 8601, such as 2026-03-01T09:15:00.000Z",
      "/usages/1: must be an object",
  };
  EXPECT_EQ(faults, expected);
}

TEST(ModelFaults, ANullIsMissingWhereAFieldIsRequired) {
  EXPECT_EQ(pointers_of<AccessToken>(R"({"access_token":null,"token_type":"bearer","expires_in":1})"),
            Pointers{"/access_token"});
}

TEST(ModelFaults, AnOverviewNeedsWhatThePublishedModelRequires) {
  EXPECT_EQ(pointers_of<TrusteeBillingOverview>("{}"),
            (Pointers{"/organization", "/currency", "/enabledProducts", "/subscriptionType", "/usages"}));
  EXPECT_EQ(pointers_of<SubscriptionOverviewUsage>("{}"),
            (Pointers{"/name", "/partNumber", "/grouping", "/unitOfMeasureType", "/usageQuantity", "/prepayQuantity"}));
  EXPECT_EQ(pointers_of<TrustorEntityListing>(R"({"entities":[{}],"pageSize":"25"})"),
            (Pointers{"/entities/0/enabled", "/pageSize"}));
}

TEST(ModelFaults, AConcurrentUsageReportNeedsAllOfItsFields) {
  EXPECT_EQ(pointers_of<ConcurrentUsageReport>("{}"),
            (Pointers{"/organizationId", "/startDate", "/endDate", "/products"}));
  EXPECT_EQ(pointers_of<ConcurrentUsageProduct>("{}"),
            (Pointers{"/name", "/partNumber", "/peak", "/levels", "/hours", "/resources"}));
  EXPECT_EQ(pointers_of<ConcurrentUsageProduct>(
                R"({"name":"n","partNumber":"p","peak":1,"levels":[{}],"hours":[{}],"resources":[{}]})"),
            (Pointers{"/levels/0/count", "/levels/0/milliseconds", "/hours/0/time", "/hours/0/max", "/resources/0/name",
                      "/resources/0/date", "/resources/0/milliseconds"}));
}

TEST(ModelFaults, ACountOfConcurrentUsageIsAWholeNumber) {
  EXPECT_EQ(
      texts_of(faults_of<ConcurrentUsageProduct>(
          R"({"name":"n","partNumber":"p","peak":"500","levels":[{"count":1.0,"milliseconds":1e3}],)"
          R"("hours":[{"time":5,"max":null}],"resources":{}})")),
      (Texts{"/peak: must be an integer of at most 64 bits", "/levels/0/count: must be an integer of at most 64 bits",
             "/levels/0/milliseconds: must be an integer of at most 64 bits",
             "/hours/0/time: must be a time in ISO 8601, such as 2026-03-01T09:15:00.000Z", "/hours/0/max: is required",
             "/resources: must be an array"}));
}

TEST(ModelFaults, PointersEscapeTildeAndSlash) {
  EXPECT_EQ(pointers_of<ErrorBody>(R"({"messageParams":{"a/b~c":1,"":2}})"),
            (Pointers{"/messageParams/a~1b~0c", "/messageParams/"}));
}

TEST(ModelFaults, WrongTypesOfEachKind) {
  const struct {
    std::string_view text;
    std::string pointer;
  } rows[] = {
      {R"({"status":"400"})", "/status"},
      {R"({"status":400.0})", "/status"},
      {R"({"status":4e2})", "/status"},
      {R"({"status":9223372036854775808})", "/status"},
      {R"({"status":-9223372036854775809})", "/status"},
      {R"({"status":true})", "/status"},
      {R"({"message":5})", "/message"},
      {R"({"message":["m"]})", "/message"},
      {R"({"details":{}})", "/details"},
      {R"({"details":[null]})", "/details/0"},
      {R"({"messageParams":[]})", "/messageParams"},
      {R"({"limit":"none"})", "/limit"},
      {R"([])", ""},
      {R"("text")", ""},
      {R"(null)", ""},
  };
  for (const auto& row : rows) EXPECT_EQ(pointers_of<ErrorBody>(row.text), Pointers{row.pointer}) << row.text;
}

TEST(ModelFaults, TextsThatAreNoJsonSayWhere) {
  const std::string deep_enough = std::string(31, '[') + std::string(31, ']');
  const std::string too_deep = std::string(32, '[') + std::string(32, ']');
  EXPECT_EQ(pointers_of<NamedEntity>(R"({"x":)" + deep_enough + "}"), Pointers{});
  const struct {
    std::string text;
    std::string message;
  } rows[] = {
      {"", "is empty"},
      {"   ", "is not JSON: it ends too early at byte 3"},
      {R"({"id":"a")", "is not JSON: it ends too early at byte 9"},
      {R"({"id":"a)", "is not JSON: it ends too early at byte 8"},
      {R"({"id":tru})", "is not JSON: an unexpected character at byte 6"},
      {R"({"id" "a"})", "is not JSON: an unexpected character at byte 6"},
      {R"({"id":"a",})", "is not JSON: an unexpected character at byte 10"},
      {R"({'id':"a"})", "is not JSON: an unexpected character at byte 1"},
      {R"({"id":01})", "is not JSON: an unexpected character at byte 7"},
      {R"({"id":NaN})", "is not JSON: an unexpected character at byte 6"},
      {"// no\n{}", "is not JSON: an unexpected character at byte 0"},
      {"{} {}", "is not one JSON value: something follows it at byte 3"},
      {"{}x", "is not one JSON value: something follows it at byte 2"},
      {"{\"id\":\"a\nb\"}", "is not JSON: an unexpected character at byte 8"},
      {"{\"id\":\"\xC3\x28\"}", "is not UTF-8 at byte 7"},
      {"{\"id\":\"\xED\xA0\x80\"}", "is not UTF-8 at byte 7"},
      {"{\"id\":\"\xC0\xAF\"}", "is not UTF-8 at byte 7"},
      {"{\"id\":\"\xF4\x90\x80\x80\"}", "is not UTF-8 at byte 7"},
      {R"({"x":)" + too_deep + "}", "nests deeper than 32 levels at byte 36"},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(texts_of(faults_of<NamedEntity>(row.text)), Texts{": " + row.message}) << row.text;
  }
}

// 32 levels: json_depth_max as it is told to users.
TEST(ModelFaults, AnAnswerMayNestAsDeepAsTheLimitAndNoDeeper) {
  static_assert(json_depth_max == 32);
  const auto nested = [](std::size_t depth) {
    return R"({"x":)" + std::string(depth - 1, '[') + std::string(depth - 1, ']') + "}";
  };
  for (const std::size_t depth : {31U, 32U}) {
    const auto read = from_json<NamedEntity>(nested(depth));
    ASSERT_TRUE(read.has_value()) << depth;
    EXPECT_EQ(to_json(*read), nested(depth));
  }
  EXPECT_EQ(pointers_of<NamedEntity>(nested(33)), Pointers{""});

  // A model whose members are of its own kind: each error is an object in a list.
  const auto errors = [](std::size_t levels) {
    std::string begin;
    std::string end;
    for (; levels > 0; --levels) {
      begin += R"({"errors":[)";
      end += "]}";
    }
    return begin + "{}" + end;
  };
  const auto read = from_json<ErrorBody>(errors(15));  // 15 objects, 15 lists and the innermost object
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(to_json(*read), errors(15));
  EXPECT_EQ(pointers_of<ErrorBody>(errors(16)), Pointers{""});
  EXPECT_EQ(pointers_of<ErrorBody>(errors(500'000)), Pointers{""});
}

TEST(ModelFaults, HalfASurrogatePairIsRefused) {
  for (const std::string_view text :
       {R"({"id":"\ud800"})", R"({"id":"\ud800x"})", R"({"id":"\ud800\u0041"})", R"({"id":"\udc00"})"}) {
    EXPECT_EQ(pointers_of<NamedEntity>(text), Pointers{""}) << text;
  }
  const auto whole = from_json<NamedEntity>(R"({"id":"\ud83d\ude00"})");
  ASSERT_TRUE(whole.has_value());
  EXPECT_EQ(whole->id, "\xF0\x9F\x98\x80");
}

TEST(ModelFaults, AtMostAHundredAreReported) {
  std::string text = R"({"details":[0)";
  for (int i = 0; i < 250; ++i) text += ",0";
  const Pointers pointers = pointers_of<ErrorBody>(text + "]}");
  ASSERT_EQ(pointers.size(), 100U);
  EXPECT_EQ(pointers.back(), "/details/99");
}

}  // namespace
}  // namespace tallystick::wire
