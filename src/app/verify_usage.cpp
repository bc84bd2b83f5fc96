#include "app/verify_usage.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "tallystick/core/aggregate.hpp"
#include "tallystick/core/presence.hpp"

namespace tallystick::app {
namespace {

/// One resource's moments, folded from events whose texts go at once. It remembers the last event itself: of two at one
/// time the greater (source, id) decides.
class Recount {
 public:
  [[nodiscard]] Status<core::DecimalFault> add(const core::MeteredEvent& event) {
    const bool is_last = fold_.is_empty() || event.time > fold_.aggregate().last_time ||
                         (event.time == fold_.aggregate().last_time &&
                          event.name() > std::pair<std::string_view, std::string_view>(source_, id_));
    if (is_last) {
      source_ = event.source;
      id_ = event.id;
      last_quantity_ = event.quantity;
    }
    core::MeteredEvent nameless = event;
    nameless.source = {};
    nameless.id = {};
    auto added = fold_.add(nameless);
    if (added) fold_.settle_last(last_quantity_);
    return added;
  }
  [[nodiscard]] const core::ResourceAggregate& aggregate() const { return fold_.aggregate(); }

 private:
  core::AggregateFold fold_;
  std::string source_;
  std::string id_;
  core::Decimal last_quantity_;
};

struct Recounted {
  std::unordered_map<core::ResourceNumber, Recount> moments;
  std::map<core::Day, std::vector<core::Presence>> presence;
};

// Resources whose totals differ: how many, and the one that the store saw first.
struct Difference {
  std::uint64_t count = 0;
  core::ResourceNumber resource{};
  std::optional<core::ResourceAggregate> found;
  std::optional<core::ResourceAggregate> expected;

  void add(core::ResourceNumber number, std::optional<core::ResourceAggregate> stored,
           std::optional<core::ResourceAggregate> right) {
    if (stored == right) return;
    if (++count > 1 && resource < number) return;
    resource = number;
    found = std::move(stored);
    expected = std::move(right);
  }
};

std::string text_of(const std::optional<core::ResourceAggregate>& usage) {
  if (!usage) return "absent";
  return std::to_string(usage->count) + (usage->count == 1 ? " event" : " events") + " with the sum " +
         usage->sum.to_string();
}

// The first field that differs; of usage that only one side has, all of it.
Finding finding_of(std::string where, const std::optional<core::ResourceAggregate>& found,
                   const std::optional<core::ResourceAggregate>& expected) {
  if (!found || !expected) return {std::move(where), "usage", text_of(found), text_of(expected)};
  const auto finding = [&](std::string what, std::string wrong, std::string right) {
    return Finding{std::move(where), std::move(what), std::move(wrong), std::move(right)};
  };
  if (found->sum != expected->sum) return finding("sum", found->sum.to_string(), expected->sum.to_string());
  if (found->count != expected->count) {
    return finding("number of events", std::to_string(found->count), std::to_string(expected->count));
  }
  if (found->max != expected->max)
    return finding("largest quantity", found->max.to_string(), expected->max.to_string());
  if (found->first_seen != expected->first_seen) {
    return finding("first event's time", core::to_string(found->first_seen), core::to_string(expected->first_seen));
  }
  if (found->last_time != expected->last_time) {
    return finding("last event's time", core::to_string(found->last_time), core::to_string(expected->last_time));
  }
  return finding("last quantity", found->last_quantity.to_string(), expected->last_quantity.to_string());
}

/// The check of one organization and month.
class MonthCheck {
 public:
  MonthCheck(const store::UsageSnapshot& usage, const core::OrganizationId& organization, const core::Period& month,
             Verification& verification)
      : usage_(usage),
        organization_(organization),
        month_(month),
        where_("organization " + organization.to_string() + ", month " +
               core::to_string(core::day_of(month.start)).substr(0, std::string_view("yyyy-MM").size())),
        verification_(verification) {}

  void run() {
    if (const auto read = fold_events(); !read) return find(unreadable(where_, "list of events", read.error()));
    if (has_overflow_) return;  // the store cannot add these up either
    if (const auto read = compare_resources(); !read) find(unreadable(where_, "usage", read.error()));
    if (const auto read = compare_pools(); !read) find(unreadable(where_, "usage of whole products", read.error()));
    if (const auto read = compare_presence(); !read) find(unreadable(where_, "presence", read.error()));
  }

