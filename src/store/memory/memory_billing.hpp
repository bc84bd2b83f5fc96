#pragma once
#include <array>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "store/store.hpp"

namespace tallystick::store {

/// What was billed, in memory. Any thread.
class MemoryBilling {
 public:
  [[nodiscard]] Stored<bool> save_billing(const Billing& billing);
  [[nodiscard]] std::uint64_t last_invoice_sequence(std::string_view seller) const;
  [[nodiscard]] std::vector<ClosedPeriod> closed_periods(const core::OrganizationId& organization) const;
  [[nodiscard]] std::optional<ClosedPeriodTexts> closed_period_texts(const core::Uuid& contract, core::Day start) const;
  [[nodiscard]] std::optional<ProductBook> product_book(const Digest& digest) const;
  [[nodiscard]] std::vector<SettledInvoice> invoices(const core::OrganizationId& organization) const;
  [[nodiscard]] std::optional<SettledInvoice> find_invoice(const core::Uuid& id) const;
  [[nodiscard]] std::optional<FrozenText> invoice_text(const core::Uuid& id) const;
  [[nodiscard]] Stored<std::optional<Payment>> save_payment(const Payment& payment);
  [[nodiscard]] std::vector<Payment> payments(const core::Uuid& invoice) const;
  [[nodiscard]] std::vector<core::OrganizationId> billed_organizations() const;
  [[nodiscard]] std::optional<std::array<std::uint8_t, 32>> load_signing_key() const;
  void save_signing_key(const std::array<std::uint8_t, 32>& key);

 private:
  struct IssuedInvoice {
    SettledInvoice invoice;
    FrozenText text;
    std::map<std::string, Payment> payments;  // by idempotency key
  };
  // A copy is changed and takes the place of the state once all of a step is in it.
  struct State {
    std::map<std::pair<core::Uuid, core::Day>, Billing::Period> periods;  // by contract and start
    std::map<Digest, ProductBook> books;
    std::map<core::Uuid, IssuedInvoice> invoices;
    std::map<std::string, std::uint64_t, std::less<>> last_sequences;  // by seller

    // False: the step breaks what the port says of it.
    [[nodiscard]] bool close(const Billing::Period& period);
    [[nodiscard]] bool extend(const ExtendedBook& book);
    [[nodiscard]] Stored<bool> issue(const Invoice& invoice);
  };

  mutable std::mutex mutex_;
  State state_;
  std::optional<std::array<std::uint8_t, 32>> signing_key_;
};

}  // namespace tallystick::store
