#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <string>

#include "tallystick/wire/catalog_document.hpp"
#include "wire/fault_text.hpp"

namespace tallystick::wire {
namespace {

using core::MeteringKind;
using core::MeteringUnit;

// In YAML the metering begins at line 7, column 13.
Result<ReadCatalog, CatalogReadFailure> read_metering(std::string_view text,
                                                      DocumentFormat format = DocumentFormat::yaml) {
  const std::string yaml = "products:\n- key: k\n  name: n\n  part_number: p\n  grouping: g\n  unit: u\n  metering: ";
  const std::string json =
      R"({"products":[{"key":"k","name":"n","part_number":"p","grouping":"g","unit":"u","metering":)";
  if (format == DocumentFormat::json) return read_catalog(json + std::string(text) + "}]}", format, {});
  return read_catalog(yaml + std::string(text) + "\n", format, {});
}

// What follows the pointer of the metering.
Texts faults_in(std::string_view text, DocumentFormat format = DocumentFormat::yaml) {
  const auto read = read_metering(text, format);
  if (read) return {};
  EXPECT_FALSE(read.error().malformed) << read.error().message;
  Texts faults = texts_of(read.error().faults);
  const std::string_view metering = "/products/0/metering";
  for (std::string& fault : faults) {
    EXPECT_TRUE(fault.starts_with(metering)) << fault;
    fault.erase(0, metering.size());
  }
  return faults;
}

const std::string unknown_kind = "must be one of unique, sum, max, latest, duration, concurrent";
const std::string unknown_unit = "must be one of hour, minute, second";
const std::string no_text = "must be a string";
const std::string no_integer = "must be an integer of at most 64 bits";

TEST(MeteringRead, EveryKindIsTakenAsItStands) {
  const struct {
    std::string_view text;
    core::Metering metering;
  } rows[] = {
      {"{kind: unique}", {MeteringKind::unique, {}, {}, {}, {}}},
      {"{kind: sum}", {MeteringKind::sum, {}, {}, {}, {}}},
      {"{kind: max}", {MeteringKind::max, {}, {}, {}, {}}},
      {"{kind: latest}", {MeteringKind::latest, {}, {}, {}, {}}},
      {"{kind: duration}", {MeteringKind::duration, {}, {}, {}, {}}},
      {"{kind: concurrent}", {MeteringKind::concurrent, {}, {}, {}, {}}},
      {"{unit: hour, kind: duration}", {MeteringKind::duration, {}, {}, {}, MeteringUnit::hour}},
      {"{kind: duration, unit: minute, step_seconds: 86400}",
       {MeteringKind::duration, {}, {}, 86'400, MeteringUnit::minute}},
      {"{kind: duration, unit: second, step_seconds: ~}", {MeteringKind::duration, {}, {}, {}, MeteringUnit::second}},
      {"{kind: concurrent, family: cx, rank: 4}", {MeteringKind::concurrent, "cx", 4, {}, {}}},
      {"{kind: unique, family: 7, rank: -9223372036854775808}",
       {MeteringKind::unique, "7", std::numeric_limits<std::int64_t>::min(), {}, {}}},
  };
  for (const auto& row : rows) {
    const auto read = read_metering(row.text);
    ASSERT_TRUE(read.has_value()) << row.text << texts_of(read.error().faults).front();
    EXPECT_EQ(read->document.products.at(0).metering, row.metering) << row.text;
  }
}

TEST(MeteringRead, WhatGoesTogetherIsDecidedByWhoAppliesIt) {
  const auto read = read_metering("{kind: sum, family: '', rank: -1, step_seconds: 0, unit: hour}");
  ASSERT_TRUE(read.has_value());
  const core::Metering expected{MeteringKind::sum, "", -1, 0, MeteringUnit::hour};
  EXPECT_EQ(read->document.products.at(0).metering, expected);
}

TEST(MeteringRead, FaultsAtTheirPlaces) {
  const struct {
    std::string text;
    Texts faults;
  } rows[] = {
      {"sum", {": line 7, column 13: must be an object"}},
      {"~", {": line 7, column 13: is required"}},
      {"{}", {"/kind: line 7, column 13: is required"}},
      {"{kind: average}", {"/kind: line 7, column 20: " + unknown_kind}},
      {"{kind: ''}", {"/kind: line 7, column 20: " + unknown_kind}},
      {"{kind: [sum]}", {"/kind: line 7, column 20: " + no_text}},
      {"{kind: Sum, rank: 1.5}",
       {"/kind: line 7, column 20: " + unknown_kind, "/rank: line 7, column 31: " + no_integer}},
      {"{kind: unique, family: [cx]}", {"/family: line 7, column 36: " + no_text}},
      {"{kind: unique, rank: third}", {"/rank: line 7, column 34: " + no_integer}},
      {"{kind: unique, rank: \"3\"}", {"/rank: line 7, column 34: " + no_integer}},
      {"\n    kind: duration\n    step_seconds: 9223372036854775808",
       {"/step_seconds: line 9, column 19: " + no_integer}},
      {"{kind: duration, step_seconds: 0.5}", {"/step_seconds: line 7, column 44: " + no_integer}},
      {"\n    kind: duration\n    unit: day", {"/unit: line 9, column 11: " + unknown_unit}},
      {"{kind: duration, unit: minutes}", {"/unit: line 7, column 36: " + unknown_unit}},
      {"{kind: duration, unit: 1}", {"/unit: line 7, column 36: " + unknown_unit}},
      {"{kind: duration, unit: {}}", {"/unit: line 7, column 36: " + no_text}},
      {"{kind: duration, steps: 6}",
       {"/steps: line 7, column 30: is no key that is known here; known are kind, family, rank, step_seconds, unit"}},
      {"{kind: unique, familly: cx}",
       {"/familly: line 7, column 28: is no key that is known here; did you mean \"family\"?"}},
      {"{kind: unique, rank: 1, rank: 1}", {"/rank: line 7, column 37: stands twice in this object"}},
  };
  for (const auto& row : rows) EXPECT_EQ(faults_in(row.text), row.faults) << row.text;
}

TEST(MeteringRead, JsonIsAsStrict) {
  const struct {
    std::string text;
    std::string fault;
  } rows[] = {
      {R"({"kind":7})", "/kind: " + no_text},
      {R"({"kind":"Unique"})", "/kind: " + unknown_kind},
      {R"({"kind":"sum","family":7})", "/family: " + no_text},
      {R"({"kind":"sum","rank":3.0})", "/rank: " + no_integer},
      {R"({"kind":"sum","step_seconds":"6"})", "/step_seconds: " + no_integer},
      {R"({"kind":"duration","unit":"Hour"})", "/unit: " + unknown_unit},
  };
  for (const auto& row : rows) EXPECT_EQ(faults_in(row.text, DocumentFormat::json), Texts{row.fault}) << row.text;
  EXPECT_EQ(faults_in(R"({"kind":"concurrent","family":"cx","rank":3,"unit":null})", DocumentFormat::json), Texts{});
}

}  // namespace
}  // namespace tallystick::wire
