#include <gtest/gtest.h>

#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "tallystick/wire/catalog_document.hpp"
#include "wire/damaged_document.hpp"
#include "wire/fault_text.hpp"
#include "wire/yaml_reader.hpp"

namespace tallystick::wire {
namespace {

std::optional<std::string> environment(const std::string& name) {
  if (name == "PARTNER_SECRET") return "s3cret-of-partner";
  if (name == "EMPTY") return "";
  return std::nullopt;
}

// The example of interface.md, in part.
constexpr std::string_view example = R"(organizations:
  - {id: 11111111-1111-4111-8111-111111111111, name: Northwind Partners}
  - {id: 22222222-2222-4222-8222-222222222222, name: Blue Harbor Bank}
trusts:
  - {trustee: 11111111-1111-4111-8111-111111111111, trustor: 22222222-2222-4222-8222-222222222222, enabled: true}
clients:
  - id: partner
    organization: 11111111-1111-4111-8111-111111111111
    secret: ${PARTNER_SECRET}          # or secret_hash
    permissions: ["affiliateOrganization:clientBilling:view"]
    token_seconds: 86400
    redirect_uris: []
products:
  - key: cx-3-named
    name: Genesys Cloud CX 3
    short_name: GenesysCloudCX3
    part_number: GC-170-NV-CX3
    grouping: user-license
    unit: user
    metering: {kind: unique, family: cx, rank: 3}
    list_price: {USD: "155.00", EUR: "155.00"}
  - key: api-requests
    name: API requests
    part_number: GC-170-NV-API
    grouping: resource
    unit: each
    metering: {kind: sum}
    third_party: true
    cancellable: false
    fair_use: [{product: cx-3-named, each: "140000"}, {organization: "10000"}]
  - key: voice-bot-minutes
    name: Voice bot minutes
    part_number: GC-170-NV-VBOT
    grouping: rollup-usage
    unit: minute
    metering: {kind: sum}
    rolls_up: {into: ai-tokens, units_per_token: "17"}
  - key: voice-minutes
    name: Voice minutes
    part_number: GC-170-NV-VOICE
    grouping: resource
    unit: minute
    metering: {kind: duration, step_seconds: 6, unit: minute}
)";

DecodeFaults faults_in(std::string_view text, DocumentFormat format = DocumentFormat::yaml,
                       const SecretVariables& variables = environment) {
  const auto read = read_catalog(text, format, variables);
  if (read) return {};
  EXPECT_FALSE(read.error().malformed) << read.error().message;
  return read.error().faults;
}
std::string malformed(std::string_view text, DocumentFormat format = DocumentFormat::yaml) {
  const auto read = read_catalog(text, format, environment);
  if (read) return "taken";
  EXPECT_TRUE(read.error().malformed);
  return read.error().message;
}

TEST(CatalogRead, TheExampleOfTheInterface) {
  const auto read = read_catalog(example, DocumentFormat::yaml, environment);
  ASSERT_TRUE(read.has_value()) << read.error().message << texts_of(read.error().faults).front();
  const auto partner = *core::Uuid::parse("11111111-1111-4111-8111-111111111111");
  const auto bank = *core::Uuid::parse("22222222-2222-4222-8222-222222222222");
  const core::CatalogDocument& document = read->document;

  const std::vector<core::Organization> organizations{{partner, "Northwind Partners"}, {bank, "Blue Harbor Bank"}};
  EXPECT_EQ(document.organizations, organizations);
  const std::vector<core::Trust> trusts{{partner, bank, true}};
  EXPECT_EQ(document.trusts, trusts);

  ASSERT_EQ(document.clients.size(), 1U);
  const core::OAuthClient client{.id = "partner",
                                 .organization = partner,
                                 .secret_hash = "",
                                 .permissions = {"affiliateOrganization:clientBilling:view"},
                                 .token_seconds = 86'400,
                                 .redirect_uris = {}};
  EXPECT_EQ(document.clients[0].client, client);
  EXPECT_EQ(document.clients[0].secret, "s3cret-of-partner");

  ASSERT_EQ(document.products.size(), 4U);
  core::Product named;
  named.key = "cx-3-named";
  named.name = "Genesys Cloud CX 3";
  named.short_name = "GenesysCloudCX3";
  named.part_number = "GC-170-NV-CX3";
  named.grouping = "user-license";
  named.unit = "user";
  named.metering = {core::MeteringKind::unique, "cx", 3, std::nullopt, std::nullopt};
  named.list_price = {{"USD", core::Decimal::from_integer(155)}, {"EUR", core::Decimal::from_integer(155)}};
  EXPECT_EQ(document.products[0], named);

  const core::Product& requests = document.products[1];
  EXPECT_TRUE(requests.third_party);
  EXPECT_FALSE(requests.cancellable);
  const std::vector<core::FairUse> grants{{"cx-3-named", core::Decimal::from_integer(140'000), std::nullopt},
                                          {std::nullopt, std::nullopt, core::Decimal::from_integer(10'000)}};
  EXPECT_EQ(requests.fair_use, grants);
  const core::RollUp roll_up{"ai-tokens", core::Decimal::from_integer(17)};
  EXPECT_EQ(document.products[2].rolls_up, roll_up);
  const core::Metering minutes{core::MeteringKind::duration, std::nullopt, std::nullopt, 6, core::MeteringUnit::minute};
  EXPECT_EQ(document.products[3].metering, minutes);
}

TEST(CatalogRead, EachValueHasItsPosition) {
  const auto read = read_catalog(example, DocumentFormat::yaml, environment);
  ASSERT_TRUE(read.has_value());
  const struct {
    std::string pointer;
    std::size_t line;
    std::size_t column;
  } rows[] = {
      {"", 1, 1},
      {"/organizations", 2, 3},
      {"/organizations/0", 2, 5},
      {"/organizations/0/id", 2, 10},
      {"/organizations/1/name", 3, 54},
      {"/clients/0/permissions/0", 10, 19},
      {"/products/0/list_price/EUR", 21, 38},
      {"/products/1/fair_use/1/organization", 30, 70},
  };
  for (const auto& row : rows) {
    const auto found = read->positions.find(row.pointer);
    ASSERT_NE(found, read->positions.end()) << row.pointer;
    EXPECT_EQ(found->second.line, row.line) << row.pointer;
    EXPECT_EQ(found->second.column, row.column) << row.pointer;
  }
  DecodeFaults faults{
      {"/products/0/list_price/EUR", "is odd"}, {"/products/2/short_name", "is missed"}, {"", "is bad"}};
  add_positions(faults, *read);
  EXPECT_EQ(texts_of(faults),
            (Texts{"/products/0/list_price/EUR: line 21, column 38: is odd",
                   "/products/2/short_name: line 31, column 5: is missed", ": line 1, column 1: is bad"}));
}

TEST(CatalogRead, ColumnsCountCharactersAndLinesCountEveryEnding) {
  EXPECT_EQ(texts_of(faults_in("# é€😀\r\ntrusts:\r\n  - {trustee: \"é€😀\", trustor: x}\r\n")),
            (Texts{"/trusts/0/trustee: line 3, column 15: must be a UUID, such as 22222222-2222-4222-8222-222222222222",
                   "/trusts/0/trustor: line 3, column 31: must be a UUID, such as "
                   "22222222-2222-4222-8222-222222222222"}));
  EXPECT_EQ(texts_of(faults_in("\xEF\xBB\xBFtrust: []\n")),
            Texts{"/trust: line 1, column 1: is no key that is known here; did you mean \"trusts\"?"});
}

TEST(CatalogRead, JsonHasNoPositions) {
  const auto read =
      read_catalog(R"({"organizations":[{"id":"11111111-1111-4111-8111-111111111111","name":"N"}],"trusts":null})",
                   DocumentFormat::json, {});
  ASSERT_TRUE(read.has_value());
  EXPECT_TRUE(read->positions.empty());
  EXPECT_EQ(read->document.organizations.size(), 1U);
  EXPECT_EQ(texts_of(faults_in(R"({"organizations":[{"name":5}]})", DocumentFormat::json)),
            (Texts{"/organizations/0/id: is required", "/organizations/0/name: must be a string"}));
}

// One product, with a line of its own for each key: `line` is the seventh.
std::string product_with(std::string_view line) {
  return "products:\n- key: k\n  name: n\n  part_number: p\n  grouping: g\n  unit: u\n  " + std::string(line) + "\n";
}
std::string joined(const DecodeFaults& faults) {
  std::string lines;
  for (const auto& text : texts_of(faults)) lines += (lines.empty() ? "" : "\n") + text;
  return lines;
}

TEST(CatalogRead, FaultsOfAProductAtTheirPlaces) {
  const std::string quote =
      "must be written as a string, such as \"1.5\": a number with a fraction or an exponent is not exact";
  const std::string decimal = "must be a decimal in a string, such as \"1.5\", or an integer";
  const std::string plain = "must be a plain decimal number, such as \"1.5\"";
  const struct {
    std::string line;
    std::string fault;
  } rows[] = {
      {"metering: {kind: sum}\n  list_price: {USD: 140.00}", "/products/0/list_price/USD: line 8, column 21: " + quote},
      {"metering: {kind: sum}\n  list_price: {USD: 1e3}", "/products/0/list_price/USD: line 8, column 21: " + quote},
      {"metering: {kind: sum}\n  list_price: {USD: .5}", "/products/0/list_price/USD: line 8, column 21: " + quote},
      {"metering: {kind: sum}\n  list_price: {USD: \"1e3\"}",
       "/products/0/list_price/USD: line 8, column 21: " + plain},
      {"metering: {kind: sum}\n  list_price: {USD: 0x10}", "/products/0/list_price/USD: line 8, column 21: " + decimal},
      {"metering: {kind: sum}\n  list_price: {USD: 1_000}",
       "/products/0/list_price/USD: line 8, column 21: " + decimal},
      {"metering: {kind: sum}\n  list_price: {USD: .inf}", "/products/0/list_price/USD: line 8, column 21: " + decimal},
      {"metering: {kind: sum}\n  list_price: {USD: ~}", "/products/0/list_price/USD: line 8, column 21: " + decimal},
      {"metering: {kind: sum}\n  list_price: {USD: 1000000000000000000}",
       "/products/0/list_price/USD: line 8, column 21: has more than 18 digits before or 9 after the point"},
      {"metering: {kind: sum}\n  list_price: [USD]", "/products/0/list_price: line 8, column 15: must be an object"},
      {"metering: {kind: sum}\n  third_party: yes",
       "/products/0/third_party: line 8, column 16: must be true or false"},
      {"metering: {kind: sum}\n  third_party: \"true\"",
       "/products/0/third_party: line 8, column 16: must be true or false"},
      {"metering: {kind: sum}\n  fair_use: {organization: \"1\"}",
       "/products/0/fair_use: line 8, column 13: must be an array"},
      {"metering: {kind: sum}\n  fair_use: [{organisation: \"1\"}]",
       "/products/0/fair_use/0/organisation: line 8, column 15: is no key that is known here; did you mean "
       "\"organization\"?"},
      {"metering: {kind: sum}\n  rolls_up: {into: t}",
       "/products/0/rolls_up/units_per_token: line 8, column 13: is required"},
      {"metering: {kind: sum}\n  rolls_up: ai-tokens", "/products/0/rolls_up: line 8, column 13: must be an object"},
      {"metering: {kind: sum}\n  short_name: [a]", "/products/0/short_name: line 8, column 15: must be a string"},
      {"metering: {kind: sum}\n  unit: again", "/products/0/unit: line 8, column 3: stands twice in this object"},
      {"metering: {kind: sum}\n  zone: here",
       "/products/0/zone: line 8, column 3: is no key that is known here; known are key, name, short_name, "
       "part_number, grouping, unit, metering, list_price, third_party, cancellable, fair_use, rolls_up"},
      {"metering: {kind: sum}\n  list_price: {\"\": x, a/b: 1.5}",
       "/products/0/list_price/: line 8, column 20: " + decimal +
           "\n/products/0/list_price/a~1b: line 8, column 28: " + quote},
  };
  for (const auto& row : rows) EXPECT_EQ(joined(faults_in(product_with(row.line))), row.fault) << row.line;
}

TEST(CatalogRead, PeopleAndThoseWhoVouchForThem) {
  const auto read = read_catalog(R"(users:
  - id: ana
    organization: 22222222-2222-4222-8222-222222222222
    email: Ana@Example.com
    secret: ${PARTNER_SECRET}
    permissions: ["billing:subscription:view"]
  - {id: bo, organization: 22222222-2222-4222-8222-222222222222, email: bo@example.com, secret_hash: $argon2id$x}
saml:
  - organization: 22222222-2222-4222-8222-222222222222
    issuer: https://idp.example/metadata
    certificate: |
      -----BEGIN CERTIFICATE-----
      AAAA
      -----END CERTIFICATE-----
)",
                                 DocumentFormat::yaml, environment);
  ASSERT_TRUE(read.has_value()) << texts_of(read.error().faults).front();
  const auto bank = *core::Uuid::parse("22222222-2222-4222-8222-222222222222");
  const auto& users = read->document.users;
  ASSERT_EQ(users.size(), 2U);
  EXPECT_EQ(users[0].user, (core::User{"ana", bank, "Ana@Example.com", "", {"billing:subscription:view"}}));
  EXPECT_EQ(users[0].secret, "s3cret-of-partner");
  EXPECT_EQ(users[1].user, (core::User{"bo", bank, "bo@example.com", "$argon2id$x", {}}));
  EXPECT_EQ(users[1].secret, "");
  const core::SamlIssuer issuer{bank, "https://idp.example/metadata",
                                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"};
  EXPECT_EQ(read->document.saml, std::vector{issuer});
}

TEST(CatalogRead, WhatPeopleLackIsNamed) {
  EXPECT_EQ(
      texts_of(faults_in("users: [{id: ana, token_seconds: 300}]\n")),
      (Texts{"/users/0/organization: line 1, column 9: is required", "/users/0/email: line 1, column 9: is required",
             "/users/0/token_seconds: line 1, column 19: is no key that is known here; known are id, "
             "organization, email, secret, secret_hash, permissions"}));
  EXPECT_EQ(texts_of(faults_in("saml: [{}]\n")), (Texts{"/saml/0/organization: line 1, column 8: is required",
                                                        "/saml/0/issuer: line 1, column 8: is required",
                                                        "/saml/0/certificate: line 1, column 8: is required"}));
}

TEST(CatalogRead, YamlScalarsAreTakenAsTheyStand) {
  const auto read = read_catalog(
      "products:\n- key: 007\n  name: 1.10\n  short_name: |\n    \"block\n  part_number: yes\n  grouping: '~'\n  unit: "
      "\"null\"\n"
      "  metering: {kind: 'max'}\n  list_price: {USD: 155, EUR: '155.50', GBP: \"1\"}\n",
      DocumentFormat::yaml, {});
  ASSERT_TRUE(read.has_value()) << texts_of(read.error().faults).front();
  const core::Product& product = read->document.products.at(0);
  EXPECT_EQ(product.key, "007");
  EXPECT_EQ(product.name, "1.10");
  EXPECT_EQ(product.short_name, "\"block\n");
  EXPECT_EQ(product.part_number, "yes");
  EXPECT_EQ(product.grouping, "~");
  EXPECT_EQ(product.unit, "null");
  EXPECT_EQ(product.metering.kind, core::MeteringKind::max);
  EXPECT_EQ(product.list_price.at("USD").to_string(), "155");
  EXPECT_EQ(product.list_price.at("EUR").to_string(), "155.5");
}

TEST(CatalogRead, JsonIsAsStrictAsYaml) {
  const auto json = [](std::string_view member) {
    return R"({"products":[{"key":"k","name":"n","part_number":"p","grouping":"g","unit":"u",)" + std::string(member) +
           "}]}";
  };
  const struct {
    std::string member;
    std::string fault;
  } rows[] = {
      {R"("metering":{"kind":"sum"},"list_price":{"USD":140.00})",
       "/products/0/list_price/USD: must be written as a string, such as \"1.5\": a number with a fraction or an "
       "exponent is not exact"},
      {R"("metering":{"kind":"sum"},"cancellable":"true")", "/products/0/cancellable: must be true or false"},
      {R"("metering":{"kind":"sum"},"short_name":5)", "/products/0/short_name: must be a string"},
      {R"("metering":{"kind":"sum"},"unit":"v")", "/products/0/unit: stands twice in this object"},
      {R"("metering":{"kind":"sum"},"nmae":"v")",
       "/products/0/nmae: is no key that is known here; did you mean \"name\"?"},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(texts_of(faults_in(json(row.member), DocumentFormat::json)), Texts{row.fault}) << row.member;
  }
  const auto read =
      read_catalog(json(R"("metering":{"kind":"latest"},"list_price":{"USD":140})"), DocumentFormat::json, {});
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->document.products.at(0).list_price.at("USD"), core::Decimal::from_integer(140));
}

std::string client_with(std::string_view line) {
  return "clients:\n- id: c\n  organization: 11111111-1111-4111-8111-111111111111\n  " + std::string(line) + "\n";
}

TEST(CatalogRead, SecretsTakeVariablesWhereTheyAreGiven) {
  const struct {
    std::string secret;
    std::string resolved;
  } rows[] = {
      {"${PARTNER_SECRET}", "s3cret-of-partner"},
      {"'a-${PARTNER_SECRET}-b-${PARTNER_SECRET}'", "a-s3cret-of-partner-b-s3cret-of-partner"},
      {"$PARTNER_SECRET", "$PARTNER_SECRET"},
      {"\"x${EMPTY}\"", "x"},
      {"p}a$ss{", "p}a$ss{"},
  };
  for (const auto& row : rows) {
    const auto read = read_catalog(client_with("secret: " + row.secret), DocumentFormat::yaml, environment);
    ASSERT_TRUE(read.has_value()) << row.secret;
    EXPECT_EQ(read->document.clients.at(0).secret, row.resolved);
  }
}

TEST(CatalogRead, FaultsOfAClient) {
  const std::string dangling = "has a ${ without the name of a variable and a } after it";
  const struct {
    std::string line;
    std::string fault;
  } rows[] = {
      {"secret: ${NO_SUCH}", "/clients/0/secret: line 4, column 11: needs the variable NO_SUCH, which is not set"},
      {"secret: ${EMPTY}", "/clients/0/secret: line 4, column 11: must not be empty: its variables are"},
      {"secret: ''", "/clients/0/secret: line 4, column 11: must not be empty"},
      {"secret: ${PARTNER_SECRET", "/clients/0/secret: line 4, column 11: " + dangling},
      {"secret: ${}", "/clients/0/secret: line 4, column 11: " + dangling},
      {"secret: ${1A}", "/clients/0/secret: line 4, column 11: " + dangling},
      {"secret: ${A-B}", "/clients/0/secret: line 4, column 11: " + dangling},
      {"secret_hash: ''", "/clients/0/secret_hash: line 4, column 16: must not be empty"},
      {"secret: [a]", "/clients/0/secret: line 4, column 11: must be a string"},
      {"token_seconds: 1.5", "/clients/0/token_seconds: line 4, column 18: must be an integer of at most 64 bits"},
      {"token_seconds: '300'", "/clients/0/token_seconds: line 4, column 18: must be an integer of at most 64 bits"},
      {"token_seconds: 1d", "/clients/0/token_seconds: line 4, column 18: must be an integer of at most 64 bits"},
      {"permissions: all", "/clients/0/permissions: line 4, column 16: must be an array"},
      {"permissions: [{a: b}]", "/clients/0/permissions/0: line 4, column 17: must be a string"},
      {"redirect_uris: [~]", "/clients/0/redirect_uris/0: line 4, column 19: must be a string"},
  };
  for (const auto& row : rows) EXPECT_EQ(texts_of(faults_in(client_with(row.line))), Texts{row.fault}) << row.line;
}

TEST(CatalogRead, APostedDocumentMayNotNameVariables) {
  const Texts faults = texts_of(faults_in(client_with("secret: ${PARTNER_SECRET}"), DocumentFormat::yaml, {}));
  EXPECT_EQ(faults, Texts{"/clients/0/secret: line 4, column 11: contains ${: only tallystick apply and serve "
                          "--catalog replace variables, before they send or read a document"});
}

TEST(CatalogRead, VariablesAreReplacedInSecretsAlone) {
  const auto read =
      read_catalog("organizations:\n- id: 11111111-1111-4111-8111-111111111111\n  name: ${PARTNER_SECRET}\n",
                   DocumentFormat::yaml, environment);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->document.organizations.at(0).name, "${PARTNER_SECRET}");
}

TEST(CatalogRead, AllFaultsComeAtOnce) {
  EXPECT_EQ(
      texts_of(faults_in("organizations:\n- name: n\ntrusts:\n- [x]\nclients: {}\nproducts:\n- {key: k}\n")),
      (Texts{"/organizations/0/id: line 2, column 3: is required", "/trusts/0: line 4, column 3: must be an object",
             "/clients: line 5, column 10: must be an array", "/products/0/name: line 7, column 3: is required",
             "/products/0/part_number: line 7, column 3: is required",
             "/products/0/grouping: line 7, column 3: is required", "/products/0/unit: line 7, column 3: is required",
             "/products/0/metering: line 7, column 3: is required"}));
}

TEST(CatalogRead, TextsThatAreNoDocument) {
  const std::string deep = std::string(33, '[') + std::string(33, ']');
  const struct {
    std::string text;
    std::string message;
  } rows[] = {
      {"", "is empty"},
      {"# nothing\n", "is empty"},
      {"a: &x 1\n", "line 1, column 4: anchors are not taken; write the value out where it is needed"},
      {"a: 1\nb: *x\n", "line 2, column 4: is not YAML: the referenced anchor is not defined"},
      {"a: !!str 1\n", "line 1, column 4: tags are not taken"},
      {"a: !x {b: 1}\n", "line 1, column 4: tags are not taken"},
      {"? [a]\n: b\n", "line 1, column 3: a key must be a text"},
      {"~: b\n", "line 1, column 1: a key must be a text"},
      {"a: 1\n---\nb: 2\n", "line 2, column 1: a second document begins; a catalog is one document"},
      {"a: 1\n...\nb: 2\n", "line 3, column 1: a second document begins; a catalog is one document"},
      {"a: b: c\n", "line 1, column 5: is not YAML: illegal map value"},
      {"a: [1\n", "line 2, column 1: is not YAML: end of sequence flow not found"},
      {"a: \"x\n", "line 1, column 4: is not YAML: a quote that does not end"},
      {"a: 'x''\n", "line 1, column 4: is not YAML: a quote that does not end"},
      {"a: \"x\\\"\n", "line 1, column 4: is not YAML: a quote that does not end"},
      {"a: \"x", "line 1, column 6: is not YAML: illegal EOF in scalar"},
      {"a: " + deep, "line 1, column 35: nests deeper than 32 levels"},
      {"a: x\nb: \xFF\n", "line 2, column 4: is not UTF-8"},
      {std::string("a: x\nb: y\x04\nc: z\n"), "line 2, column 5: is not YAML: a control character"},
      {std::string("a: \0b", 5), "line 1, column 4: is not YAML: a control character"},
  };
  for (const auto& row : rows) EXPECT_EQ(malformed(row.text), row.message) << row.text;
  EXPECT_EQ(malformed("{", DocumentFormat::json), "is not JSON: it ends too early at byte 1");
  EXPECT_EQ(malformed("a: 1", DocumentFormat::json), "is not JSON: an unexpected character at byte 0");
}

TEST(CatalogRead, TextsThatAreMadeToFillMemoryOrTime) {
  EXPECT_EQ(malformed(std::string(std::size_t{8} * 1024 * 1024 + 1, ' ')),
            "has 8388609 bytes, as YAML at most 8388608 are taken; JSON may be larger");
  std::string many = "[0";
  for (int i = 0; i < 1'000'000; ++i) many += ",0";
  EXPECT_EQ(malformed(many + "]", DocumentFormat::json), "holds more than 1000000 values");
  ValueTree tree;
  EXPECT_TRUE(read_yaml("[a, b]", 3, tree).has_value());
  EXPECT_EQ(read_yaml("[a, b, c]", 3, tree).error(), "line 1, column 8: more than 3 values");
  std::string bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n";
  for (char c = 'b'; c < 'k'; ++c) {
    bomb += std::string(1, c) + ": &" + c + " [*" + static_cast<char>(c - 1) + ",*" + static_cast<char>(c - 1) + "]\n";
  }
  EXPECT_EQ(malformed(bomb), "line 1, column 4: anchors are not taken; write the value out where it is needed");
}

TEST(CatalogRead, ATextThatIsNoObjectIsAFaultOfTheWhole) {
  EXPECT_EQ(texts_of(faults_in("just words\n")), Texts{": line 1, column 1: must be an object"});
  EXPECT_EQ(texts_of(faults_in("[]", DocumentFormat::json)), Texts{": must be an object"});
  EXPECT_TRUE(faults_in("{}").empty());
  EXPECT_TRUE(faults_in("organizations:\nproducts: []\n").empty());
}

RC_GTEST_PROP(CatalogRead, ADamagedDocumentIsAnswered, ()) {
  expect_answer_to(damaged(example), environment);
}

}  // namespace
}  // namespace tallystick::wire
