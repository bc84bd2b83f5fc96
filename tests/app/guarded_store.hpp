#pragma once
#include <array>
#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "store/memory/memory_store.hpp"
#include "store/store.hpp"

namespace tallystick::test {

/// The in-memory store with doors: each hook runs before the call of its name, and an error makes that call fail.
/// Hooks and errors are set before other threads use the store.
class GuardedStore final : public store::Store {
 public:
  struct Door {
    std::function<void()> before;
    std::optional<store::StoreError> error;
    mutable std::atomic<int> calls = 0;

    [[nodiscard]] bool is_shut() const {
      ++calls;
      if (before) before();
      return error.has_value();
    }
  };
  Door commit_door;
  Door snapshot_door;  ///< its error is not looked at
  Door usage_door;
  Door has_usage_door;
  Door save_catalog_door;
  Door save_token_door;  ///< of exchanges too
  Door find_token_door;
  Door remove_tokens_door;
  Door load_catalog_door;
  Door save_billing_door;                        ///< of payments too
  Door read_billing_door;                        ///< of all that was billed, but for last numbers
  std::vector<std::vector<std::size_t>> groups;  ///< sizes of the batches of each commit

  store::Stored<std::vector<store::BatchOutcome>> commit(std::span<const store::EventBatch> group) override {
    groups.emplace_back();
    for (const auto& batch : group) groups.back().push_back(batch.size());
    if (commit_door.is_shut()) return fail(*commit_door.error);
    return inner_->commit(group);
  }
  std::unique_ptr<store::UsageSnapshot> snapshot() const override {
    static_cast<void>(snapshot_door.is_shut());
    return std::make_unique<Snapshot>(usage_door, inner_->snapshot());
  }
  store::Stored<bool> organization_has_usage(const core::OrganizationId& organization) const override {
    if (has_usage_door.is_shut()) return fail(*has_usage_door.error);
    return inner_->organization_has_usage(organization);
  }
  store::Stored<bool> product_has_usage(std::string_view product_key) const override {
    if (has_usage_door.is_shut()) return fail(*has_usage_door.error);
    return inner_->product_has_usage(product_key);
  }
  store::Stored<core::Catalog> load_catalog() const override {
    if (load_catalog_door.is_shut()) return fail(*load_catalog_door.error);
    return inner_->load_catalog();
  }
  store::StoreStatus save_catalog(const store::CatalogChange& change) override {
    if (save_catalog_door.is_shut()) return fail(*save_catalog_door.error);
    return inner_->save_catalog(change);
  }
  store::Stored<std::optional<core::TimePoint>> contract_first_applied(const core::Uuid& id) const override {
    return inner_->contract_first_applied(id);
  }
  store::Stored<bool> save_billing(const store::Billing& billing) override {
    if (save_billing_door.is_shut()) return fail(*save_billing_door.error);
    return inner_->save_billing(billing);
  }
  store::Stored<std::uint64_t> last_invoice_sequence(std::string_view seller) const override {
    return inner_->last_invoice_sequence(seller);
  }
  store::Stored<std::vector<store::ClosedPeriod>> closed_periods(
      const core::OrganizationId& organization) const override {
    if (read_billing_door.is_shut()) return fail(*read_billing_door.error);
    return inner_->closed_periods(organization);
  }
  store::Stored<std::optional<store::ClosedPeriodTexts>> closed_period_texts(const core::Uuid& contract,
                                                                             core::Day start) const override {
    if (read_billing_door.is_shut()) return fail(*read_billing_door.error);
    return inner_->closed_period_texts(contract, start);
  }
  store::Stored<std::optional<store::ProductBook>> product_book(const store::Digest& digest) const override {
    if (read_billing_door.is_shut()) return fail(*read_billing_door.error);
    return inner_->product_book(digest);
  }
  store::Stored<std::vector<store::SettledInvoice>> invoices(const core::OrganizationId& organization) const override {
    if (read_billing_door.is_shut()) return fail(*read_billing_door.error);
    return inner_->invoices(organization);
  }
  store::Stored<std::optional<store::SettledInvoice>> find_invoice(const core::Uuid& id) const override {
    if (read_billing_door.is_shut()) return fail(*read_billing_door.error);
    return inner_->find_invoice(id);
  }
  store::Stored<std::optional<store::FrozenText>> invoice_text(const core::Uuid& id) const override {
    if (read_billing_door.is_shut()) return fail(*read_billing_door.error);
    return inner_->invoice_text(id);
  }
  store::Stored<std::optional<store::Payment>> save_payment(const store::Payment& payment) override {
    if (save_billing_door.is_shut()) return fail(*save_billing_door.error);
    return inner_->save_payment(payment);
  }
  store::Stored<std::vector<store::Payment>> payments(const core::Uuid& invoice) const override {
    if (read_billing_door.is_shut()) return fail(*read_billing_door.error);
    return inner_->payments(invoice);
  }
  store::Stored<std::vector<core::OrganizationId>> billed_organizations() const override {
    if (read_billing_door.is_shut()) return fail(*read_billing_door.error);
    return inner_->billed_organizations();
  }
  store::Stored<std::optional<std::array<std::uint8_t, 32>>> load_signing_key() const override {
    return inner_->load_signing_key();
  }
  store::StoreStatus save_signing_key(const std::array<std::uint8_t, 32>& key) override {
    return inner_->save_signing_key(key);
  }
  store::Stored<std::optional<core::OAuthClient>> load_operator() const override { return inner_->load_operator(); }
  store::StoreStatus save_operator(const core::OAuthClient& client) override { return inner_->save_operator(client); }
  store::StoreStatus save_tokens(std::span<const store::Token> tokens) override {
    if (save_token_door.is_shut()) return fail(*save_token_door.error);
    return inner_->save_tokens(tokens);
  }
  store::Stored<bool> exchange_token(const store::TokenHash& used, std::span<const store::Token> issued) override {
    if (save_token_door.is_shut()) return fail(*save_token_door.error);
    return inner_->exchange_token(used, issued);
  }
  store::StoreStatus end_family(const store::TokenFamily& family) override { return inner_->end_family(family); }
  store::Stored<std::optional<store::Token>> find_token(const store::TokenHash& hash) const override {
    if (find_token_door.is_shut()) return fail(*find_token_door.error);
    return inner_->find_token(hash);
  }
  store::Stored<std::uint64_t> remove_expired_tokens(core::TimePoint now) override {
    if (remove_tokens_door.is_shut()) return fail(*remove_tokens_door.error);
    return inner_->remove_expired_tokens(now);
  }
  store::StoreStatus check_files() const override { return inner_->check_files(); }
  store::StoreFigures figures() const override { return inner_->figures(); }

