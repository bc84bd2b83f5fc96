#include "store/conformance/conformance.hpp"

namespace tallystick::store::test {
namespace {

using CommitConformance = Conformance;
INSTANTIATE_TEST_SUITE_P(All, CommitConformance, testing::ValuesIn(all_adapters()), name_of);

constexpr std::string_view from = "2026-03-01T00:00:00Z";
constexpr std::string_view to = "2026-04-01T00:00:00Z";

Used event(const std::string& id, const std::string& amount = "1") {
  return {.id = id, .time = "2026-03-04T09:15:00Z", .quantity = amount};
}

core::Decimal sum(Store& store) {
  const Seen all = seen(store, from, to);
  return all.empty() ? core::Decimal() : all.at("minutes").at("ana").sum;
}

TEST_P(CommitConformance, EventsAreCountedAndKept) {
  const BatchOutcome outcome = commit(store(), {used(event("a", "1.5")), used(event("b", "2"))});
  EXPECT_EQ(outcome.accepted, 2U);
  EXPECT_EQ(sum(store()), quantity("3.5"));
  reopen();
  EXPECT_EQ(sum(store()), quantity("3.5"));
}

TEST_P(CommitConformance, ARepeatIsADuplicateForEver) {
  commit(store(), {used(event("a", "1.0"))});
  for (int round = 0; round < 3; ++round) {
    const BatchOutcome outcome = commit(store(), {used(event("a", "1")), used(event("b" + std::to_string(round)))});
    EXPECT_EQ(outcome.duplicates, 1U);
    EXPECT_EQ(outcome.accepted, 1U);
    EXPECT_TRUE(outcome.conflicts.empty());
    reopen();
  }
  EXPECT_EQ(sum(store()), quantity("4"));
}

struct Change {
  const char* what;
  std::function<void(Used&)> change;
};

TEST_P(CommitConformance, ARepeatWithOtherContentIsAConflictAndChangesNothing) {
  const std::vector<Change> changes{
      {"quantity", [](Used& e) { e.quantity = "2"; }},
      {"time", [](Used& e) { e.time = "2026-03-04T09:15:00.001Z"; }},
      {"product", [](Used& e) { e.product = "devices"; }},
      {"resource", [](Used& e) { e.resource = "ben"; }},
      {"until", [](Used& e) { e.until = "2026-03-04T10:00:00Z"; }},
  };
  commit(store(), {used(event("a"))});
  const Seen before = seen(store(), from, to);
  for (const Change& change : changes) {
    Used other = event("a");
    change.change(other);
    const BatchOutcome outcome = commit(store(), {used(event("a")), used(other)});
    EXPECT_EQ(outcome.duplicates, 1U) << change.what;
    EXPECT_EQ(outcome.conflicts, std::vector<std::uint32_t>{1}) << change.what;
    EXPECT_EQ(outcome.accepted, 0U) << change.what;
    reopen();
  }
  EXPECT_EQ(seen(store(), from, to), before);
}

TEST_P(CommitConformance, APairIsKnownWithinItsBatchAndItsGroup) {
  const auto outcomes = commit_group(
      store(), {{used(event("a")), used(event("a")), used(event("a", "7"))}, {used(event("a")), used(event("b"))}});
  EXPECT_EQ(outcomes[0].accepted, 1U);
  EXPECT_EQ(outcomes[0].duplicates, 1U);
  EXPECT_EQ(outcomes[0].conflicts, std::vector<std::uint32_t>{2});
  EXPECT_EQ(outcomes[1].accepted, 1U);
  EXPECT_EQ(outcomes[1].duplicates, 1U);
  EXPECT_EQ(sum(store()), quantity("2"));
}

TEST_P(CommitConformance, APairIsSourceAndIdWithinAnOrganization) {
  Used other_source = event("a");
  other_source.source = "t";
  Used shifted = event("");
  shifted.source = "sa";  // the same bytes in a row as (s, a)
  Used other_organization = event("a");
  other_organization.organization = organization(2);
  const BatchOutcome outcome =
      commit(store(), {used(event("a")), used(other_source), used(shifted), used(other_organization)});
  EXPECT_EQ(outcome.accepted, 4U);
  EXPECT_EQ(sum(store()), quantity("3"));
}

TEST_P(CommitConformance, AnEmptyGroupAndAnEmptyBatchAreFine) {
  EXPECT_TRUE(commit_group(store(), {}).empty());
  EXPECT_EQ(commit(store(), std::vector<core::Event>{}).accepted, 0U);
}

TEST_P(CommitConformance, AVoidTakesItsTargetOutWhereverItIs) {
  commit(store(), {used(event("a", "5")), used(event("b", "7"))});
  EXPECT_EQ(commit(store(), {voided("va", "a")}).accepted, 1U);
  EXPECT_EQ(sum(store()), quantity("7"));
  reopen();
  EXPECT_EQ(sum(store()), quantity("7"));
  commit(store(), {used(event("c", "1")), voided("vc", "c")});
  commit(store(), {voided("vb", "b")});
  reopen();
  EXPECT_TRUE(seen(store(), from, to).empty());
}

TEST_P(CommitConformance, AVoidWaitsForItsTarget) {
  commit(store(), {voided("va", "a"), used(event("b", "3"))});
  commit(store(), {used(event("x")), used(event("y"))});
  reopen();
  const BatchOutcome late = commit(store(), {used(event("a", "100"))});
  EXPECT_EQ(late.accepted, 1U);
  EXPECT_EQ(sum(store()), quantity("5"));
  reopen();
  EXPECT_EQ(sum(store()), quantity("5"));
  EXPECT_EQ(commit(store(), {used(event("a", "100"))}).duplicates, 1U);
  EXPECT_EQ(sum(store()), quantity("5"));
}

TEST_P(CommitConformance, AVoidBeforeItsTargetInOneBatch) {
  EXPECT_EQ(commit(store(), {voided("va", "a"), used(event("a", "100")), used(event("b"))}).accepted, 3U);
  EXPECT_EQ(sum(store()), quantity("1"));
}

TEST_P(CommitConformance, VoidingTwiceIsVoidingOnce) {
  commit(store(), {used(event("a", "5")), used(event("b", "7"))});
  EXPECT_EQ(commit(store(), {voided("v1", "a"), voided("v2", "a")}).accepted, 2U);
  reopen();
  EXPECT_EQ(commit(store(), {voided("v3", "a")}).accepted, 1U);
  EXPECT_EQ(sum(store()), quantity("7"));
}

TEST_P(CommitConformance, AVoidHasItsOwnPair) {
  commit(store(), {used(event("a", "5")), voided("v", "a")});
  EXPECT_EQ(commit(store(), {voided("v", "a")}).duplicates, 1U);
  EXPECT_EQ(commit(store(), {voided("v", "b")}).conflicts, std::vector<std::uint32_t>{0});
  EXPECT_EQ(commit(store(), {used(event("v"))}).conflicts, std::vector<std::uint32_t>{0});
  EXPECT_EQ(commit(store(), {voided("a", "z")}).conflicts, std::vector<std::uint32_t>{0});
  EXPECT_TRUE(seen(store(), from, to).empty());
}

TEST_P(CommitConformance, AVoidOfAVoidRefusesItsWholeBatch) {
  commit(store(), {used(event("a", "5")), voided("v", "a")});
  reopen();
  const auto outcomes = commit_group(
      store(),
      {{used(event("b")), voided("w", "v"), used(event("a", "6")), voided("x", "v")}, {used(event("c", "2"))}});
  EXPECT_EQ(outcomes[0].refused_voids, (std::vector<std::uint32_t>{1, 3}));
  EXPECT_EQ(outcomes[0].accepted + outcomes[0].duplicates + outcomes[0].conflicts.size(), 0U);
  EXPECT_EQ(outcomes[1].accepted, 1U);
  EXPECT_EQ(sum(store()), quantity("2"));
  // Nothing of it is known: not the event before the refused void, nor the void's own pair.
  EXPECT_EQ(commit(store(), {used(event("b")), used(event("w"))}).accepted, 2U);
}

TEST_P(CommitConformance, AVoidOfAVoidIsSeenWithinItsBatchAndItsGroup) {
  EXPECT_EQ(commit_group(store(), {{voided("v", "a"), voided("w", "v")}})[0].refused_voids,
            std::vector<std::uint32_t>{1});
  const auto outcomes = commit_group(store(), {{voided("v", "a")}, {used(event("n")), voided("w", "v")}});
  EXPECT_EQ(outcomes[0].accepted, 1U);
  EXPECT_EQ(outcomes[1].refused_voids, std::vector<std::uint32_t>{1});
  EXPECT_TRUE(seen(store(), from, to).empty());
}

TEST_P(CommitConformance, ARefusedBatchLeavesNothingForTheNextOne) {
  commit(store(), {voided("v", "gone")});
  // The refused batch marks `a` as awaited, stores `b` and names a new organization and product.
  Used elsewhere = event("e");
  elsewhere.organization = organization(9);
  elsewhere.product = "devices";
  const auto outcomes = commit_group(store(), {{voided("w", "a"), used(event("b")), used(elsewhere), voided("x", "v")},
                                               {used(event("a", "4")), used(event("b", "8"))}});
  EXPECT_EQ(outcomes[0].refused_voids, std::vector<std::uint32_t>{3});
  EXPECT_EQ(outcomes[1].accepted, 2U);
  reopen();
  EXPECT_EQ(sum(store()), quantity("12"));
  EXPECT_FALSE(*store().organization_has_usage(organization(9)));
  EXPECT_FALSE(*store().product_has_usage("devices"));
}

TEST_P(CommitConformance, AVoidThatArrivesForAWaitingVoidKeepsItsEffect) {
  commit(store(), {used(event("a", "5")), used(event("b", "7"))});
  commit(store(), {voided("w", "v")});
  reopen();
  EXPECT_EQ(commit(store(), {voided("v", "a")}).accepted, 1U);
  EXPECT_EQ(sum(store()), quantity("7"));
  reopen();
  EXPECT_EQ(sum(store()), quantity("7"));
}

TEST_P(CommitConformance, AKnownPairIsDecidedBeforeItsTarget) {
  commit(store(), {voided("w", "v")});
  commit(store(), {voided("v", "a")});
  // w's target is a void by now, but w itself is stored: a repeat, not a refusal.
  const auto outcome = commit_group(store(), {{voided("w", "v")}})[0];
  EXPECT_EQ(outcome.duplicates, 1U);
  EXPECT_TRUE(outcome.refused_voids.empty());
}

TEST_P(CommitConformance, AVoidReachesItsOwnOrganizationAlone) {
  Used other = event("a", "9");
  other.organization = organization(2);
  commit(store(), {used(event("a", "5")), used(other)});
  commit(store(), {voided("v", "a", organization(2))});
  EXPECT_EQ(sum(store()), quantity("5"));
  EXPECT_TRUE(seen(store(), organization(2), {at(from), at(to)}).empty());
}

TEST_P(CommitConformance, UsageIsToldByOrganizationAndProduct) {
  EXPECT_FALSE(*store().organization_has_usage(bank));
  EXPECT_FALSE(*store().product_has_usage("minutes"));
  commit(store(), {used(event("a"))});
  commit(store(), {voided("v", "a"), voided("v", "a", organization(3))});
  reopen();
  EXPECT_TRUE(*store().organization_has_usage(bank));
  EXPECT_TRUE(*store().organization_has_usage(organization(3)));
  EXPECT_FALSE(*store().organization_has_usage(organization(4)));
  EXPECT_TRUE(*store().product_has_usage("minutes"));
  EXPECT_FALSE(*store().product_has_usage("minute"));
}

TEST_P(CommitConformance, FiguresCountAcceptedEvents) {
  commit(store(), {used(event("a")), used(event("a")), used(event("b")), voided("v", "a")});
  EXPECT_EQ(store().figures().events_stored, 3U);
  reopen();
  EXPECT_EQ(store().figures().events_stored, 3U);
  if (is_durable()) {
    EXPECT_GT(store().figures().bytes_on_disk, 0U);
  }
}

}  // namespace
}  // namespace tallystick::store::test
