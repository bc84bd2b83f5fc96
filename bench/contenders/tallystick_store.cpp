#include <array>
#include <stdexcept>

#include "contenders/contender.hpp"
#include "load/event_text.hpp"
#include "store/embedded/embedded_store.hpp"
#include "store/store.hpp"
#include "tallystick/core/time.hpp"

namespace tallystick::bench {
namespace {

constexpr std::size_t batch_events = 100;

template <class Value>
Value taken(store::Stored<Value> stored) {
  if (!stored) throw std::runtime_error("Tallystick's store: " + stored.error().message);
  return std::move(*stored);
}

core::TimePoint time_of(std::int64_t time_ms) {
  return core::TimePoint{core::milliseconds{time_ms}};
}

class EventsGroup final : public PreparedGroup {
 public:
  std::vector<core::Event> events;
};

class TallystickStore final : public Contender {
 public:
  explicit TallystickStore(const std::string& directory) {
    store::EmbeddedSettings settings;
    settings.new_hash_key.fill(0x5a);
    store_ = taken(store::open_embedded_store(directory + "/tallystick", settings));
    for (std::uint16_t number = 0; number < declared_organization_count; ++number) {
      organizations_.push_back(core::Uuid::parse(organization_id(number)).value());
    }
    for (std::uint16_t number = 0; number < product_count; ++number) products_.push_back(product_key(number));
  }

  [[nodiscard]] std::unique_ptr<PreparedGroup> prepare(std::span<const LoadEvent> events) const override {
    auto group = std::make_unique<EventsGroup>();
    group->events.reserve(events.size());
    for (const LoadEvent& event : events) {
      core::UsageEvent usage;
      usage.source = source_text(event);
      usage.id = id_text(event);
      usage.organization = organizations_[event.organization];
      usage.product = products_[event.product];
      usage.resource = resource_name(event);
      usage.time = time_of(event.time_ms);
      usage.quantity = core::Decimal::from_units(quantity_units(event));
      group->events.emplace_back(std::move(usage));
    }
    return group;
  }

  /// As the server does it: a group is many waiting batches of 100.
  [[nodiscard]] GroupOutcome commit(PreparedGroup& group) override {
    const std::span<const core::Event> events(static_cast<EventsGroup&>(group).events);
    std::vector<store::EventBatch> batches;
    for (std::size_t first = 0; first < events.size(); first += batch_events) {
      batches.push_back(events.subspan(first, std::min(batch_events, events.size() - first)));
    }
    GroupOutcome sum;
    for (const store::BatchOutcome& outcome : taken(store_->commit(batches))) {
      sum.accepted += outcome.accepted;
      sum.duplicates += outcome.duplicates;
    }
    return sum;
  }

  [[nodiscard]] UsageTotals report(const UsageQuestion& question) override {
    const auto snapshot = store_->snapshot();
    UsageTotals totals;
    const auto add = [&](const store::ProductUsage& product) {
      ProductTotal& total = totals[number_of(product.product)];
      for (const core::ResourceUsage& resource : product.resources) {
        total.tenths += tenths_of_units(static_cast<std::int64_t>(resource.usage.sum.units()));
      }
      total.resources = product.resources.size();
    };
    const core::Period period{time_of(question.start_ms), time_of(question.end_ms)};
    const auto no_pools = [](std::string_view) { return false; };
    const auto read = snapshot->usage(organizations_[question.organization], period, no_pools, add);
    if (!read) throw std::runtime_error("Tallystick's store: " + read.error().message);
    return totals;
  }

 private:
  [[nodiscard]] std::uint16_t number_of(std::string_view key) const {
    for (std::uint16_t number = 0; number < product_count; ++number) {
      if (products_[number] == key) return number;
    }
    throw std::runtime_error("Tallystick's store answers a product that the load does not have");
  }

  std::unique_ptr<store::Store> store_;
  std::vector<core::OrganizationId> organizations_;
  std::vector<std::string> products_;
};

}  // namespace

std::unique_ptr<Contender> make_tallystick_store(const std::string& directory) {
  return std::make_unique<TallystickStore>(directory);
}

}  // namespace tallystick::bench