 private:
  void find(Finding finding) { verification_.findings.push_back(std::move(finding)); }

  [[nodiscard]] std::string where(std::string_view product) const {
    return where_ + ", product " + std::string(product);
  }
  [[nodiscard]] std::string name_of(core::ResourceNumber resource) const {
    const std::array<core::ResourceNumber, 1> number{resource};
    const auto names = usage_.names_of(number);
    return names ? std::string(names->front()) : "without a name";
  }

  [[nodiscard]] store::StoreStatus fold_events() {
    return usage_.events(organization_, month_, [this](const store::CountingEvent& counting) {
      const core::MeteredEvent& event = counting.event;
      // One that began in an earlier month was counted there.
      if (event.time >= month_.start) ++verification_.events;
      Recounted& product = products_.try_emplace(std::string(counting.product)).first->second;
      if (event.until) return add_interval(product, counting);
      if (product.moments[counting.resource].add(event) || has_overflow_) return;
      has_overflow_ = true;
      find({where(counting.product) + ", resource " + name_of(counting.resource), "sum", "too large to be added up",
            "smaller; void the mistaken events"});
    });
  }

  void add_interval(Recounted& product, const store::CountingEvent& counting) const {
    const auto part = month_.intersection({counting.event.time, *counting.event.until});
    if (!part) return;
    for (core::Day day = core::day_of(part->start); core::TimePoint{day} < part->end; day += std::chrono::days{1}) {
      if (const auto piece = core::presence_on(day, counting.resource, *part)) product.presence[day].push_back(*piece);
    }
  }

  [[nodiscard]] store::StoreStatus compare_resources() {
    std::map<std::string, Difference, std::less<>> differences;
    auto read = usage_.usage(
        organization_, month_, [](std::string_view) { return false; },
        [&](const store::ProductUsage& stored) {
          const std::string key(stored.product);
          Difference& difference = differences[key];
          const auto product = products_.find(key);
          std::unordered_set<core::ResourceNumber> are_there;
          for (const core::ResourceUsage& resource : stored.resources) {
            are_there.insert(resource.resource);
            difference.add(resource.resource, resource.usage, expected(product, resource.resource));
          }
          if (product == products_.end()) return;
          for (const auto& [resource, recount] : product->second.moments) {
            if (!are_there.contains(resource)) difference.add(resource, std::nullopt, recount.aggregate());
          }
        });
    if (!read) return read;
    for (const auto& [key, product] : products_) {
      if (product.moments.empty() || differences.contains(key)) continue;
      Difference& difference = differences[key];
      for (const auto& [resource, recount] : product.moments)
        difference.add(resource, std::nullopt, recount.aggregate());
    }
    for (const auto& [key, difference] : differences) {
      if (difference.count == 0) continue;
      std::string place = where(key) + ", resource " + name_of(difference.resource);
      if (difference.count > 1) place += " (1 of " + std::to_string(difference.count) + " that differ)";
      find(finding_of(std::move(place), difference.found, difference.expected));
      wrong_products_.insert(key);
    }
    return read;
  }

  // A product whose resources differ is named already.
  [[nodiscard]] store::StoreStatus compare_pools() {
    std::map<std::string, core::ResourceAggregate, std::less<>> stored;
    auto read = usage_.usage(
        organization_, month_, [](std::string_view) { return true; },
        [&](const store::ProductUsage& product) {
          if (product.resources.empty()) return;
          core::ResourceAggregate pool = product.resources.front().usage;
          pool.last_quantity = {};  // says nothing
          stored.emplace(product.product, pool);
        });
    if (!read) return read;
    for (const auto& [key, product] : products_) {
      auto found = stored.extract(key);
      if (wrong_products_.contains(key)) continue;
      const auto right = pool_of(product);
      const auto wrong = found.empty() ? std::nullopt : std::optional(found.mapped());
      if (right != wrong) find(finding_of(where(key) + ", all resources", wrong, right));
    }
    for (const auto& [key, pool] : stored) {
      if (!wrong_products_.contains(key)) find(finding_of(where(key) + ", all resources", pool, std::nullopt));
    }
    return read;
  }

