#include <gtest/gtest.h>

#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "tallystick/wire/catalog_document.hpp"
#include "wire/random_text.hpp"

namespace tallystick::wire {
namespace {

core::OrganizationId random_organization_id() {
  return {*rc::gen::container<std::array<std::uint8_t, 16>>(rc::gen::arbitrary<std::uint8_t>())};
}

core::Decimal random_decimal() {
  const auto whole = *rc::gen::inRange<std::int64_t>(-999'999'999'999'999'999, 999'999'999'999'999'999);
  const auto fraction = *rc::gen::inRange<std::int64_t>(0, core::Decimal::one_units);
  return core::Decimal::from_units(core::int128{whole} * core::Decimal::one_units + (whole < 0 ? -fraction : fraction));
}

bool random_flag() {
  return *rc::gen::arbitrary<bool>();
}

template <class Make>
auto random_list(Make make) {
  std::vector<decltype(make())> list;
  const auto count = *rc::gen::inRange<std::size_t>(0, 4);
  list.reserve(count);
  while (list.size() < count) list.push_back(make());
  return list;
}

std::string random_word() {
  return *random_text();
}

core::OAuthClient random_client() {
  core::OAuthClient client;
  client.id = random_word();
  client.organization = random_organization_id();
  client.permissions = random_list(random_word);
  if (random_flag()) client.token_seconds = *rc::gen::arbitrary<std::int64_t>();
  client.redirect_uris = random_list(random_word);
  return client;
}

core::FairUse random_fair_use() {
  core::FairUse grant;
  if (random_flag()) {
    grant.organization = random_decimal();
  } else {
    grant.product = random_word();
    grant.each = random_decimal();
  }
  return grant;
}

core::Product random_product() {
  core::Product product;
  product.key = random_word();
  product.name = random_word();
  if (random_flag()) product.short_name = random_word();
  product.part_number = random_word();
  product.grouping = random_word();
  product.unit = random_word();
  product.metering.kind = *rc::gen::element(core::MeteringKind::unique, core::MeteringKind::sum,
                                            core::MeteringKind::max, core::MeteringKind::latest);
  for (const auto& currency : random_list(random_word)) product.list_price[currency] = random_decimal();
  product.third_party = random_flag();
  product.cancellable = random_flag();
  product.fair_use = random_list(random_fair_use);
  if (random_flag()) product.rolls_up = core::RollUp{random_word(), random_decimal()};
  return product;
}

core::Catalog random_catalog() {
  core::Catalog catalog;
  catalog.organizations = random_list([] { return core::Organization{random_organization_id(), random_word()}; });
  catalog.trusts = random_list([] {
    return core::Trust{random_organization_id(), random_organization_id(), random_flag()};
  });
  catalog.clients = random_list(random_client);
  catalog.products = random_list(random_product);
  return catalog;
}

core::Catalog read_back(const std::string& json, DocumentFormat format) {
  const auto read = read_catalog(json, format, {});
  if (!read) RC_LOG() << read.error().message << "\n" << json;
  RC_ASSERT(read.has_value());
  core::Catalog catalog{read->document.organizations, read->document.trusts, {}, read->document.products};
  for (const auto& declared : read->document.clients) {
    RC_ASSERT(declared.secret.empty());
    catalog.clients.push_back(declared.client);
  }
  return catalog;
}

RC_GTEST_PROP(CatalogWrite, WhatGetCatalogAnswersReadsBackTheSame, ()) {
  const core::Catalog catalog = random_catalog();
  RC_ASSERT(read_back(catalog_to_json(catalog), DocumentFormat::json) == catalog);
}

RC_GTEST_PROP(CatalogWrite, ADocumentReadsBackTheSameWithItsSecrets, ()) {
  const core::Catalog catalog = random_catalog();
  core::CatalogDocument document{catalog.organizations, catalog.trusts, {}, catalog.products};
  for (const auto& client : catalog.clients) {
    auto& declared = document.clients.emplace_back();
    declared.client = client;
    // A `$` would ask for variables.
    if (random_flag()) declared.secret = *rc::gen::nonEmpty(rc::gen::string<std::string>());
    for (char& c : declared.secret) c = c == '$' || c < ' ' || c > '~' ? 'x' : c;
    if (random_flag()) declared.client.secret_hash = "$argon2id$" + random_word();
  }
  const auto read = read_catalog(catalog_document_to_json(document), DocumentFormat::json, {});
  RC_ASSERT(read.has_value());
  RC_ASSERT(read->document.organizations == document.organizations);
  RC_ASSERT(read->document.trusts == document.trusts);
  RC_ASSERT(read->document.products == document.products);
  RC_ASSERT(read->document.clients.size() == document.clients.size());
  for (std::size_t i = 0; i < document.clients.size(); ++i) {
    RC_ASSERT(read->document.clients[i].client == document.clients[i].client);
    RC_ASSERT(read->document.clients[i].secret == document.clients[i].secret);
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
  product.fair_use.clear();
  product.rolls_up.reset();
  catalog.products.push_back(product);
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
  EXPECT_EQ(catalog_document_to_json({}), "{}");
  EXPECT_EQ(catalog_to_json({}), "{}\n");
}

}  // namespace
}  // namespace tallystick::wire
