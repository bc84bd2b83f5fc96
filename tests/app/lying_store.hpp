#pragma once
#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "store/store.hpp"

namespace tallystick::test {

/// Answers as another store does, but for what a lie changes: each is given an answer of its name before it is handed
/// on.
class LyingStore final : public store::Store {
 public:
  struct Lies {
    /// Of one product; `is_pooled`: all of its resources are taken for one.
    std::function<void(std::string_view product, bool is_pooled, std::vector<core::ResourceUsage>&)> usage;
    std::function<void(core::Day, std::string_view product, std::vector<core::Presence>&)> presence;
    std::function<void(std::vector<store::ClosedPeriod>&)> closed_periods;
    std::function<void(std::optional<store::ClosedPeriodTexts>&)> closed_period_texts;
    std::function<void(std::optional<store::ProductBook>&)> product_book;
    std::function<void(std::vector<store::SettledInvoice>&)> invoices;
    std::function<void(const core::Uuid& invoice, std::optional<store::FrozenText>&)> invoice_text;
    std::function<void(const core::Uuid& invoice, std::vector<store::Payment>&)> payments;
    std::function<void(std::uint64_t&)> last_invoice_sequence;
    std::optional<store::StoreError> usage_error;  ///< every reading of usage fails
    std::optional<store::StoreError> files_error;
  };

  LyingStore(store::Store& inner, Lies lies) : inner_(inner), lies_(std::move(lies)) {}

  store::Stored<std::vector<store::BatchOutcome>> commit(std::span<const store::EventBatch> group) override {
    return inner_.commit(group);
  }
  std::unique_ptr<store::UsageSnapshot> snapshot() const override {
    return std::make_unique<Snapshot>(inner_.snapshot(), lies_);
  }
  store::Stored<bool> organization_has_usage(const core::OrganizationId& organization) const override {
    return inner_.organization_has_usage(organization);
  }
  store::Stored<bool> product_has_usage(std::string_view product_key) const override {
    return inner_.product_has_usage(product_key);
  }
  store::Stored<core::Catalog> load_catalog() const override { return inner_.load_catalog(); }
  store::StoreStatus save_catalog(const store::CatalogChange& change) override { return inner_.save_catalog(change); }
  store::Stored<std::optional<core::TimePoint>> contract_first_applied(const core::Uuid& id) const override {
    return inner_.contract_first_applied(id);
  }
  store::Stored<bool> save_billing(const store::Billing& billing) override { return inner_.save_billing(billing); }
  store::Stored<std::uint64_t> last_invoice_sequence(std::string_view seller) const override {
    return told(inner_.last_invoice_sequence(seller), lies_.last_invoice_sequence);
  }
  store::Stored<std::vector<store::ClosedPeriod>> closed_periods(
      const core::OrganizationId& organization) const override {
    return told(inner_.closed_periods(organization), lies_.closed_periods);
  }
  store::Stored<std::optional<store::ClosedPeriodTexts>> closed_period_texts(const core::Uuid& contract,
                                                                             core::Day start) const override {
    return told(inner_.closed_period_texts(contract, start), lies_.closed_period_texts);
  }
  store::Stored<std::optional<store::ProductBook>> product_book(const store::Digest& digest) const override {
    return told(inner_.product_book(digest), lies_.product_book);
  }
  store::Stored<std::vector<store::SettledInvoice>> invoices(const core::OrganizationId& organization) const override {
    return told(inner_.invoices(organization), lies_.invoices);
  }
  store::Stored<std::optional<store::SettledInvoice>> find_invoice(const core::Uuid& id) const override {
    return inner_.find_invoice(id);
  }
  store::Stored<std::optional<store::FrozenText>> invoice_text(const core::Uuid& id) const override {
    auto text = inner_.invoice_text(id);
    if (text && lies_.invoice_text) lies_.invoice_text(id, *text);
    return text;
  }
  store::Stored<std::optional<store::Payment>> save_payment(const store::Payment& payment) override {
    return inner_.save_payment(payment);
  }
  store::Stored<std::vector<store::Payment>> payments(const core::Uuid& invoice) const override {
    auto payments = inner_.payments(invoice);
    if (payments && lies_.payments) lies_.payments(invoice, *payments);
    return payments;
  }
  store::Stored<std::vector<core::OrganizationId>> billed_organizations() const override {
    return inner_.billed_organizations();
  }
  store::Stored<std::optional<std::array<std::uint8_t, 32>>> load_signing_key() const override {
    return inner_.load_signing_key();
  }
  store::StoreStatus save_signing_key(const std::array<std::uint8_t, 32>& key) override {
    return inner_.save_signing_key(key);
  }
  store::Stored<std::optional<core::OAuthClient>> load_operator() const override { return inner_.load_operator(); }
  store::StoreStatus save_operator(const core::OAuthClient& client) override { return inner_.save_operator(client); }
  store::StoreStatus save_tokens(std::span<const store::Token> tokens) override { return inner_.save_tokens(tokens); }
  store::Stored<bool> exchange_token(const store::TokenHash& used, std::span<const store::Token> issued) override {
    return inner_.exchange_token(used, issued);
  }
  store::StoreStatus end_family(const store::TokenFamily& family) override { return inner_.end_family(family); }
  store::Stored<std::optional<store::Token>> find_token(const store::TokenHash& hash) const override {
    return inner_.find_token(hash);
  }
  store::Stored<std::uint64_t> remove_expired_tokens(core::TimePoint now) override {
    return inner_.remove_expired_tokens(now);
  }
  store::StoreStatus check_files() const override {
    if (lies_.files_error) return fail(*lies_.files_error);
    return inner_.check_files();
  }
  store::StoreFigures figures() const override { return inner_.figures(); }

 private:
  template <class Answer>
  static store::Stored<Answer> told(store::Stored<Answer> answer, const std::function<void(Answer&)>& lie) {
    if (answer && lie) lie(*answer);
    return answer;
  }

  class Snapshot final : public store::UsageSnapshot {
   public:
    Snapshot(std::unique_ptr<store::UsageSnapshot> inner, const Lies& lies) : inner_(std::move(inner)), lies_(lies) {}
    store::StoreStatus usage(const core::OrganizationId& organization, core::Period range, const IsPooled& is_pooled,
                             const UseProduct& use) const override {
      if (lies_.usage_error) return fail(*lies_.usage_error);
      return inner_->usage(organization, range, is_pooled, [&](const store::ProductUsage& product) {
        std::vector<core::ResourceUsage> resources(product.resources.begin(), product.resources.end());
        if (lies_.usage) lies_.usage(product.product, is_pooled(product.product), resources);
        if (!resources.empty()) use({product.product, resources});
      });
    }
    store::StoreStatus presence(const core::OrganizationId& organization, core::Period range,
                                const UseDay& use) const override {
      return inner_->presence(organization, range, [&](core::Day day, std::span<const core::ProductPresence> products) {
        std::vector<std::vector<core::Presence>> pieces;
        std::vector<core::ProductPresence> told;
        pieces.reserve(products.size());
        for (const core::ProductPresence& product : products) {
          auto& changed = pieces.emplace_back(product.pieces.begin(), product.pieces.end());
          if (lies_.presence) lies_.presence(day, product.product, changed);
          if (!changed.empty()) told.push_back({product.product, changed});
        }
        if (!told.empty()) use(day, told);
      });
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
    std::unique_ptr<store::UsageSnapshot> inner_;
    const Lies& lies_;
  };

  store::Store& inner_;
  Lies lies_;
};

}  // namespace tallystick::test
