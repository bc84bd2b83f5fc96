#include "tallystick/wire/event.hpp"

#include <gtest/gtest.h>

#include "wire/fault_text.hpp"

namespace tallystick::wire {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t events_max = 10'000;
constexpr std::string_view organization_text = "22222222-2222-4222-8222-222222222222";
const core::OrganizationId organization = *core::Uuid::parse(organization_text);
const core::TimePoint march_4{std::chrono::sys_days{std::chrono::year{2026} / 3 / 4} + 9h + 15min};

// The event of interface.md with some attributes put in front of `data`.
std::string usage_with(std::string_view attributes, std::string_view data = R"("data":{"quantity":"1.5"})") {
  return R"({"specversion":"1.0","source":"acd/eu-1","id":"e1","type":"cx-3-named","subject":"ana@example.com",)"
         R"("organization":"22222222-2222-4222-8222-222222222222","time":"2026-03-04T09:15:00Z",)" +
         std::string(attributes) + std::string(data) + "}";
}
std::string usage() {
  return usage_with("");
}
std::string correction(std::string_view data, std::string_view attributes = "") {
  return R"({"specversion":"1.0","source":"fixes","id":"v1","type":"tallystick.void",)" + std::string(attributes) +
         R"("organization":"22222222-2222-4222-8222-222222222222","data":)" + std::string(data) + "}";
}

core::UsageEvent expected_usage() {
  return {.source = "acd/eu-1",
          .id = "e1",
          .organization = organization,
          .product = "cx-3-named",
          .resource = "ana@example.com",
          .time = march_4,
          .quantity = *core::Decimal::parse("1.5"),
          .until = std::nullopt};
}

DecodedEvents decoded(std::string_view body, EventFormat format = EventFormat::single) {
  auto result = decode_events(body, format, events_max);
  if (result) return std::move(*result);
  ADD_FAILURE() << result.error().message << " in " << body;
  return {};
}
Texts faults_of(std::string_view body, EventFormat format = EventFormat::single) {
  return texts_of(decoded(body, format).faults);
}
std::string refusal_of(std::string_view body, EventFormat format) {
  const auto result = decode_events(body, format, events_max);
  if (result) return "taken";
  EXPECT_EQ(result.error().kind, EventDecodeFailure::Kind::malformed);
  return result.error().message;
}

TEST(EventDecode, TheExampleOfTheInterface) {
  const auto events = decoded(usage_with("", R"("data":{"quantity":"1","until":"2026-03-04T17:02:10.500Z"})"));
  core::UsageEvent expected = expected_usage();
  expected.quantity = core::Decimal::from_integer(1);
  expected.until = march_4 + 7h + 47min + 10s + 500ms;
  EXPECT_TRUE(events.faults.empty());
  ASSERT_EQ(events.events.size(), 1U);
  EXPECT_EQ(events.events[0], core::Event(expected));
  EXPECT_EQ(events.positions, std::vector<std::size_t>{0});
  EXPECT_TRUE(events.organizations_with_faults.empty());
}

TEST(EventDecode, WhatCloudEventsAllowsAndWeDoNotUseIsPassedOver) {
  for (const std::string_view attributes :
       {R"("dataschema":"https://example.com/s",)", R"("traceparent":"00-ab",)", R"("partitionkey":7,)",
        R"("extension":{"deep":[1,2,{"x":1e300}]},)", R"("datacontenttype":"application/json",)",
        R"("datacontenttype":"Application/JSON ; charset=utf-8",)", R"("datacontenttype":null,)",
        R"("datacontenttype":"text/json",)", R"("datacontenttype":"application/vnd.acme.usage+JSON; v=1",)",
        R"("data_base64":null,)", R"("data":{"quantity":"9"},)"}) {
    const auto events = decoded(usage_with(attributes));
    EXPECT_TRUE(events.faults.empty()) << attributes;
    ASSERT_EQ(events.events.size(), 1U) << attributes;
    EXPECT_EQ(events.events[0], core::Event(expected_usage())) << attributes;
  }
  const auto events = decoded(usage_with("", R"("data":{"agent":"ana","quantity":"1.5","until":null,"calls":[1.5]})"));
  ASSERT_EQ(events.events.size(), 1U);
  EXPECT_EQ(events.events[0], core::Event(expected_usage()));
}

TEST(EventDecode, QuantitiesThatAreTaken) {
  const struct {
    std::string_view data;
    std::string_view quantity;
  } rows[] = {
      {R"("data":{"quantity":"0"})", "0"},
      {R"("data":{"quantity":"1.0"})", "1"},
      {R"("data":{"quantity":"999999999999999999.999999999"})", "999999999999999999.999999999"},
      {R"("data":{"quantity":7})", "7"},
      {R"("data":{"quantity":-0})", "0"},
      {R"("data":{"quantity":9007199254740993})", "9007199254740993"},
      {R"("data":{"quantity":999999999999999999})", "999999999999999999"},
      {R"("data":{"quantity":null})", "1"},
      {R"("data":{})", "1"},
      {R"("data":null)", "1"},
      {R"("datacontenttype":"application/json")", "1"},
      // Shape alone is looked at here: core refuses it with the reason.
      {R"("data":{"quantity":"-1"})", "-1"},
  };
  for (const auto& row : rows) {
    const auto events = decoded(usage_with("", row.data));
    ASSERT_EQ(events.events.size(), 1U) << row.data;
    EXPECT_EQ(std::get<core::UsageEvent>(events.events[0]).quantity.to_string(), row.quantity) << row.data;
  }
}

TEST(EventDecode, FaultsOfOneEvent) {
  const std::string quote =
      "must be written as a string, such as \"1.5\": a number with a fraction or an exponent is not exact";
  const std::string decimal = "must be a decimal in a string, such as \"1.5\", or an integer";
  const std::string plain = "must be a plain decimal number, such as \"1.5\"";
  const std::string digits = "has more than 18 digits before or 9 after the point";
  const std::string time = "must be a time in ISO 8601, such as 2026-03-01T09:15:00.000Z";
  const struct {
    std::string attributes;
    std::string data;
    std::string fault;
  } rows[] = {
      {"", R"("data":{"quantity":1.5})", "/data/quantity: " + quote},
      {"", R"("data":{"quantity":1.0})", "/data/quantity: " + quote},
      {"", R"("data":{"quantity":1e3})", "/data/quantity: " + quote},
      {"", R"("data":{"quantity":1E400})", "/data/quantity: " + quote},
      {"", R"("data":{"quantity":1000000000000000000})", "/data/quantity: " + digits},
      {"", R"("data":{"quantity":100000000000000000000000000000})", "/data/quantity: " + digits},
      {"", R"("data":{"quantity":"0.0000000001"})", "/data/quantity: " + digits},
      {"", R"("data":{"quantity":"1e3"})", "/data/quantity: " + plain},
      {"", R"("data":{"quantity":""})", "/data/quantity: " + plain},
      {"", R"("data":{"quantity":"١"})", "/data/quantity: " + plain},
      {"", R"("data":{"quantity":true})", "/data/quantity: " + decimal},
      {"", R"("data":{"quantity":["1"]})", "/data/quantity: " + decimal},
      {"", R"("data":{"until":"later"})", "/data/until: " + time},
      {"", R"("data":{"until":1772615700})", "/data/until: " + time},
      {"", R"("data":"1.5")", "/data: must be an object"},
      {"", R"("data":[])", "/data: must be an object"},
      {"", R"("data_base64":"eA==")", "/data_base64: is not taken: send the data as JSON in \"data\""},
      {R"("datacontenttype":"text/plain",)", R"("data":{})",
       "/datacontenttype: must be a JSON type, such as application/json, or absent"},
      {R"("datacontenttype":"application/jsonx",)", R"("data":{})",
       "/datacontenttype: must be a JSON type, such as application/json, or absent"},
      {R"("datacontenttype":"json",)", R"("data":{})",
       "/datacontenttype: must be a JSON type, such as application/json, or absent"},
      {R"("datacontenttype":"application/+json",)", R"("data":{})",
       "/datacontenttype: must be a JSON type, such as application/json, or absent"},
      {R"("datacontenttype":"application/json+xml",)", R"("data":{})",
       "/datacontenttype: must be a JSON type, such as application/json, or absent"},
      {R"("datacontenttype":7,)", R"("data":{})",
       "/datacontenttype: must be a JSON type, such as application/json, or absent"},
      {R"("specversion":"0.3",)", R"("data":{})", "/specversion: must be \"1.0\""},
      {R"("specversion":1.0,)", R"("data":{})", "/specversion: must be \"1.0\""},
      {R"("specversion":null,)", R"("data":{})", "/specversion: is required"},
      {R"("source":null,)", R"("data":{})", "/source: is required"},
      {R"("source":5,)", R"("data":{})", "/source: must be a string"},
      {R"("id":5,)", R"("data":{})", "/id: must be a string"},
      {R"("type":null,)", R"("data":{})", "/type: is required"},
      {R"("subject":null,)", R"("data":{})", "/subject: is required"},
      {R"("subject":{},)", R"("data":{})", "/subject: must be a string"},
      {R"("time":null,)", R"("data":{})", "/time: is required"},
      {R"("time":"2026-02-30T00:00:00Z",)", R"("data":{})", "/time: " + time},
      {R"("time":1772615700,)", R"("data":{})", "/time: " + time},
      {R"("organization":null,)", R"("data":{})", "/organization: is required"},
      {R"("organization":"Blue Harbor Bank",)", R"("data":{})",
       "/organization: must be a UUID, such as 22222222-2222-4222-8222-222222222222"},
  };
  for (const auto& row : rows) {
    const std::string body = usage_with(row.attributes, row.data);
    EXPECT_EQ(faults_of(body), Texts{row.fault}) << body;
    EXPECT_TRUE(decoded(body).events.empty()) << body;
    EXPECT_EQ(faults_of("[" + usage() + "," + body + "]", EventFormat::batch), Texts{"/1" + row.fault}) << body;
    EXPECT_EQ(faults_of(usage() + "\n" + body, EventFormat::ndjson), Texts{"/1" + row.fault}) << body;
  }
}

TEST(EventDecode, AllFaultsOfAnEventComeAtOnce) {
  EXPECT_EQ(faults_of("{}"),
            (Texts{"/specversion: is required", "/source: is required", "/id: is required", "/type: is required",
                   "/organization: is required", "/subject: is required", "/time: is required"}));
}

TEST(EventDecode, SizesAreLeftToCore) {
  const std::string id(10'240, 'x');
  const auto events = decoded(usage_with(R"("id":")" + id + R"(",)"));
  ASSERT_EQ(events.events.size(), 1U);
  EXPECT_EQ(core::id_of(events.events[0]), id);
}

TEST(EventDecode, EscapesAndUpperCaseIds) {
  const auto events = decoded(
      usage_with(R"("subject":"\u00e9\ud83d\ude00\/\"\\\n","organization":"ABCDEFAB-2222-4222-8222-222222222222",)"));
  ASSERT_EQ(events.events.size(), 1U);
  const auto& event = std::get<core::UsageEvent>(events.events[0]);
  EXPECT_EQ(event.resource, "\xC3\xA9\xF0\x9F\x98\x80/\"\\\n");
  EXPECT_EQ(event.organization.to_string(), "abcdefab-2222-4222-8222-222222222222");
}

TEST(EventDecode, ACorrectionNeedsItsTargetAndNoTime) {
  const core::VoidEvent expected{
      .source = "fixes", .id = "v1", .organization = organization, .target_source = "acd", .target_id = "e1"};
  for (const std::string_view attributes : {"", R"("subject":7,"time":"never",)", R"("subject":"ana","time":null,)"}) {
    const auto events = decoded(correction(R"({"source":"acd","id":"e1","quantity":0.5})", attributes));
    EXPECT_TRUE(events.faults.empty()) << attributes;
    ASSERT_EQ(events.events.size(), 1U) << attributes;
    EXPECT_EQ(events.events[0], core::Event(expected)) << attributes;
  }
  EXPECT_EQ(faults_of(correction("{}")), (Texts{"/data/source: is required", "/data/id: is required"}));
  EXPECT_EQ(faults_of(correction(R"({"source":1,"id":null})")),
            (Texts{"/data/source: must be a string", "/data/id: is required"}));
  EXPECT_EQ(faults_of(correction("null")), Texts{"/data: is required"});
  EXPECT_EQ(faults_of(correction("[]")), Texts{"/data: must be an object"});
}

TEST(EventDecode, BodiesThatAreNotWhatTheyClaimToBe) {
  const struct {
    std::string_view body;
    EventFormat format;
    std::string message;
  } rows[] = {
      {"", EventFormat::single, "The body is empty."},
      {"[]", EventFormat::single, "The body must be a JSON object."},
      {"\"event\"", EventFormat::single, "The body must be a JSON object."},
      {"{", EventFormat::single, "The body is not JSON: it ends too early at byte 1."},
      {"{}{}", EventFormat::single, "The body is not one JSON value: something follows it at byte 2."},
      {"", EventFormat::batch, "The body is empty."},
      {"{}", EventFormat::batch, "The body must be a JSON array."},
      {"null", EventFormat::batch, "The body must be a JSON array."},
      {"[{},", EventFormat::batch, "The body is not JSON: it ends too early at byte 4."},
      {"[{}", EventFormat::batch, "The body is not JSON: it ends too early at byte 3."},
      {"[] x", EventFormat::batch, "The body is not one JSON value: something follows it at byte 3."},
      {"[\"\xFF\"]", EventFormat::batch, "The body is not UTF-8 at byte 2."},
      {R"([{"id":"\udead"}])", EventFormat::batch,
       "The body is not UTF-8: an escaped surrogate without its other half before byte 14."},
  };
  for (const auto& row : rows) EXPECT_EQ(refusal_of(row.body, row.format), row.message) << row.body;
}

TEST(EventDecode, ElementsThatAreNoObjectsAreNamed) {
  EXPECT_EQ(faults_of("[1," + usage() + ",null,[]]", EventFormat::batch),
            (Texts{"/0: must be an object", "/2: must be an object", "/3: must be an object"}));
  EXPECT_EQ(faults_of("1\n[]\n", EventFormat::ndjson), (Texts{"/0: must be an object", "/1: must be an object"}));
}

TEST(EventDecode, EmptyBatchesAreFine) {
  for (const std::string_view body : {"[]", " [ ] \n"}) {
    const auto events = decoded(body, EventFormat::batch);
    EXPECT_TRUE(events.events.empty() && events.faults.empty());
  }
  for (const std::string_view body : {"", "\n", "\r\n \t\n"}) {
    const auto events = decoded(body, EventFormat::ndjson);
    EXPECT_TRUE(events.events.empty() && events.faults.empty());
  }
}

TEST(EventDecode, LinesEndWithOrWithoutCarriageReturnAndBlankOnesCount) {
  const auto events = decoded("\n" + usage() + "\r\n  \r\n" + usage() + "\n\n" + usage(), EventFormat::ndjson);
  EXPECT_TRUE(events.faults.empty());
  EXPECT_EQ(events.positions, (std::vector<std::size_t>{1, 3, 5}));
}

TEST(EventDecode, ALineThatIsNoJsonIsAFaultOfThatLineAlone) {
  const auto events =
      decoded(usage() + "\n{\"id\":\n" + usage() + "\n\"\xFF\"\n{} {}\n" + usage() + "\n", EventFormat::ndjson);
  EXPECT_EQ(texts_of(events.faults),
            (Texts{"/1: is not JSON: it ends too early at byte 6", "/3: is not UTF-8 at byte 1",
                   "/4: is not one JSON value: something follows it at byte 3"}));
  EXPECT_EQ(events.positions, (std::vector<std::size_t>{0, 2, 5}));
}

TEST(EventDecode, GoodEventsOfABodyWithFaultsKeepTheirPositions) {
  const std::string bad = usage_with(R"("time":"never",)");
  const auto events = decoded("[" + bad + "," + usage() + "," + bad + "," + usage() + "]", EventFormat::batch);
  EXPECT_EQ(events.positions, (std::vector<std::size_t>{1, 3}));
  EXPECT_EQ(events.events.size(), 2U);
  EXPECT_EQ(events.faults.size(), 2U);
}

TEST(EventDecode, OrganizationsOfFaultyEventsAreNamedOnceEvenBeyondTheReportedFaults) {
  const auto with_organization = [](std::string_view id) { return R"({"organization":")" + std::string(id) + R"("})"; };
  const std::string first = "11111111-1111-4111-8111-111111111111";
  std::string body = "[" + with_organization("unknown");
  for (int i = 0; i < 200; ++i) body += "," + with_organization(first);
  body += "," + with_organization(organization_text) + "]";
  const auto events = decoded(body, EventFormat::batch);
  EXPECT_EQ(events.faults.size(), core::faults_reported_max);
  EXPECT_TRUE(events.events.empty());
  EXPECT_EQ(events.organizations_with_faults,
            (std::vector<core::OrganizationId>{*core::Uuid::parse(first), organization}));
}

TEST(EventDecode, MoreEventsThanAllowedAreRefusedWhole) {
  const auto kind_of = [](std::string_view body, EventFormat format) {
    const auto result = decode_events(body, format, 2);
    return result ? std::string("taken") : result.error().message;
  };
  const std::string refused = "The body holds more than 2 events: send them in several batches.";
  const std::string two = "[" + usage() + "," + usage() + "]";
  const std::string three = "[" + usage() + "," + usage() + "," + usage() + "]";
  EXPECT_EQ(kind_of(two, EventFormat::batch), "taken");
  EXPECT_EQ(kind_of(three, EventFormat::batch), refused);
  EXPECT_EQ(kind_of(usage() + "\n\n" + usage() + "\n\n", EventFormat::ndjson), "taken");
  EXPECT_EQ(kind_of(usage() + "\n" + usage() + "\n{", EventFormat::ndjson), refused);
  EXPECT_EQ(decode_events(three, EventFormat::batch, 2).error().kind, EventDecodeFailure::Kind::too_many_events);
}

TEST(EventDecode, AnEventCannotFillMemory) {
  std::string zeros = "0";
  for (int i = 0; i < 2'000; ++i) zeros += ",0";
  const std::string greedy = usage_with(R"("extension":[)" + zeros + "],");
  EXPECT_EQ(refusal_of(greedy, EventFormat::single), "The body holds more than 1000 values.");
  EXPECT_EQ(refusal_of("[" + greedy + "]", EventFormat::batch), "The body has an element of more than 1000 values.");
  EXPECT_EQ(faults_of(greedy + "\n" + usage(), EventFormat::ndjson), Texts{"/0: holds more than 1000 values"});
}

TEST(EventPointer, EachFieldOfCoreHasItsPlace) {
  using core::EventField;
  const struct {
    EventField field;
    std::string_view pointer;
  } rows[] = {{EventField::source, "/source"},
              {EventField::id, "/id"},
              {EventField::organization, "/organization"},
              {EventField::product, "/type"},
              {EventField::resource, "/subject"},
              {EventField::time, "/time"},
              {EventField::quantity, "/data/quantity"},
              {EventField::until, "/data/until"},
              {EventField::target_source, "/data/source"},
              {EventField::target_id, "/data/id"}};
  for (const auto& row : rows) {
    EXPECT_EQ(event_pointer(EventFormat::single, 0, row.field), row.pointer);
    EXPECT_EQ(event_pointer(EventFormat::batch, 3, row.field), "/3" + std::string(row.pointer));
    EXPECT_EQ(event_pointer(EventFormat::ndjson, 12, row.field), "/12" + std::string(row.pointer));
  }
}

TEST(EventEncode, IsTheFormOfTheInterface) {
  core::UsageEvent event = expected_usage();
  event.until = march_4 + 1h;
  EXPECT_EQ(event_to_json(event),
            R"({"specversion":"1.0","source":"acd/eu-1","id":"e1","type":"cx-3-named","subject":"ana@example.com",)"
            R"("organization":"22222222-2222-4222-8222-222222222222","time":"2026-03-04T09:15:00.000Z",)"
            R"("data":{"quantity":"1.5","until":"2026-03-04T10:15:00.000Z"}})");
  EXPECT_EQ(event_to_json(core::VoidEvent{
                .source = "fixes", .id = "v1", .organization = organization, .target_source = "a", .target_id = "b"}),
            R"({"specversion":"1.0","source":"fixes","id":"v1","type":"tallystick.void",)"
            R"("organization":"22222222-2222-4222-8222-222222222222","data":{"source":"a","id":"b"}})");
}

}  // namespace
}  // namespace tallystick::wire
