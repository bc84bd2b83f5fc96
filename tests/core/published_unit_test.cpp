#include "tallystick/core/published_unit.hpp"

#include <gtest/gtest.h>

#include <utility>

namespace tallystick::core {
namespace {

TEST(PublishedUnit, KnowsEachNameOfTheEnumeration) {
  // billing-api.md, "Enumerations": BillingPlanItem.unitOfMeasure.
  for (const std::string_view name :
       {"Call",     "Character",  "Conversation", "Course",      "Day",         "EA",      "Each",
        "Employee", "Engagement", "Evaluation",   "Event",       "Exam",        "GB",      "Guide",
        "Hour",     "Ingestion",  "Instance",     "Interaction", "Invocation",  "Message", "MillionCharacters",
        "Minute",   "Person",     "PhoneNumber",  "Port",        "RateTable",   "Segment", "Session",
        "Stream",   "Summary",    "Token",        "Transaction", "Translation", "Turn",    "Unit",
        "User"}) {
    EXPECT_EQ(published_unit(name), name);
  }
}

TEST(PublishedUnit, LooksAtLettersAndDigitsAlone) {
  const std::pair<std::string_view, std::string_view> rows[] = {
      {"minute", "Minute"},
      {"MINUTE", "Minute"},
      {"gb", "GB"},
      {"ea", "EA"},
      {"each", "Each"},
      {"phone number", "PhoneNumber"},
      {"rate-table", "RateTable"},
      {" Million_Characters ", "MillionCharacters"},
      {"seat", "User"},
      {"Seat", "User"},
      {"user", "User"},
  };
  for (const auto& [unit, published] : rows) EXPECT_EQ(published_unit(unit), published) << unit;
}

TEST(PublishedUnit, CallsAnyOtherUnit) {
  for (const std::string_view unit : {"", "-", "licence", "minutes", "seats", "gb2", "us\u00e9r", "\u00fcser"}) {
    EXPECT_EQ(published_unit(unit), "Unit") << unit;
  }
}

}  // namespace
}  // namespace tallystick::core
