#include <gtest/gtest.h>

#include "cli/command_run.hpp"

namespace tallystick::cli_test {
namespace {

constexpr const char* catalog = R"(organizations:
  - {id: 11111111-1111-4111-8111-111111111111, name: Northwind Partners}
clients:
  - id: partner
    organization: 11111111-1111-4111-8111-111111111111
    secret: ${PARTNER_SECRET}
    permissions: ["billing:subscription:view"]
products:
  - key: api-requests
    name: API requests
    part_number: GC-170-NV-API
    grouping: resource
    unit: each
    metering: {kind: sum}
)";
constexpr const char* changes =
    R"({"created":["organization 11111111-1111-4111-8111-111111111111","product api-requests"],)"
    R"("updated":["client partner"],"removed":["product old one"],"unchanged":1234})";

class Apply : public testing::Test {
 protected:
  Apply() : run_([this](const HttpRequest&) { return answer_; }) {
    run_.environment["PARTNER_SECRET"] = "partner-secret-42";
    file_ = folder_.write("catalog.yaml", catalog);
  }

  TemporaryFolder folder_;
  std::string file_;
  ApiResult<HttpResponse> answer_ = answer(200, changes);
  CommandRun run_;
};

TEST_F(Apply, SendsTheCatalogWithItsSecrets) {
  EXPECT_EQ(run_({"apply", "-f", file_}), 0) << run_.err;
  EXPECT_EQ(run_.out, std::string(changes) + "\n");
  ASSERT_EQ(run_.calls().size(), 1U);
  const HttpRequest call = run_.calls()[0];
  EXPECT_EQ(call.method, "POST");
  EXPECT_EQ(call.url, "http://127.0.0.1:8080/tallystick/v1/apply?dryRun=false&prune=false");
  EXPECT_EQ(client_test::header_of(call, "Content-Type"), "application/json");
  EXPECT_NE(call.body.find(R"("secret":"partner-secret-42")"), std::string::npos) << call.body;
  EXPECT_NE(call.body.find(R"("key":"api-requests")"), std::string::npos) << call.body;
  EXPECT_EQ(run_.err.find("partner-secret-42"), std::string::npos);
}

TEST_F(Apply, TellsTheServerWhatToDoWithIt) {
  EXPECT_EQ(run_({"apply", "--file", file_, "--dry-run", "--prune"}), 0);
  EXPECT_EQ(run_.calls()[0].url, "http://127.0.0.1:8080/tallystick/v1/apply?dryRun=true&prune=true");
}

TEST_F(Apply, ReadsStandardInputInBothForms) {
  run_.input = catalog;
  EXPECT_EQ(run_({"apply", "-f", "-"}), 0) << run_.err;
  run_.input = run_.calls()[0].body;
  EXPECT_EQ(run_({"apply", "-f", "-"}), 0) << run_.err;
  ASSERT_EQ(run_.calls().size(), 2U);
  EXPECT_EQ(run_.calls()[1].body, run_.calls()[0].body);
}

TEST_F(Apply, ChangesAsATableAndAsCsv) {
  EXPECT_EQ(run_({"apply", "-f", file_, "--format", "table"}), 0);
  EXPECT_EQ(run_.out,
            "+ organization 11111111-1111-4111-8111-111111111111\n"
            "+ product api-requests\n"
            "~ client partner\n"
            "- product old one\n"
            "2 created, 1 updated, 1 removed, 1,234 unchanged\n");
  EXPECT_EQ(run_({"apply", "-f", file_, "--format", "csv"}), 0);
  EXPECT_EQ(run_.out,
            "change,kind,key\n"
            "created,organization,11111111-1111-4111-8111-111111111111\n"
            "created,product,api-requests\n"
            "updated,client,partner\n"
            "removed,product,old one\n");
  EXPECT_EQ(run_({"apply", "-f", file_, "--format", "table", "--dry-run"}), 0);
  EXPECT_TRUE(run_.out.ends_with("1,234 unchanged (dry run: nothing was changed)\n")) << run_.out;
}

TEST_F(Apply, FaultsOfTheFileHaveLineAndColumn) {
  std::string wrong = catalog;
  wrong.replace(wrong.find("part_number"), 11, "partnumber_");
  folder_.write("catalog.yaml", wrong);
  EXPECT_EQ(run_({"apply", "-f", file_}), 2);
  EXPECT_NE(run_.err.find(file_ + ":11:"), std::string::npos) << run_.err;
  EXPECT_NE(run_.err.find("partnumber_"), std::string::npos) << run_.err;
  EXPECT_NE(run_.err.find("nothing was sent"), std::string::npos) << run_.err;
  EXPECT_TRUE(run_.transport->requests().empty());
}

TEST_F(Apply, WhatIsNoCatalogIsRefused) {
  struct Row {
    const char* name;
    const char* text;
  };
  const Row rows[] = {
      {"a.yaml", "organizations: [\n"}, {"a.json", "{\"organizations\": "}, {"b.yaml", "- 1\n"}, {"c.json", "[]"}};
  for (const Row& row : rows) {
    const std::string file = folder_.write(row.name, row.text);
    EXPECT_EQ(run_({"apply", "-f", file}), 2) << row.text;
    EXPECT_TRUE(run_.err.starts_with(file + ":")) << run_.err;
    EXPECT_TRUE(run_.transport->requests().empty());
  }
  EXPECT_EQ(run_({"apply", "-f", folder_.path("missing.yaml")}), 2);
}

TEST_F(Apply, ASecretThatIsNotInTheEnvironmentIsNamed) {
  run_.environment.erase("PARTNER_SECRET");
  EXPECT_EQ(run_({"apply", "-f", file_}), 2);
  EXPECT_NE(run_.err.find(file_ + ":6:"), std::string::npos) << run_.err;
  EXPECT_NE(run_.err.find("PARTNER_SECRET"), std::string::npos) << run_.err;
}

TEST_F(Apply, FaultsThatTheServerFindsAreMappedToTheFile) {
  answer_ = answer(400, R"({"message":"refused","code":"constraint.validation","details":[)"
                        R"({"errorCode":"no organization has this id","fieldName":"/clients/0/organization"},)"
                        R"({"errorCode":"is needed","fieldName":"/products/0/fair_use/0"}]})");
  EXPECT_EQ(run_({"apply", "-f", file_}), 2);
  EXPECT_NE(run_.err.find(file_ + ":5:19: clients/0/organization: no organization has this id\n"), std::string::npos)
      << run_.err;
  // What the file does not spell out is placed at what encloses it.
  EXPECT_NE(run_.err.find(file_ + ":9:5: products/0/fair_use/0: is needed\n"), std::string::npos) << run_.err;
  EXPECT_NE(run_.err.find("nothing was changed"), std::string::npos) << run_.err;
  answer_ = answer(409, R"({"message":"conflict","code":"conflict","details":[)"
                        R"({"errorCode":"has usage, its unit stays","fieldName":"/products/0/unit"}]})");
  EXPECT_EQ(run_({"apply", "-f", file_}), 2);
  EXPECT_NE(run_.err.find(file_ + ":13:11: products/0/unit: has usage, its unit stays\n"), std::string::npos)
      << run_.err;
}

TEST_F(Apply, ErrorsWithoutPlacesAreTold) {
  answer_ = answer(403, R"({"message":"You may not.","code":"missing.any.permissions"})");
  EXPECT_EQ(run_({"apply", "-f", file_}), 4);
  EXPECT_NE(run_.err.find("You may not."), std::string::npos);
}

}  // namespace
}  // namespace tallystick::cli_test
