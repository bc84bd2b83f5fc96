#include "server/refusal.hpp"

#include <gtest/gtest.h>

#include "tallystick/wire/error_body.hpp"

namespace tallystick::server {
namespace {

wire::ErrorBody body_of(const Refusal& refusal) {
  return wire::from_json<wire::ErrorBody>(error_response(refusal, "context-1").body).value();
}

std::optional<std::string> header_of(const Response& response, std::string_view name) {
  for (const auto& [field, value] : response.headers) {
    if (field == name) return value;
  }
  return std::nullopt;
}

TEST(Refusal, ProblemsHaveTheStatusAndCodeOfTheWire) {
  using core::ProblemKind;
  const std::tuple<ProblemKind, int, std::string_view> rows[] = {
      {ProblemKind::malformed, 400, "bad.request"},
      {ProblemKind::invalid, 400, "constraint.validation"},
      {ProblemKind::invalid_date, 400, "invalid.date"},
      {ProblemKind::conflict, 409, "conflict"},
      {ProblemKind::bad_credentials, 401, "bad.credentials"},
      {ProblemKind::not_permitted, 403, "not.authorized"},
      {ProblemKind::not_found, 404, "not.found"},
      {ProblemKind::too_large, 413, "request.entity.too.large"},
      {ProblemKind::overloaded, 503, "service.unavailable"},
      {ProblemKind::storage_failed, 500, "internal.server.error"},
      {ProblemKind::internal, 500, "internal.server.error"},
  };
  for (const auto& [kind, status, code] : rows) {
    core::Problem problem;
    problem.kind = kind;
    problem.faults = {{"/0/id", "is missing"}};
    const Refusal refusal = refusal_of(problem);
    const Response response = error_response(refusal, "context-1");
    const wire::ErrorBody body = body_of(refusal);
    EXPECT_EQ(response.status, status);
    EXPECT_EQ(response.content_type, "application/json");
    EXPECT_EQ(body.status, status);
    EXPECT_EQ(body.code, code);
    EXPECT_EQ(body.context_id, "context-1");
    EXPECT_FALSE(body.message->empty()) << code;
  }
}

TEST(Refusal, PublishedWordsAreKept) {
  const std::pair<Situation, std::string_view> rows[] = {
      {Situation::bad_request, "The request could not be understood by the server due to malformed syntax."},
      {Situation::invalid_date, "Dates must be specified as ISO-8601 strings. For example: yyyy-MM-ddTHH:mm:ss.SSSZ"},
      {Situation::authentication_required, "No authentication bearer token specified in authorization header."},
      {Situation::bad_credentials, "Invalid login credentials."},
      {Situation::not_authorized, "You are not authorized to perform the requested action."},
      {Situation::not_found, "The requested resource was not found."},
  };
  for (const auto& [situation, words] : rows) {
    const wire::ErrorBody body = body_of(refuse(situation));
    EXPECT_EQ(body.message, words);
    EXPECT_FALSE(body.message_with_params) << "a message without parameters";
  }
}

TEST(Refusal, ParametersAreFilledInAndNamed) {
  const wire::ErrorBody body = body_of(refuse_query_value("maybe", "dryRun", "true, false"));
  EXPECT_EQ(body.code, "invalid.query.param.value");
  EXPECT_EQ(body.message, "Value [maybe] is not valid for parameter [dryRun]. Allowable values are: true, false");
  EXPECT_EQ(body.message_with_params,
            "Value [{value}] is not valid for parameter [{name}]. Allowable values are: {allowed}");
  const std::map<std::string, std::string> params{{"value", "maybe"}, {"name", "dryRun"}, {"allowed", "true, false"}};
  EXPECT_EQ(body.message_params, params);
  EXPECT_EQ(body_of(refuse_body_over(12)).message, "The request is over the size limit. Maximum bytes: 12");
}

TEST(Refusal, CallersTextIsShortenedAndMadePrintable) {
  const std::string sent = std::string("\xff\x01{name}") + std::string(10'000, 'x');
  const std::string shown = *body_of(refuse_query_value(sent, "prune", "true, false")).message;
  EXPECT_LT(shown.size(), 200U);
  EXPECT_NE(shown.find("[??{name}xxx"), std::string::npos) << shown;
}

TEST(Refusal, FaultsAreDetailsAndTheFirstIsTheMessage) {
  core::Problem problem;
  problem.kind = core::ProblemKind::invalid;
  for (int i = 0; i < 150; ++i) problem.faults.push_back({"/" + std::to_string(i) + "/id", "is missing"});
  const wire::ErrorBody body = body_of(refusal_of(problem));
  ASSERT_EQ(body.details->size(), 100U);
  EXPECT_EQ(body.details->at(99).field_name, "/99/id");
  EXPECT_EQ(body.details->at(99).error_code, "is missing");
  EXPECT_EQ(body.message, "/0/id: is missing (and 99 more in details)");
}

TEST(Refusal, WhatHappenedInsideIsForTheLogAlone) {
  for (const auto kind : {core::ProblemKind::storage_failed, core::ProblemKind::internal}) {
    core::Problem problem;
    problem.kind = kind;
    problem.message = "/var/lib/tallystick/000012.sst: checksum mismatch";
    problem.faults = {{"/secret", "detail"}};
    const Refusal refusal = refusal_of(problem);
    EXPECT_EQ(refusal.log_reason, problem.message);
    const std::string body = error_response(refusal, "context-1").body;
    EXPECT_EQ(body.find("sst"), std::string::npos) << body;
    EXPECT_EQ(body.find("/secret"), std::string::npos) << body;
  }
}

TEST(Refusal, HeadersSayHowToGoOn) {
  core::Problem problem;
  problem.kind = core::ProblemKind::overloaded;
  problem.retry_after_s = 7;
  EXPECT_EQ(header_of(error_response(refusal_of(problem), "c"), "Retry-After"), "7");
  problem.retry_after_s = 0;
  EXPECT_EQ(header_of(error_response(refusal_of(problem), "c"), "Retry-After"), "1") << "never at once";
  EXPECT_EQ(header_of(error_response(refuse(Situation::bad_credentials), "c"), "WWW-Authenticate"), "Bearer");
  EXPECT_EQ(header_of(error_response(refuse(Situation::not_found), "c"), "WWW-Authenticate"), std::nullopt);
}

}  // namespace
}  // namespace tallystick::server
