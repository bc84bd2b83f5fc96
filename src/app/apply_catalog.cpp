#include "app/apply_catalog.hpp"

#include <atomic>
#include <future>
#include <string>
#include <utility>
#include <vector>

#include "app/catalog_plan.hpp"
#include "app/catalog_rules.hpp"
#include "app/certificate.hpp"
#include "app/closed_past.hpp"
#include "app/serial_worker.hpp"
#include "app/store_problem.hpp"

namespace tallystick::app {
namespace {

using Applied = Result<AppliedChanges, core::Problem>;

constexpr std::size_t documents_waiting_max = 8;

core::Problem invalid(std::vector<core::Fault> faults) {
  return {core::ProblemKind::invalid, "The catalog is not valid.", std::move(faults), 0};
}

core::Problem conflict(std::vector<core::Fault> faults) {
  return {core::ProblemKind::conflict, "Nothing was changed.", std::move(faults), 0};
}

}  // namespace

class ApplyCatalog::Impl {
 public:
  Impl(store::Store& store, Writer& writer, CurrentCatalog& catalog, VerifiedSecrets& secrets, Clock clock)
      : store_(store),
        writer_(writer),
        catalog_(catalog),
        secrets_(secrets),
        clock_(std::move(clock)),
        worker_(documents_waiting_max) {}

  ~Impl() { is_stopping_ = true; }

  void apply(core::CatalogDocument document, ApplyOptions options, OnApplied on_applied) {
    const auto answer = std::make_shared<OnApplied>(std::move(on_applied));
    const bool is_taken = worker_.post([this, taken = std::move(document), options, answer]() mutable {
      (*answer)(apply_now(std::move(taken), options));
    });
    if (!is_taken) (*answer)(fail(overloaded("Too many catalogs wait to be applied.")));
  }

 private:
  // On the worker's thread. No other change of the catalog is under way, so what is read first still holds at the end.
  Applied apply_now(core::CatalogDocument document, ApplyOptions options) {
    if (is_stopping_) return fail(overloaded("The server is stopping."));
    const auto current = catalog_.get();
    if (auto faults = check_catalog_document(document, *current, options.prune); !faults.empty()) {
      return fail(invalid(std::move(faults)));
    }
    for (auto& declared : document.clients) {
      settle_secret(current->client(declared.client.id), declared.client, declared.secret);
    }
    for (auto& declared : document.users) {
      settle_secret(current->user(declared.user.id), declared.user, declared.secret);
    }
    for (auto& issuer : document.saml) issuer.certificate = read_certificate(issuer.certificate).value();

    // Shared, because the writer's thread may still be leaving set_value when this one has the answer.
    const auto applied = std::make_shared<std::promise<Applied>>();
    CatalogPlan plan = plan_catalog(document, current->declared(), options.prune);
    writer_.run_alone([this, applied, &plan, &document, &current, options] {
      applied->set_value(carry_out(plan, document, *current, options.dry_run));
    });
    return applied->get_future().get();
  }

  // Gives a declared client or user the hash that will be stored: the known one where the secret did not change; none
  // to a new user without a secret.
  template <class Account>
  void settle_secret(const Account* known, Account& declared, const std::string& secret) {
    std::string& hash = declared.secret_hash;
    if (secret.empty()) {
      if (hash.empty() && known != nullptr) hash = known->secret_hash;
      return;
    }
    const std::string owner = secret_owner(declared);
    if (known != nullptr && !known->secret_hash.empty() && secrets_.verify(owner, known->secret_hash, secret)) {
      hash = known->secret_hash;
      return;
    }
    hash = hash_secret(secret);
    secrets_.remember(owner, hash, secret);
  }

  // On the writer's thread, alone.
  Applied carry_out(CatalogPlan& plan, const core::CatalogDocument& document, const CatalogSnapshot& current,
                    bool dry_run) {
    auto conflicts = conflicts_of(plan, document, current.declared());
    if (!conflicts) return fail(problem_of(conflicts.error()));
    if (!conflicts->empty()) return fail(conflict(std::move(*conflicts)));
    if (dry_run || plan.changes_nothing()) return std::move(plan.changes);
    plan.change.applied_at = clock_();
    if (const auto saved = store_.save_catalog(plan.change); !saved) return fail(problem_of(saved.error()));
    catalog_.replace(std::make_shared<const CatalogSnapshot>(std::move(plan.result), current.operator_client()));
    return std::move(plan.changes);
  }

  store::Stored<std::vector<core::Fault>> conflicts_of(const CatalogPlan& plan, const core::CatalogDocument& document,
                                                       const core::Catalog& current) const {
    auto closed_past = closed_past_conflicts(store_, plan.change, document, current);
    if (!closed_past) return closed_past;
    std::vector<core::Fault> conflicts = plan.conflicts;
    for (core::Fault& fault : *closed_past) {
      if (conflicts.size() < core::faults_reported_max) conflicts.push_back(std::move(fault));
    }
    for (const UsageCondition& condition : plan.conditions) {
      if (conflicts.size() >= core::faults_reported_max) break;
      auto has_usage = condition.product ? store_.product_has_usage(*condition.product)
                                         : store_.organization_has_usage(*condition.organization);
      if (!has_usage) return fail(std::move(has_usage.error()));
      if (*has_usage) conflicts.push_back(condition.fault);
    }
    return conflicts;
  }

  store::Store& store_;
  Writer& writer_;
  CurrentCatalog& catalog_;
  VerifiedSecrets& secrets_;
  const Clock clock_;
  std::atomic<bool> is_stopping_ = false;
  SerialWorker worker_;  ///< last, so that it ends before what its tasks use
};

ApplyCatalog::ApplyCatalog(store::Store& store, Writer& writer, CurrentCatalog& catalog, VerifiedSecrets& secrets,
                           Clock clock)
    : impl_(std::make_unique<Impl>(store, writer, catalog, secrets, std::move(clock))) {}
ApplyCatalog::~ApplyCatalog() = default;

void ApplyCatalog::apply(core::CatalogDocument document, ApplyOptions options, OnApplied on_applied) {
  impl_->apply(std::move(document), options, std::move(on_applied));
}

}  // namespace tallystick::app
