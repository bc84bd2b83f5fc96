#include "server/compressed_text.hpp"
#include "server/server_fixture.hpp"
#include "tallystick/wire/event.hpp"

namespace tallystick::test {
namespace {

const std::string report = "/api/v2/billing/reports/billableusage";
const std::string own_report = "/tallystick/v1/reports/billableusage";
const std::string events = "/tallystick/v1/events";
const std::string march = "?startDate=2026-03-01T00:00:00Z&endDate=2026-04-01T00:00:00Z";
const std::string ndjson_type = "application/x-ndjson";

struct Row {
  std::string method;
  std::string target;
  std::string client;  ///< whose token; empty: none
  int status;
  std::string code;
};

TEST_F(ServerTest, RequestsAreRefusedWithTheCodeOfTheTable) {
  start();
  const Row rows[] = {
      {"GET", report + march, "", 401, "authentication.required"},
      {"GET", report, "", 401, "authentication.required"},
      {"GET", "/api/v2/organizations/me", "", 401, "authentication.required"},
      {"POST", events, "", 401, "authentication.required"},
      {"GET", report + "?startDate=%zz", "", 401, "authentication.required"},
      {"GET", report + "?startDate=%zz", "nobody", 403, "missing.any.permissions"},
      {"GET", report + march, "nobody", 403, "missing.any.permissions"},
      {"GET", report, "meter", 403, "missing.any.permissions"},
      {"POST", events, "reader", 403, "missing.any.permissions"},
      {"GET", "/tallystick/v1/catalog", "meter", 403, "missing.any.permissions"},
      {"POST", "/tallystick/v1/apply", "meter", 403, "missing.any.permissions"},
      {"GET", report, "reader", 400, "invalid.date"},
      {"GET", report + "?startDate=&endDate=2026-04-01T00:00:00Z", "reader", 400, "invalid.date"},
      {"GET", report + "?startDate=0001-01-01T00:00:00Z&endDate=2026-04-01T00:00:00Z", "reader", 400, "invalid.date"},
      {"GET", report + "?startDate=2026-02-30T00:00:00Z&endDate=2026-04-01T00:00:00Z", "reader", 400, "invalid.date"},
      {"GET", report + "?startDate=March&endDate=April", "reader", 400, "invalid.date"},
      {"GET", report + "?startDate=%zz", "reader", 400, "bad.request"},
      {"GET", report + "?startDate=2026-03-01T00:00:00Z&endDate=2026-03-01T00:00:00Z", "reader", 400,
       "constraint.validation"},
      {"GET", report + "?startDate=2024-01-01T00:00:00Z&endDate=2026-03-01T00:00:00Z", "reader", 400,
       "constraint.validation"},
      {"GET", own_report + march + "&organizationId=" + partner.to_string(), "meter", 403, "not.authorized"},
      {"GET", own_report + march + "&organizationId=" + stranger.to_string(), "meter", 403, "not.authorized"},
      {"GET", own_report + "?organizationId=nonsense", "meter", 403, "not.authorized"},
      {"GET", own_report + march + "&organizationId=" + stranger.to_string(), "root", 404, "not.found"},
      {"GET", own_report + march + "&organizationId=nonsense", "root", 404, "not.found"},
      {"GET", own_report + "?organizationId=nonsense", "root", 400, "invalid.date"},
      {"POST", "/tallystick/v1/apply?prune=perhaps", "root", 415, "unsupported.media.type"},
      {"GET", "/nothing", "", 404, "not.found"},
      {"GET", report + "/", "", 404, "not.found"},
      {"GET", "/tallystick/v1/clock", "root", 404, "not.found"},
      {"DELETE", report, "", 405, "method.not.allowed"},
      {"GET", events, "meter", 405, "method.not.allowed"},
      {"BREW", "/oauth/token", "", 405, "method.not.allowed"},
  };
  for (const Row& row : rows) {
    const WireAnswer answer = ask({.method = row.method,
                                   .target = row.target,
                                   .token = row.client.empty() ? "" : token_of(row.client),
                                   .content_type = {},
                                   .body = {},
                                   .headers = {}});
    EXPECT_EQ(answer.status, row.status) << row.method << " " << row.target << " as " << row.client;
    EXPECT_EQ(error_of(answer).code, row.code) << row.method << " " << row.target << " as " << row.client;
    EXPECT_EQ(error_of(answer).context_id, answer.header("ININ-Correlation-Id"));
    EXPECT_EQ(answer.header("Content-Type"), "application/json");
    EXPECT_EQ(answer.header("Allow").has_value(), row.status == 405);
  }
}

TEST_F(ServerTest, WhatIsRefusedBeforeItIsWholeHasItsCorrelationId) {
  start();
  const WireAnswer answer = ask({.method = "POST",
                                 .target = "/oauth/token",
                                 .token = {},
                                 .content_type = {},
                                 .body = std::string(70'000, 'x'),
                                 .headers = "ININ-Correlation-Id: mine-1\r\n"});
  EXPECT_EQ(answer.status, 413);
  EXPECT_EQ(answer.header("ININ-Correlation-Id"), "mine-1");
  EXPECT_EQ(error_of(answer).context_id, "mine-1");
}

TEST_F(ServerTest, DatesThatAreWrongAreNamed) {
  start();
  const wire::ErrorBody body = error_of(get(report + "?endDate=x", token_of("reader")));
  ASSERT_EQ(body.details->size(), 2U);
  EXPECT_EQ(body.details->at(0).field_name, "startDate");
  EXPECT_EQ(body.details->at(1).field_name, "endDate");
}

TEST_F(ServerTest, PermissionsAreListedInTheOrderOfTheTable) {
  start();
  const std::string listed =
      "[billing:subscription:read, billing:subscription:view, billing:subscription:create, "
      "billing:subscription:add]";
  const wire::ErrorBody body = error_of(get(report + march, token_of("nobody")));
  EXPECT_EQ(body.message,
            "Unable to perform the requested action. You must have at least one of the following "
            "permissions assigned: " +
                listed);
  EXPECT_EQ(body.message_params->at("permissions"), listed);
}

TEST_F(ServerTest, TokensThatAreNoneAreRefused) {
  start();
  const std::string reader = token_of("reader");
  EXPECT_EQ(get(report + march, reader).status, 200);
  EXPECT_EQ(error_of(get(report + march, reader + "x")).code, "bad.credentials");
  for (const std::string& header :
       {std::string("Authorization: Basic cmVhZGVyOng=\r\n"), std::string("Authorization: Bearer\r\n"),
        std::string("Authorization: Bearer \r\n"), "Authorization: " + reader + "\r\n"}) {
    const WireAnswer answer = ask(
        {.method = "GET", .target = report + march, .token = {}, .content_type = {}, .body = {}, .headers = header});
    EXPECT_EQ(answer.status, 401) << header;
    EXPECT_EQ(error_of(answer).code, "authentication.required") << header;
    EXPECT_EQ(answer.header("WWW-Authenticate"), "Bearer");
  }
  const WireAnswer lower = ask({.method = "GET",
                                .target = report + march,
                                .token = {},
                                .content_type = {},
                                .body = {},
                                .headers = "authorization: bearer " + reader + "\r\n"});
  EXPECT_EQ(lower.status, 200);
  ASSERT_TRUE(clock_.set(at("2026-04-02T00:00:00Z")));
  EXPECT_EQ(error_of(get(report + march, reader)).code, "bad.credentials") << "it has expired";
}

TEST_F(ServerTest, LogInIsRefusedInTheFormOfRfc6749) {
  start();
  const auto basic = [this](const std::string& credentials) {
    return ask({.method = "POST",
                .target = "/oauth/token",
                .token = {},
                .content_type = "application/x-www-form-urlencoded",
                .body = "grant_type=client_credentials",
                .headers = "Authorization: Basic " + credentials + "\r\n"});
  };
  EXPECT_EQ(basic("cmVhZGVyOnNlY3JldC1vZi1yZWFkZXI=").status, 200) << "reader:secret-of-reader";
  const WireAnswer wrong = basic("cmVhZGVyOndyb25n");
  EXPECT_EQ(wrong.status, 401);
  EXPECT_EQ(wrong.header("WWW-Authenticate"), "Basic realm=\"tallystick\"");
  const auto error = wire::from_json<wire::TokenError>(wrong.body);
  ASSERT_TRUE(error) << wrong.body;
  EXPECT_EQ(error->error, "invalid_client");
  EXPECT_EQ(error->description, error->error_description);
  EXPECT_FALSE(error->description->empty());

  const WireAnswer posted = log_in("reader", "wrong");
  EXPECT_EQ(posted.status, 401);
  EXPECT_EQ(posted.header("WWW-Authenticate"), std::nullopt);
  EXPECT_EQ(posted.header("Cache-Control"), "no-store");
  EXPECT_EQ(log_in("unknown", "wrong").body, posted.body) << "nobody learns which clients exist";
  EXPECT_EQ(log_in("reader", std::string(70'000, 'x')).status, 413);
}

TEST_F(ServerTest, SecretWithPercentAndPlusWorksAsSentAndEncoded) {
  // The hash is made here, because the same secret must be verified in one of two forms.
  core::OAuthClient odd = client("odd", bank, {});
  secrets_.remember("odd", odd.secret_hash, "a+b%21");
  store::CatalogChange change;
  change.put.clients.push_back(odd);
  ASSERT_TRUE(store_.save_catalog(change));
  start();
  for (const std::string credentials : {"b2RkOmErYiUyMQ==", "b2RkOmElMkJiJTI1MjE="}) {  // a+b%21 and a%2Bb%2521
    const WireAnswer answer = ask({.method = "POST",
                                   .target = "/oauth/token",
                                   .token = {},
                                   .content_type = "application/x-www-form-urlencoded",
                                   .body = "grant_type=client_credentials",
                                   .headers = "Authorization: Basic " + credentials + "\r\n"});
    EXPECT_EQ(answer.status, 200) << credentials << answer.body;
  }
}

struct EventsRow {
  std::string what;
  std::string content_type;
  std::string headers;
  std::string body;
  int status;
};

TEST_F(ServerTest, BodiesOfEventsAreRefusedForWhatIsWrongFirst) {
  settings.limits.body_bytes_max = 100'000;
  settings.limits.batch_events_max = 2;
  start();
  const std::string good = wire::event_to_json(usage({.id = "1"}));
  const std::string gzip = "Content-Encoding: gzip\r\n";
  const EventsRow rows[] = {
      {"no type", "", "", good, 415},
      {"another type", "application/json", "", good, 415},
      {"another charset", "application/cloudevents+json; charset=latin1", "", good, 415},
      {"another encoding", "application/cloudevents+json", "Content-Encoding: br\r\n", good, 415},
      {"type before size", "text/plain", gzip, gzipped(std::string(200'000, ' ')), 415},
      {"too large", "application/cloudevents+json", "", std::string(100'001, ' '), 413},
      {"too large once inflated", "application/cloudevents+json", gzip, gzipped(std::string(100'001, ' ')), 413},
      {"not gzip", "application/cloudevents+json", gzip, good, 400},
      {"cut", "application/cloudevents+json", gzip, gzipped(good).substr(0, 30), 400},
      {"not JSON", "application/cloudevents+json", "", "{", 400},
      {"empty", "application/cloudevents+json", "", "", 400},
      {"not an array", "application/cloudevents-batch+json", "", good, 400},
      {"too many", "application/cloudevents-batch+json", "", "[" + good + "," + good + "," + good + "]", 413},
      {"too many lines", ndjson_type, "", good + "\n" + good + "\n" + good, 413},
      {"good", "application/cloudevents+json", "", good, 200},
      {"good zstd", "application/cloudevents-batch+json", "Content-Encoding: zstd\r\n", zstandard("[" + good + "]"),
       200},
      {"no events at all", "application/cloudevents-batch+json", "", "[]", 200},
  };
  const std::string meter = token_of("meter");
  for (const EventsRow& row : rows) {
    const WireAnswer answer = ask({.method = "POST",
                                   .target = events,
                                   .token = meter,
                                   .content_type = row.content_type,
                                   .body = row.body,
                                   .headers = row.headers});
    EXPECT_EQ(answer.status, row.status) << row.what << ": " << answer.body;
  }
  EXPECT_EQ(store_.figures().events_stored, 1U) << "nothing of a refused body is stored";
}

TEST_F(ServerTest, ForeignOrganizationIsRefusedBeforeAnyFaultIsTold) {
  start();
  const std::string foreign = wire::event_to_json(usage({.id = "1", .organization = partner}));
  const std::string faulty = wire::event_to_json(usage({.id = "2", .product = "unknown"}));
  std::string foreign_faulty = foreign;
  foreign_faulty.replace(foreign_faulty.find("requests"), 8, "unknown!");
  const std::string meter = token_of("meter");
  const std::string bodies[] = {foreign, faulty + "\n" + foreign, foreign_faulty + "\n" + faulty};
  for (const std::string& body : bodies) {
    const WireAnswer answer = post(events, meter, ndjson_type, body);
    EXPECT_EQ(answer.status, 403) << body;
    EXPECT_EQ(error_of(answer).code, "not.authorized");
  }
  EXPECT_EQ(post(events, token_of("root"), ndjson_type, foreign).status, 200) << "an operator adds for everyone";
}

TEST_F(ServerTest, FaultsOfShapeAndOfRulesComeInTheOrderOfTheBody) {
  start();
  const std::string good = wire::event_to_json(usage({.id = "1"}));
  const std::string bad_rule = wire::event_to_json(usage({.id = "2", .product = "unknown"}));
  std::string bad_shape = wire::event_to_json(usage({.id = "3", .quantity = "17"}));
  bad_shape.replace(bad_shape.find("\"17\""), 4, "1.5");
  const WireAnswer lines = post(events, token_of("meter"), ndjson_type,
                                bad_rule + "\n\n" + bad_shape + "\n" + good + "\nrubbish\n" + bad_rule);
  ASSERT_EQ(lines.status, 400) << lines.body;
  std::vector<std::string> named;
  const wire::ErrorBody body = error_of(lines);
  for (const auto& detail : *body.details) named.push_back(*detail.field_name);
  EXPECT_EQ(named, (std::vector<std::string>{"/0/type", "/2/data/quantity", "/4", "/5/type"})) << lines.body;

  const WireAnswer single = post(events, token_of("meter"), "application/cloudevents+json", bad_rule);
  EXPECT_EQ(error_of(single).details->at(0).field_name, "/type");

  std::string many = bad_shape;
  for (int i = 0; i < 120; ++i) many.append("\n").append(bad_rule);
  EXPECT_EQ(error_of(post(events, token_of("meter"), ndjson_type, many)).details->size(), 100U);
  EXPECT_EQ(store_.figures().events_stored, 0U);
}

TEST_F(ServerTest, ConflictsAreNamedByTheirPlaceInTheBody) {
  start();
  const std::string first = wire::event_to_json(usage({.id = "1"}));
  const std::string other = wire::event_to_json(usage({.id = "1", .quantity = "2"}));
  const WireAnswer answer = post(events, token_of("meter"), ndjson_type, "\n" + first + "\n\n" + other);
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, R"({"accepted":1,"duplicates":0,"conflicts":[{"index":3,"source":"test","id":"1"}]})");
}

}  // namespace
}  // namespace tallystick::test
