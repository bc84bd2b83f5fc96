#include <gtest/gtest.h>

#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "tallystick/wire/catalog_document.hpp"
#include "wire/random_catalog.hpp"

namespace tallystick::wire {
namespace {

core::Catalog read_back(const std::string& json, DocumentFormat format) {
  const auto read = read_catalog(json, format, {});
  if (!read) RC_LOG() << read.error().message << "\n" << json;
  RC_ASSERT(read.has_value());
  core::Catalog catalog{.organizations = read->document.organizations,
                        .trusts = read->document.trusts,
                        .clients = {},
                        .products = read->document.products,
                        .contracts = read->document.contracts,
                        .sellers = read->document.sellers,
                        .settings = read->document.settings,
                        .users = {},
                        .saml = read->document.saml};
  for (const auto& declared : read->document.clients) {
    RC_ASSERT(declared.secret.empty());
    catalog.clients.push_back(declared.client);
  }
  for (const auto& declared : read->document.users) {
    RC_ASSERT(declared.secret.empty());
    catalog.users.push_back(declared.user);
  }
  return catalog;
}

RC_GTEST_PROP(CatalogWrite, WhatGetCatalogAnswersReadsBackTheSame, ()) {
  const core::Catalog catalog = random_catalog();
  RC_ASSERT(read_back(catalog_to_json(catalog), DocumentFormat::json) == catalog);
}

// A `$` would ask for variables.
std::string random_secret() {
  std::string secret = *rc::gen::nonEmpty(rc::gen::string<std::string>());
  for (char& c : secret) c = c == '$' || c < ' ' || c > '~' ? 'x' : c;
  return secret;
}

RC_GTEST_PROP(CatalogWrite, ADocumentReadsBackTheSameWithItsSecrets, ()) {
  const core::Catalog catalog = random_catalog();
  core::CatalogDocument document{.organizations = catalog.organizations,
                                 .trusts = catalog.trusts,
                                 .clients = {},
                                 .products = catalog.products,
                                 .contracts = catalog.contracts,
                                 .sellers = catalog.sellers,
                                 .settings = catalog.settings,
                                 .users = {},
                                 .saml = catalog.saml};
  for (const auto& client : catalog.clients) {
    auto& declared = document.clients.emplace_back();
    declared.client = client;
    if (random_flag()) declared.secret = random_secret();
    if (random_flag()) declared.client.secret_hash = "$argon2id$" + random_word();
  }
  for (const auto& user : catalog.users) {
    auto& declared = document.users.emplace_back();
    declared.user = user;
    if (random_flag()) declared.secret = random_secret();
    if (random_flag()) declared.user.secret_hash = "$argon2id$" + random_word();
  }
  const auto read = read_catalog(catalog_document_to_json(document), DocumentFormat::json, {});
  RC_ASSERT(read.has_value());
  RC_ASSERT(read->document.organizations == document.organizations);
  RC_ASSERT(read->document.trusts == document.trusts);
  RC_ASSERT(read->document.products == document.products);
  RC_ASSERT(read->document.contracts == document.contracts);
  RC_ASSERT(read->document.sellers == document.sellers);
  RC_ASSERT(read->document.settings == document.settings);
  RC_ASSERT(read->document.clients.size() == document.clients.size());
  for (std::size_t i = 0; i < document.clients.size(); ++i) {
    RC_ASSERT(read->document.clients[i].client == document.clients[i].client);
    RC_ASSERT(read->document.clients[i].secret == document.clients[i].secret);
  }
  RC_ASSERT(read->document.saml == document.saml);
  RC_ASSERT(read->document.users.size() == document.users.size());
  for (std::size_t i = 0; i < document.users.size(); ++i) {
    RC_ASSERT(read->document.users[i].user == document.users[i].user);
    RC_ASSERT(read->document.users[i].secret == document.users[i].secret);
  }
}

void make_plain(std::vector<core::ContractItem>& items) {
  for (core::ContractItem& item : items) {
    item.product = "cx-3-named";
    if (!item.notes.empty()) item.notes = "calls out: \"all\"";
  }
}

// JSON is YAML too, but for control characters and escapes; so both readers must agree on a plain catalog.
RC_GTEST_PROP(CatalogWrite, TheYamlReaderTakesTheSameJson, ()) {
  core::Catalog catalog;
  catalog.organizations.push_back({random_organization_id(), "Blue Harbor \"Bank\""});
  catalog.trusts.push_back({random_organization_id(), random_organization_id(), random_flag()});
  core::Product product = random_product();
  for (std::string* text : {&product.key, &product.name, &product.part_number, &product.grouping, &product.unit}) {
    *text = "plain";
  }
  product.short_name.reset();
  product.list_price = {{"USD", random_decimal()}};
  if (product.metering.family) product.metering.family = "cx \"3\"";
  product.fair_use.clear();
  product.rolls_up.reset();
  catalog.products.push_back(product);
  core::Contract contract = random_contract();
  contract.number = "00041822";
  contract.currency = "USD";
  contract.invoices = core::InvoiceTerms();
  make_plain(contract.items);
  for (core::Amendment& amendment : contract.amendments) make_plain(amendment.items);
  catalog.contracts.push_back(contract);
  RC_ASSERT(read_back(catalog_to_json(catalog), DocumentFormat::yaml) == catalog);
}

TEST(CatalogWrite, SecretsAndHashesAreNeverShown) {
  core::Catalog catalog;
  catalog.clients.push_back({.id = "c",
                             .organization = {},
                             .secret_hash = "$argon2id$v=19$hidden",
                             .permissions = {"a:b:c"},
                             .token_seconds = 600,
                             .redirect_uris = {}});
  catalog.users.push_back({"u", {}, "u@example.com", "$argon2id$v=19$hidden", {}});
  EXPECT_EQ(catalog_to_json(catalog), R"({
  "clients": [
    {
      "id": "c",
      "organization": "00000000-0000-0000-0000-000000000000",
      "permissions": [
        "a:b:c"
      ],
      "token_seconds": 600
    }
  ],
  "users": [
    {
      "id": "u",
      "organization": "00000000-0000-0000-0000-000000000000",
      "email": "u@example.com"
    }
  ]
}
)");
}

TEST(CatalogWrite, DefaultsAreLeftOutAndPricesAreStrings) {
  core::Catalog catalog;
  catalog.trusts.push_back({{}, {}, true});
  catalog.trusts.push_back({{}, {}, false});
  core::Product product;
  product.key = "k";
  product.name = "n";
  product.part_number = "p";
  product.grouping = "g";
  product.unit = "u";
  product.list_price = {{"USD", *core::Decimal::parse("155.50")}};
  catalog.products.push_back(product);
  EXPECT_EQ(catalog_to_json(catalog), R"({
  "trusts": [
    {
      "trustee": "00000000-0000-0000-0000-000000000000",
      "trustor": "00000000-0000-0000-0000-000000000000"
    },
    {
      "trustee": "00000000-0000-0000-0000-000000000000",
      "trustor": "00000000-0000-0000-0000-000000000000",
      "enabled": false
    }
  ],
  "products": [
    {
      "key": "k",
      "name": "n",
      "part_number": "p",
      "grouping": "g",
      "unit": "u",
      "metering": {
        "kind": "sum"
      },
      "list_price": {
        "USD": "155.5"
      }
    }
  ]
}
)");
}