 private:
  class Snapshot final : public store::UsageSnapshot {
   public:
    Snapshot(const Door& door, std::unique_ptr<store::UsageSnapshot> inner) : door_(door), inner_(std::move(inner)) {}
    store::StoreStatus usage(const core::OrganizationId& organization, core::Period range, const IsPooled& is_pooled,
                             const UseProduct& use) const override {
      if (door_.is_shut()) return fail(*door_.error);
      return inner_->usage(organization, range, is_pooled, use);
    }
    store::StoreStatus presence(const core::OrganizationId& organization, core::Period range,
                                const UseDay& use) const override {
      return inner_->presence(organization, range, use);
    }
    store::StoreStatus events(const core::OrganizationId& organization, core::Period range,
                              const UseEvent& use) const override {
      return inner_->events(organization, range, use);
    }
    store::Stored<std::optional<core::Period>> days_with_events(
        const core::OrganizationId& organization) const override {
      return inner_->days_with_events(organization);
    }
    store::Stored<std::vector<std::string_view>> names_of(
        std::span<const core::ResourceNumber> resources) const override {
      return inner_->names_of(resources);
    }

   private:
    const Door& door_;
    std::unique_ptr<store::UsageSnapshot> inner_;
  };

  std::unique_ptr<store::Store> inner_ = store::make_memory_store();
};

inline store::StoreError disk_error() {
  return {store::StoreError::Kind::io, "the disk is gone"};
}

}  // namespace tallystick::test
