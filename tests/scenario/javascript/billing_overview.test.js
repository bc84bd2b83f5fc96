// A partner with the official JavaScript library: lists its customers and walks the billing periods of one until 404.
// javascript_interop_test.py has started the server, whose clock stands at 2026-04-01, and applied trusts and a contract.
"use strict";
const assert = require("node:assert/strict");
const {before, test} = require("node:test");
const platformClient = require("purecloud-platform-client-v2");

const {TALLYSTICK_TEST_PORT, TALLYSTICK_TEST_OPERATOR_TOKEN, TALLYSTICK_TEST_CLIENTS} = process.env;
const origin = `http://127.0.0.1:${TALLYSTICK_TEST_PORT}`;
const clients = JSON.parse(TALLYSTICK_TEST_CLIENTS); // role -> {id, secret, organization, organizationName, customer}
const {partner} = clients;

// Named users of each month, from April 2026 back to April 2025; the contract has 4 until 15 January 2026, 6 from the 16th.
const periods = [
  {start: "2026-04-01", end: "2026-04-30", users: 0, prepay: "6", price: "90.00", amended: true},
  {start: "2026-03-01", end: "2026-03-31", users: 9, prepay: "6", price: "90.00", amended: true},
  {start: "2026-02-01", end: "2026-02-28", users: 6, prepay: "6", price: "90.00", amended: true},
  {start: "2026-01-01", end: "2026-01-31", users: 5, prepay: "6", price: "90.00", amended: true},
  {start: "2025-12-01", end: "2025-12-31", users: 4, prepay: "4", price: "100.00", amended: false},
  {start: "2025-11-01", end: "2025-11-30", users: 7, prepay: "4", price: "100.00", amended: false},
  {start: "2025-10-01", end: "2025-10-31", users: 3, prepay: "4", price: "100.00", amended: false},
  {start: "2025-09-01", end: "2025-09-30", users: 0, prepay: "4", price: "100.00", amended: false},
  {start: "2025-08-01", end: "2025-08-31", users: 1, prepay: "4", price: "100.00", amended: false},
  {start: "2025-07-01", end: "2025-07-31", users: 2, prepay: "4", price: "100.00", amended: false},
  {start: "2025-06-01", end: "2025-06-30", users: 8, prepay: "4", price: "100.00", amended: false},
  {start: "2025-05-01", end: "2025-05-31", users: 5, prepay: "4", price: "100.00", amended: false},
  {start: "2025-04-01", end: "2025-04-30", users: 4, prepay: "4", price: "100.00", amended: false},
];

const logIn = async ({id, secret}) => {
  const client = new platformClient.ApiClientClass();
  client.setGateway({host: "127.0.0.1", protocol: "http", port: Number(TALLYSTICK_TEST_PORT)});
  await client.loginClientCredentialsGrant(id, secret);
  return client;
};
const overviewOf = (client, organization, index) =>
  new platformClient.BillingApi(client).getBillingTrusteebillingoverviewTrustorOrgId(organization, {billingPeriodIndex: index});

before(async () => {
  const events = periods.flatMap(({start, users}) => Array.from({length: users}, (_, i) => (
    {type: "named-user", subject: `user-${i}@example.com`, time: `${start}T09:00:00Z`})));
  // March: 17 minutes of each of three bots are 51 / 17 = 3 tokens, 0.1 + 0.2 of its own make 3.3.
  for (const bot of ["a", "b", "c"]) events.push({type: "bot-minutes", subject: bot, time: "2026-03-05T09:00:00Z", data: {quantity: "17"}});
  for (const quantity of ["0.1", "0.2"]) events.push({type: "ai-tokens", subject: "copilot", time: "2026-03-05T09:00:00Z", data: {quantity}});
  const body = events.map((event, i) => (
    {specversion: "1.0", source: "overview", id: String(i), organization: partner.customer, ...event}));
  const answer = await fetch(`${origin}/tallystick/v1/events`, {
    method: "POST",
    headers: {"Content-Type": "application/cloudevents-batch+json", Authorization: `Bearer ${TALLYSTICK_TEST_OPERATOR_TOKEN}`},
    body: JSON.stringify(body),
  });
  assert.equal(answer.status, 200, await answer.clone().text());
});

test("a partner lists its customers, disabled ones too", async () => {
  const api = new platformClient.OrganizationAuthorizationApi(await logIn(partner));
  const listed = [];
  for (let pageNumber = 1, pageCount = 1; pageNumber <= pageCount; pageNumber++) {
    const page = await api.getOrgauthorizationTrustors({pageSize: 1, pageNumber});
    assert.equal(page.pageSize, 1);
    assert.equal(page.total, 2);
    ({pageCount} = page);
    listed.push(...page.entities);
  }
  assert.deepEqual(listed.map(({id, enabled, organization}) => [id, enabled, organization.id]), [
    [clients.viewer.organization, false, clients.viewer.organization],
    [partner.customer, true, partner.customer],
  ]);
});