TEST(CatalogWrite, AMeteringSaysWhatItWasGiven) {
  using core::MeteringKind;
  using core::MeteringUnit;
  const struct {
    core::Metering metering;
    std::string_view text;
  } rows[] = {
      {{MeteringKind::unique, {}, {}, {}, {}}, R"({"kind":"unique"})"},
      {{MeteringKind::concurrent, "cx", 4, {}, {}}, R"({"kind":"concurrent","family":"cx","rank":4})"},
      {{MeteringKind::duration, {}, {}, {}, {}}, R"({"kind":"duration"})"},
      {{MeteringKind::duration, {}, {}, {}, MeteringUnit::hour}, R"({"kind":"duration","unit":"hour"})"},
      {{MeteringKind::duration, {}, {}, 6, MeteringUnit::second},
       R"({"kind":"duration","step_seconds":6,"unit":"second"})"},
  };
  for (const auto& row : rows) {
    core::CatalogDocument document;
    document.products.emplace_back().metering = row.metering;
    const std::string text = catalog_document_to_json(document);
    EXPECT_NE(text.find(R"("metering":)" + std::string(row.text) + "}"), std::string::npos) << text;
  }
}

TEST(CatalogWrite, AContractLeavesOutWhatItDoesNotSay) {
  core::Catalog catalog;
  core::Contract contract;
  contract.number = "00041822";
  contract.currency = "USD";
  contract.subscription_type = "PREPAY";
  contract.effective = *core::parse_date("2026-01-01");
  contract.end = *core::parse_date("2027-01-01");
  contract.items.emplace_back().product = "api-requests";
  contract.amendments.emplace_back().date = *core::parse_date("2026-05-16");
  catalog.contracts.push_back(contract);
  EXPECT_EQ(catalog_to_json(catalog), R"({
  "contracts": [
    {
      "id": "00000000-0000-0000-0000-000000000000",
      "organization": "00000000-0000-0000-0000-000000000000",
      "number": "00041822",
      "currency": "USD",
      "subscription_type": "PREPAY",
      "effective": "2026-01-01",
      "end": "2027-01-01",
      "items": [
        {
          "product": "api-requests"
        }
      ],
      "amendments": [
        {
          "date": "2026-05-16"
        }
      ]
    }
  ]
}
)");
}

