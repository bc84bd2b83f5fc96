// Every case of cases/*.yaml, from its catalog and events to its answers. A case needs no C++: README.md has its form.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <memory>
#include <sstream>

#include "app/apply_catalog.hpp"
#include "app/awaited.hpp"
#include "app/clock.hpp"
#include "app/ingest.hpp"
#include "app/verified_secrets.hpp"
#include "app/writer.hpp"
#include "golden/answer_facts.hpp"
#include "golden/golden_case.hpp"
#include "store/memory/memory_store.hpp"
#include "tallystick/wire/catalog_document.hpp"

namespace tallystick::golden {
namespace {

using test::Awaited;

core::TimePoint time_of(const std::string& text) {
  return core::parse_time(text).value();
}

std::string text_of(const core::Problem& problem) {
  std::string text = problem.message;
  for (const core::Fault& fault : problem.faults) text += "\n  " + fault.pointer + ": " + fault.message;
  return text;
}

// An answer that is an error, by the code that the address answers with.
AnswerFacts error_facts(const core::Problem& problem) {
  AnswerFacts answer;
  answer.facts["error"] = problem.kind == core::ProblemKind::not_found ? "not.found" : problem.message;
  return answer;
}

// The use cases around a store in memory, as a server has them.
class Service {
 public:
  explicit Service(const GoldenCase& golden) : clock_(time_of(golden.clock)) {}

  void apply(const std::string& text) {
    auto read = wire::read_catalog(text, wire::DocumentFormat::yaml, nullptr);
    if (!read) {
      for (const auto& fault : read.error().faults) ADD_FAILURE() << fault.pointer << ": " << fault.message;
      FAIL() << "the catalog was not read: " << read.error().message;
    }
    for (const core::Organization& organization : read->document.organizations) {
      organizations_[organization.name] = organization.id;
    }
    Awaited<Result<app::AppliedChanges, core::Problem>> applied;
    apply_.apply(std::move(read->document), {}, applied.callback());
    const auto answer = applied.take();
    ASSERT_TRUE(answer) << "the catalog was refused: " << text_of(answer.error());
  }

  void take(const std::vector<NamedEvent>& named, const ExpectedIngest& expected) {
    std::vector<core::Event> events;
    for (const NamedEvent& each : named) {
      events.push_back(each.event);
      std::visit([&](auto& event) { event.organization = id_of(each.organization); }, events.back());
    }
    Awaited<Result<app::IngestOutcome, app::IngestRefusal>> taken;
    ingest_.take(std::move(events), taken.callback());
    const auto answer = taken.take();
    if (!answer) {
      for (const auto& fault : answer.error().faults)
        ADD_FAILURE() << "event " << fault.index << ": " << fault.fault.message;
      FAIL() << "the events were refused: " << answer.error().problem.message;
    }
    EXPECT_EQ(answer->accepted, expected.accepted);
    EXPECT_EQ(answer->duplicates, expected.duplicates);
    EXPECT_EQ(answer->conflicts.size(), expected.conflicts);
  }

  AnswerFacts ask(const Question& question) {
    std::istringstream words(question.text);
    std::string what;
    std::string organization;
    words >> what >> organization;
    const core::TimePoint now = time_of(question.clock);
    if (what == "overview") {
      std::uint64_t index = 0;
      EXPECT_TRUE(words >> index) << question.text;
      const auto overview = app::billing_overview(*store_, current_, id_of(organization), index, now);
      return overview ? facts_of(*overview) : error_facts(overview.error());
    }
    std::string from;
    std::string to;
    EXPECT_TRUE(words >> from >> to) << question.text;
    const core::Period period{time_of(from), time_of(to)};
    if (what == "concurrent") {
      const auto report = app::concurrent_usage_report(*store_, current_, id_of(organization), period, now);
      return report ? facts_of(*report) : error_facts(report.error());
    }
    EXPECT_EQ(what, "report") << question.text;
    const auto report = app::billable_usage_report(*store_, current_, id_of(organization), period, now);
    return report ? facts_of(*report) : error_facts(report.error());
  }

 private:
  // Who is not in the catalog has an id that nobody knows.
  [[nodiscard]] core::OrganizationId id_of(const std::string& name) const {
    const auto found = organizations_.find(name);
    return found != organizations_.end() ? found->second
                                         : core::Uuid::parse("99999999-9999-4999-8999-999999999999").value();
  }

  static core::OAuthClient operator_client() {
    core::OAuthClient client;
    client.id = "operator";
    client.organization = core::operator_organization_id;
    return client;
  }

  std::map<std::string, core::OrganizationId> organizations_;
  std::unique_ptr<store::Store> store_ = store::make_memory_store();
  app::CurrentCatalog current_{app::load_current_catalog(*store_, operator_client()).value()};
  app::TestClock clock_;
  app::VerifiedSecrets secrets_{[](std::span<std::uint8_t> bytes) { std::ranges::fill(bytes, std::uint8_t{7}); }};
  app::Writer writer_{*store_, {}};
  app::ApplyCatalog apply_{*store_, writer_, current_, secrets_, clock_};
  app::Ingest ingest_{writer_, current_, clock_};
};

class Golden : public testing::TestWithParam<std::filesystem::path> {};

TEST_P(Golden, Case) {
  const GoldenCase golden = read_golden_case(GetParam());
  SCOPED_TRACE(GetParam().filename().string() + ": " + golden.name);
  Service service(golden);
  ASSERT_NO_FATAL_FAILURE(service.apply(golden.catalog));
  ASSERT_NO_FATAL_FAILURE(service.take(golden.events, golden.ingest));
  for (const Question& question : golden.questions) {
    ASSERT_NO_FATAL_FAILURE(service.take(question.events, {question.events.size(), 0, 0}));
    const ComparedAnswers answers = compare(service.ask(question), question.expected);
    EXPECT_EQ(answers.actual, answers.expected) << question.text << " at " << question.clock;
  }
}

std::vector<std::filesystem::path> case_files() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(TALLYSTICK_GOLDEN_CASES)) {
    if (entry.path().extension() == ".yaml") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

INSTANTIATE_TEST_SUITE_P(Cases, Golden, testing::ValuesIn(case_files()), [](const auto& file) {
  std::string name = file.param.stem().string();
  std::ranges::replace_if(
      name, [](unsigned char letter) { return std::isalnum(letter) == 0; }, '_');
  return name;
});

TEST(GoldenCases, AreAllThere) {
  EXPECT_GE(case_files().size(), 180U) << TALLYSTICK_GOLDEN_CASES;
}

}  // namespace
}  // namespace tallystick::golden
