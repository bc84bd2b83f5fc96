#include "golden/answer_facts.hpp"

#include <set>

#include "tallystick/core/currency.hpp"
#include "tallystick/core/time.hpp"

namespace tallystick::golden {
namespace {

const std::string absent = "absent";

// Lines say these things always: what a case does not expect of them must not be there.
const std::set<std::string>& always_compared() {
  static const std::set<std::string> names{"name",          "totalUsage",     "peak",
                                           "usageQuantity", "prepayQuantity", "prepayPrice",
                                           "overagePrice",  "bundleQuantity", "usageNotes"};
  return names;
}

std::string text_of(bool value) {
  return value ? "true" : "false";
}

std::string text_of(const std::optional<core::Decimal>& value) {
  return value ? value->to_string() : absent;
}

std::string money(const std::optional<core::Decimal>& amount, int digits) {
  return amount ? amount->to_string_with_places(digits) : absent;
}

std::string start_of(core::Day day) {
  return core::to_string(core::TimePoint{day});
}

// The last moment before the day.
std::string end_before(core::Day day) {
  return core::to_string(core::TimePoint{day} - core::milliseconds{1});
}

// With `with_presence` each has its length too.
std::string listed(const std::vector<core::ListedResource>& resources, bool with_presence) {
  std::string text;
  for (const core::ListedResource& resource : resources) {
    if (!text.empty()) text += ", ";
    text += std::string(resource.name) + " " + core::to_string(resource.date);
    if (with_presence) text += " " + length_text(resource.presence);
  }
  return text;
}

void add_line(AnswerFacts& answer, const core::RatedLine& line, int digits) {
  const core::Product& product = *line.product;
  const bool is_fair_use = line.kind == core::RatedLine::Kind::fair_use;
  const std::string name = is_fair_use ? product.name + " fair use" : product.name;
  answer.lines->push_back({{"name", name},
                           {"partNumber", product.part_number},
                           {"grouping", is_fair_use ? "fair-use" : product.grouping},
                           {"unitOfMeasureType", product.unit},
                           {"usageQuantity", line.usage_quantity.to_string()},
                           {"prepayQuantity", line.prepay_quantity.to_string()},
                           {"prepayPrice", money(line.prepay_price, digits)},
                           {"overagePrice", money(line.overage_price, digits)},
                           {"bundleQuantity", text_of(line.bundle_quantity)},
                           {"usageNotes", line.usage_notes.empty() ? absent : line.usage_notes},
                           {"isThirdParty", text_of(product.third_party)},
                           {"isCancellable", text_of(product.cancellable)}});
  if (line.kind == core::RatedLine::Kind::product) {
    answer.charges[name] = {{"overage", line.overage_quantity.to_string()},
                            {"charge", line.charge.to_string_with_places(digits)}};
  }
}

// The names that are compared: those that are expected, and of lines those that always are.
void write(std::string& text, const Facts& shown, const Facts& expected, bool is_line, const std::string& indent) {
  std::set<std::string> names;
  for (const auto& [name, value] : expected) names.insert(name);
  for (const auto& [name, value] : shown) {
    if (is_line && always_compared().contains(name)) names.insert(name);
  }
  for (const std::string& name : names) {
    const auto found = shown.find(name);
    // What is absent is not written, so that leaving it out and saying so are the same.
    if (found == shown.end()) {
      if (!is_line) text += indent + name + " is not there\n";
    } else if (found->second != absent) {
      text.append(indent).append(name).append(": ").append(found->second).append("\n");
    }
  }
}

void write_lines(std::string& text, const std::optional<std::vector<Facts>>& shown,
                 const std::vector<Facts>& expected) {
  static const Facts nothing;
  if (!shown) {
    text += "no lines\n";
    return;
  }
  for (std::size_t i = 0; i < shown->size(); ++i) {
    text += "line " + std::to_string(i + 1) + "\n";
    write(text, (*shown)[i], i < expected.size() ? expected[i] : nothing, true, "  ");
  }
}

std::string text_of(const AnswerFacts& shown, const AnswerFacts& expected) {
  std::string text;
  write(text, shown.facts, expected.facts, false, "");
  if (expected.lines) write_lines(text, shown.lines, *expected.lines);
  for (const auto& [name, facts] : expected.charges) {
    text += "charge of " + name + "\n";
    const auto found = shown.charges.find(name);
    if (found != shown.charges.end()) write(text, found->second, facts, false, "  ");
  }
  return text;
}

}  // namespace

AnswerFacts facts_of(const app::BillingOverview& overview) {
  const core::Contract& contract = *overview.contract;
  const int digits = core::minor_digits(contract.currency).value();
  std::string enabled;
  for (const std::string& product : overview.enabled_products) enabled += (enabled.empty() ? "" : ", ") + product;
  AnswerFacts answer;
  answer.facts = {{"organization", overview.organization_name},
                  {"currency", contract.currency},
                  {"enabledProducts", enabled},
                  {"subscriptionType", contract.subscription_type},
                  {"rampPeriodStartDate", contract.ramp ? start_of(contract.ramp->start) : absent},
                  {"rampPeriodEndDate", contract.ramp ? end_before(contract.ramp->end) : absent},
                  {"billingPeriodStartDate", start_of(overview.period.start)},
                  {"billingPeriodEndDate", end_before(overview.period.end)},
                  {"contractAmendmentDate", overview.last_amendment ? start_of(*overview.last_amendment) : absent},
                  {"contractEffectiveDate", start_of(contract.effective)},
                  {"contractEndDate", end_before(contract.end)},
                  {"minimumMonthlyAmount", money(contract.minimum_monthly_amount, digits)},
                  {"inRampPeriod", text_of(overview.rated.is_ramp)},
                  {"minimumDifference", overview.rated.minimum_difference.to_string_with_places(digits)},
                  {"contract", contract.number}};
  answer.lines.emplace();
  for (const core::RatedLine& line : overview.rated.lines) add_line(answer, line, digits);
  return answer;
}

AnswerFacts facts_of(const app::BillableUsageReport& report) {
  AnswerFacts answer;
  answer.lines.emplace();
  for (const auto& product : report.products) {
    answer.lines->push_back({{"name", product.name},
                             {"totalUsage", product.total.to_string()},
                             {"resources", listed(product.resources, false)}});
  }
  return answer;
}

AnswerFacts facts_of(const app::ConcurrentUsageReport& report) {
  AnswerFacts answer;
  answer.lines.emplace();
  for (const auto& product : report.products) {
    const core::Concurrency& concurrency = product.concurrency;
    Facts& line = answer.lines->emplace_back();
    line = {{"name", product.name},
            {"partNumber", product.part_number},
            {"peak", std::to_string(product.peak)},
            {"levelCount", std::to_string(concurrency.levels.size())},
            {"hourCount", std::to_string(concurrency.hours.size())},
            {"resources", listed(product.resources, true)}};
    for (const auto& level : concurrency.levels) {
      line["levels " + std::to_string(level.count)] = length_text(level.length);
    }
    for (const auto& hour : concurrency.hours) {
      line["hours " + core::to_string(hour.time)] = std::to_string(hour.max);
    }
  }
  return answer;
}

ComparedAnswers compare(const AnswerFacts& actual, const AnswerFacts& expected) {
  return {text_of(actual, expected), text_of(expected, expected)};
}

}  // namespace tallystick::golden