TEST(CatalogWrite, AContractSaysAllThatItHolds) {
  const core::Contract contract{
      .id = *core::Uuid::parse("33333333-3333-4333-8333-333333333333"),
      .organization = *core::Uuid::parse("22222222-2222-4222-8222-222222222222"),
      .number = "7",
      .currency = "JPY",
      .subscription_type = "ININ",
      .effective = *core::parse_date("2026-01-31"),
      .end = *core::parse_date("2028-02-29"),
      .ramp = core::Ramp{*core::parse_date("2026-01-31"), *core::parse_date("2026-03-01")},
      .minimum_monthly_amount = core::Decimal(),
      .billing_day = 31,
      .items = {{.product = "api",
                 .prepay_quantity = core::Decimal::from_integer(80),
                 .prepay_price = core::Decimal(),
                 .overage_price = *core::Decimal::parse("0.25"),
                 .overage_tiers = {{core::Decimal::from_integer(1'000), *core::Decimal::parse("0.0002")},
                                   {std::nullopt, *core::Decimal::parse("0.000000001")}},
                 .bundle_quantity = core::Decimal::from_integer(10),
                 .notes = "calls out"}},
      .amendments = {},
      .invoices = {.seller = "northwind",
                   .bill_to = core::BillingParty{"C-1", "Bank", std::nullopt},
                   .ship_to = {},
                   .sold_to = core::BillingParty{"", "Holding",
                                                 core::PostalAddress{.line1 = "Quay 1",
                                                                     .line2 = "",
                                                                     .line3 = "",
                                                                     .city = "Boston",
                                                                     .postal_code = "02110",
                                                                     .state = "",
                                                                     .country_code = "US"}},
                   .end_customer = {},
                   .purchase_orders = {"PO-1"},
                   .commercial_model = "Prepay",
                   .payment_terms = "Net 30",
                   .payment_link = "https://pay.example/"}};
  core::CatalogDocument document;
  document.contracts.push_back(contract);
  EXPECT_EQ(
      catalog_document_to_json(document),
      R"({"contracts":[{"id":"33333333-3333-4333-8333-333333333333",)"
      R"("organization":"22222222-2222-4222-8222-222222222222","number":"7","currency":"JPY",)"
      R"("subscription_type":"ININ","effective":"2026-01-31","end":"2028-02-29",)"
      R"("ramp":{"start":"2026-01-31","end":"2026-03-01"},"minimum_monthly_amount":"0","billing_day":31,)"
      R"("seller":"northwind","commercial_model":"Prepay","purchase_orders":["PO-1"],"payment_terms":"Net 30",)"
      R"("payment_link":"https://pay.example/","bill_to":{"number":"C-1","name":"Bank"},"sold_to":{"name":"Holding",)"
      R"("address":{"line1":"Quay 1","city":"Boston","postal_code":"02110","country":"US"}},)"
      R"("items":[{"product":"api","prepay_quantity":"80","prepay_price":"0","overage_price":"0.25",)"
      R"("overage_tiers":[{"up_to":"1000","price":"0.0002"},{"price":"0.000000001"}],)"
      R"("bundle_quantity":"10","notes":"calls out"}]}]})");
}

TEST(CatalogWrite, ASellerLeavesOutWhatItDoesNotSay) {
  core::CatalogDocument document;
  document.sellers.emplace_back().key = "plain";
  document.sellers.back().name = "Plain";
  core::Seller& full = document.sellers.emplace_back();
  full.key = "full";
  full.name = "Full";
  full.tax_number = "1";
  full.email = "2";
  full.phone = "3";
  full.website = "4";
  full.invoice_prefix = "5-";
  full.notes = {"6", "7"};
  document.settings.close_grace_hours = 0;
  EXPECT_EQ(catalog_document_to_json(document),
            R"({"sellers":[{"key":"plain","name":"Plain"},{"key":"full","name":"Full","tax_number":"1","email":"2",)"
            R"("phone":"3","website":"4","invoice_prefix":"5-","notes":["6","7"]}],)"
            R"("settings":{"close_grace_hours":0}})");
}

TEST(CatalogWrite, AnEmptyCatalogIsAnEmptyObject) {
  EXPECT_EQ(catalog_document_to_json({}), "{}");
  EXPECT_EQ(catalog_to_json({}), "{}\n");
}

}  // namespace
}  // namespace tallystick::wire