  [[nodiscard]] static std::optional<core::ResourceAggregate> pool_of(const Recounted& product) {
    if (product.moments.empty()) return std::nullopt;
    core::AggregateFold pool;
    for (const auto& [resource, recount] : product.moments) {
      // What does not fit differs from whatever is stored.
      if (!pool.add(core::AggregateFold(recount.aggregate(), false))) return std::nullopt;
    }
    core::ResourceAggregate sum = pool.aggregate();
    sum.last_quantity = {};
    return sum;
  }

  [[nodiscard]] store::StoreStatus compare_presence() {
    std::map<std::string, std::pair<Finding, std::uint64_t>, std::less<>> differences;
    const auto compare = [&](std::string_view key, core::Day day, std::span<const core::Presence> found,
                             std::span<const core::Presence> expected) {
      if (std::ranges::equal(found, expected)) return;
      const auto [known, is_new] = differences.try_emplace(std::string(key));
      if (is_new) known->second.first = presence_finding(key, day, found, expected);
      ++known->second.second;
    };
    auto read =
        usage_.presence(organization_, month_, [&](core::Day day, std::span<const core::ProductPresence> products) {
          for (const core::ProductPresence& product : products) {
            compare(product.product, day, product.pieces, take_presence(product.product, day));
          }
        });
    if (!read) return read;
    for (auto& [key, product] : products_) {
      while (!product.presence.empty()) {
        const core::Day day = product.presence.begin()->first;
        compare(key, day, {}, take_presence(key, day));
      }
    }
    for (auto& [key, difference] : differences) {
      auto& [finding, days] = difference;
      if (days > 1) finding.where += " (1 of " + std::to_string(days) + " days that differ)";
      find(std::move(finding));
    }
    return read;
  }

  // The presence by the events, which is not needed again.
  [[nodiscard]] std::vector<core::Presence> take_presence(std::string_view key, core::Day day) {
    const auto product = products_.find(key);
    if (product == products_.end()) return {};
    auto pieces = product->second.presence.extract(day);
    if (pieces.empty()) return {};
    core::merge_presence(pieces.mapped());
    return std::move(pieces.mapped());
  }

  [[nodiscard]] Finding presence_finding(std::string_view key, core::Day day, std::span<const core::Presence> found,
                                         std::span<const core::Presence> expected) const {
    const auto [wrong, right] = std::ranges::mismatch(found, expected);
    const auto text = [&](auto piece, auto end) {
      if (piece == end) return std::string("absent");
      const auto time = [&](std::uint32_t ms) {
        return core::to_string(core::TimePoint{day} + core::milliseconds{ms});
      };
      return name_of(piece->resource) + " from " + time(piece->start_ms) + " to " + time(piece->end_ms);
    };
    return {where(key) + " on " + core::to_string(day), "presence", text(wrong, found.end()),
            text(right, expected.end())};
  }

  using Products = std::map<std::string, Recounted, std::less<>>;
  [[nodiscard]] std::optional<core::ResourceAggregate> expected(Products::const_iterator product,
                                                                core::ResourceNumber resource) const {
    if (product == products_.end()) return std::nullopt;
    const auto recount = product->second.moments.find(resource);
    return recount == product->second.moments.end() ? std::nullopt : std::optional(recount->second.aggregate());
  }

  const store::UsageSnapshot& usage_;
  const core::OrganizationId& organization_;
  const core::Period& month_;
  std::string where_;
  Verification& verification_;
  Products products_;
  std::set<std::string, std::less<>> wrong_products_;
  bool has_overflow_ = false;
};

}  // namespace

core::Period month_containing(core::Day day) {
  const std::chrono::year_month_day date(day);
  const auto month = date.year() / date.month();
  return {core::TimePoint{core::Day{month / 1}}, core::TimePoint{core::Day{(month + std::chrono::months{1}) / 1}}};
}

void verify_usage(const store::UsageSnapshot& usage, const core::OrganizationId& organization,
                  const core::Period& month, Verification& verification) {
  MonthCheck(usage, organization, month, verification).run();
}

}  // namespace tallystick::app