test("it walks thirteen periods of a customer until 404", async () => {
  const client = await logIn(partner);
  const walked = [];
  for (let index = 0; ; index++) {
    try {
      walked.push(await overviewOf(client, partner.customer, index));
    } catch (error) {
      assert.equal(error.status, 404);
      assert.equal(error.code, "not.found");
      break;
    }
  }
  assert.equal(walked.length, periods.length);
  walked.forEach((overview, index) => {
    const {start, end, users, prepay, price, amended} = periods[index];
    const usages = [
      // By name in byte order: "AI tokens", its fair use, "Bot minutes", "Zebra named user".
      {
        name: "AI tokens", partNumber: "PN-AI-TOKENS", grouping: "rollup", unitOfMeasureType: "token",
        usageQuantity: index === 1 ? "3.3" : "0", overagePrice: "1.00", prepayQuantity: "2", prepayPrice: "0.80",
        bundleQuantity: "1", usageNotes: "0-1 at 1, above at 0.75", isCancellable: true, isThirdParty: false,
      },
      {
        name: "AI tokens fair use", partNumber: "PN-AI-TOKENS", grouping: "fair-use", unitOfMeasureType: "token",
        usageQuantity: index === 1 ? "2.5" : "0", prepayQuantity: "0", bundleQuantity: "2.5",
        isCancellable: true, isThirdParty: false,
      },
      ...(index === 1 ? [{
        name: "Bot minutes", partNumber: "PN-BOT-MINUTES", grouping: "rollup-usage", unitOfMeasureType: "minute",
        usageQuantity: "51", prepayQuantity: "0", isCancellable: true, isThirdParty: false,
      }] : []),
      {
        name: "Zebra named user", partNumber: "PN-NAMED-USER", grouping: "user-license", unitOfMeasureType: "user",
        usageQuantity: String(users), overagePrice: "120.00", prepayQuantity: prepay, prepayPrice: price,
        bundleQuantity: "1", isCancellable: true, isThirdParty: false,
      },
    ];
    assert.deepEqual(overview.usages, usages, `index ${index}`);
    assert.equal(overview.billingPeriodStartDate, `${start}T00:00:00.000Z`);
    assert.equal(overview.billingPeriodEndDate, `${end}T23:59:59.999Z`);
    assert.equal(overview.contractAmendmentDate, amended ? "2026-01-16T00:00:00.000Z" : undefined);
    assert.equal(overview.inRampPeriod, start === "2025-04-01");
    assert.deepEqual(
      {...overview, id: undefined, selfUri: undefined, usages: undefined, billingPeriodStartDate: undefined,
        billingPeriodEndDate: undefined, contractAmendmentDate: undefined, inRampPeriod: undefined,
        organization: {id: overview.organization.id, name: overview.organization.name}},
      {
        id: undefined, selfUri: undefined, usages: undefined, billingPeriodStartDate: undefined,
        billingPeriodEndDate: undefined, contractAmendmentDate: undefined, inRampPeriod: undefined,
        organization: {id: partner.customer, name: partner.customerName},
        currency: "EUR",
        enabledProducts: ["Zebra named user", "AI tokens"],
        subscriptionType: "PREPAY_MONTHLY_COMMITMENT",
        rampPeriodStartDate: "2025-04-01T00:00:00.000Z",
        rampPeriodEndDate: "2025-04-30T23:59:59.999Z",
        contractEffectiveDate: "2025-04-01T00:00:00.000Z",
        contractEndDate: "2027-03-31T23:59:59.999Z",
        minimumMonthlyAmount: "500.00",
      },
    );
  });
  assert.equal(new Set(walked.map((overview) => overview.id)).size, periods.length, "each period has an id of its own");
});

test("without an index it is the open period", async () => {
  const client = await logIn(partner);
  const overview = await new platformClient.BillingApi(client).getBillingTrusteebillingoverviewTrustorOrgId(partner.customer);
  assert.equal(overview.billingPeriodStartDate, "2026-04-01T00:00:00.000Z");
});

test("a disabled trust and an unknown organization are the same 404", async () => {
  const client = await logIn(partner);
  const refusals = [];
  for (const organization of [clients.viewer.organization, "99999999-9999-4999-8999-999999999999"]) {
    const error = await overviewOf(client, organization, 0).then(() => assert.fail("the call succeeded"), (refused) => refused);
    assert.equal(error.status, 404);
    refusals.push({code: error.code, message: error.message, details: error.details});
  }
  assert.deepEqual(refusals[0], refusals[1]);
});

test("an index that is none comes as the published ErrorBody", async () => {
  const client = await logIn(partner);
  const error = await overviewOf(client, partner.customer, -1).then(() => assert.fail("the call succeeded"), (refused) => refused);
  assert.equal(error.status, 400);
  assert.equal(error.code, "invalid.value");
  assert.ok(error.contextId);
});
