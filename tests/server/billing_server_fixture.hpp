#pragma once
#include "server/server_fixture.hpp"
#include "tallystick/wire/billing_contract.hpp"
#include "tallystick/wire/billing_invoice.hpp"
#include "tallystick/wire/billing_period_detail.hpp"
#include "tallystick/wire/invoice_record.hpp"

namespace tallystick::test {

/// The bank, and the partner, have a contract of 2026: 2 seats at 140.00, 160.00 for each above them. Three seats were
/// used in March. The clock stands at the first moment of April.
class BillingServerTest : public ServerTest {
 protected:
  BillingServerTest() {
    add_client("partner", partner, {"billing:subscription:view"});
    core::Contract agreed = contract(bank, "2026-01-01", "2027-01-01");
    agreed.items = {item("seats", "2", "140", "160")};
    store::CatalogChange change;
    change.put.contracts = {agreed};
    agreed.organization = partner;
    agreed.id = partner_contract;
    change.put.contracts.push_back(agreed);
    EXPECT_TRUE(store_.save_catalog(change));
    store_events({usage({.id = "1", .product = "seats", .resource = "ana@example.com"}),
                  usage({.id = "2", .product = "seats", .resource = "bo@example.com"}),
                  usage({.id = "3", .product = "seats", .resource = "cy@example.com"})});
  }

  template <class Model>
  static Model read(const WireAnswer& answer) {
    EXPECT_EQ(answer.status, 200) << answer.body;
    auto model = wire::from_json<Model>(answer.body);
    EXPECT_TRUE(model) << answer.body;
    return model ? *model : Model{};
  }

  [[nodiscard]] WireAnswer post_json(const std::string& target, const std::string& client,
                                     const std::string& body) const {
    return post(target, token_of(client), "application/json", body);
  }
  [[nodiscard]] wire::ClosePeriodsAnswer close(core::OrganizationId organization) const {
    return read<wire::ClosePeriodsAnswer>(post_json("/tallystick/v1/periods/close", "root",
                                                    R"({"organizationId":")" + organization.to_string() + R"("})"));
  }

  const core::Uuid partner_contract = uuid("33333333-3333-4333-8333-333333333334");
};

}  // namespace tallystick::test
