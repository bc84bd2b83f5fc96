// Licence families, concurrent seats and rounded calls with the official JavaScript library: a customer's billable usage
// report and its reseller's overview of March. javascript_interop_test.py has started the server, whose clock stands at
// 2026-04-01, and applied products and contract. Every total is worked out here by hand.
"use strict";
const assert = require("node:assert/strict");
const {before, test} = require("node:test");
const platformClient = require("purecloud-platform-client-v2");

const {TALLYSTICK_TEST_PORT, TALLYSTICK_TEST_OPERATOR_TOKEN, TALLYSTICK_TEST_CLIENTS} = process.env;
const origin = `http://127.0.0.1:${TALLYSTICK_TEST_PORT}`;
const {clinic, reseller} = JSON.parse(TALLYSTICK_TEST_CLIENTS); // role -> {id, secret, organization, customer}

const usage = [
  // Ana begins with CX 1 and is a CX 3 user from 10 March on; Ben stays with CX 1, which he logs in to for an hour.
  {type: "cx-1", subject: "ana@example.com", time: "2026-03-02T08:00:00Z"},
  {type: "cx-3", subject: "ana@example.com", time: "2026-03-10T08:00:00Z"},
  {type: "cx-1", subject: "ben@example.com", time: "2026-03-05T08:00:00Z", data: {until: "2026-03-05T09:00:00Z"}},
  // Ben sits at CX 1 from 08:00 to 12:00, at CX 3 from 09:00 to 10:00: three hours count for CX 1, one for CX 3. Cem is
  // there with him for 20 minutes, which is no peak.
  {type: "cx-1-seats", subject: "ben@example.com", time: "2026-03-10T08:00:00Z", data: {until: "2026-03-10T12:00:00Z"}},
  {type: "cx-3-seats", subject: "ben@example.com", time: "2026-03-10T09:00:00Z", data: {until: "2026-03-10T10:00:00Z"}},
  {type: "cx-1-seats", subject: "cem@example.com", time: "2026-03-10T10:30:00Z", data: {until: "2026-03-10T10:50:00Z"}},
  // 7 s and 4 s of one device are 12 + 6, a second of another is 6: 24 s are 0.4 minutes.
  {type: "calls", subject: "desk-1", time: "2026-03-10T09:00:00Z", data: {until: "2026-03-10T09:00:07Z"}},
  {type: "calls", subject: "desk-1", time: "2026-03-10T09:00:08Z", data: {until: "2026-03-10T09:00:12Z"}},
  {type: "calls", subject: "desk-2", time: "2026-03-10T09:00:00Z", data: {until: "2026-03-10T09:00:01Z"}},
  // One CX 3 seat covers 182,000 of them.
  {type: "requests", subject: "crm", time: "2026-03-31T23:59:59.999Z", data: {quantity: "505992"}},
];

async function logIn({id, secret}) {
  const client = new platformClient.ApiClientClass();
  client.setGateway({host: "127.0.0.1", protocol: "http", port: Number(TALLYSTICK_TEST_PORT)});
  await client.loginClientCredentialsGrant(id, secret);
  return new platformClient.BillingApi(client);
}

before(async () => {
  const events = usage.map((event, i) => (
    {specversion: "1.0", source: "metering", id: String(i), organization: clinic.organization, ...event}));
  const answer = await fetch(`${origin}/tallystick/v1/events`, {
    method: "POST",
    headers: {"Content-Type": "application/cloudevents-batch+json", Authorization: `Bearer ${TALLYSTICK_TEST_OPERATOR_TOKEN}`},
    body: JSON.stringify(events),
  });
  assert.equal(answer.status, 200, await answer.clone().text());
});

test("the customer's report has exact totals", async () => {
  const billing = await logIn(clinic);
  let report;
  do {
    report = await billing.getBillingReportsBillableusage("2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z");
  } while (report.status === "InProgress");
  const seen = (name, date) => ({name, date});
  assert.deepEqual(report.usages, [
    {name: "CX 1", totalUsage: "1", resources: [seen("ben@example.com", "2026-03-05T08:00:00.000Z")]},
    {name: "CX 1 seats", totalUsage: "1", resources: [seen("ben@example.com", "2026-03-10T08:00:00.000Z")]},
    {name: "CX 3", totalUsage: "1", resources: [seen("ana@example.com", "2026-03-10T08:00:00.000Z")]},
    {name: "CX 3 seats", totalUsage: "1", resources: [seen("ben@example.com", "2026-03-10T09:00:00.000Z")]},
    {name: "Calls out", totalUsage: "0.4", resources: [
      seen("desk-1", "2026-03-10T09:00:00.000Z"), seen("desk-2", "2026-03-10T09:00:00.000Z")]},
    {name: "Requests", totalUsage: "505992", resources: [seen("crm", "2026-03-31T23:59:59.999Z")]},
  ]);
});

test("a part of the period has licences and pieces of its own", async () => {
  const billing = await logIn(clinic);
  const report = await billing.getBillingReportsBillableusage("2026-03-01T00:00:00Z", "2026-03-10T00:00:00Z");
  assert.deepEqual(report.usages.map(({name, totalUsage}) => [name, totalUsage]), [["CX 1", "2"]]);
  // From 09:00 to 09:30 Ben is there for CX 3 alone. In 8 seconds nobody is a peak; calls of 7 s and 1 s are 12 + 6 s.
  const half = await billing.getBillingReportsBillableusage("2026-03-10T09:00:00Z", "2026-03-10T09:30:00Z");
  assert.deepEqual(half.usages.map(({name, totalUsage}) => [name, totalUsage]), [["CX 3 seats", "1"], ["Calls out", "0.4"]]);
  const seconds = await billing.getBillingReportsBillableusage("2026-03-10T09:00:00Z", "2026-03-10T09:00:08Z");
  assert.deepEqual(seconds.usages.map(({name, totalUsage}) => [name, totalUsage]), [["CX 3 seats", "0"], ["Calls out", "0.3"]]);
});

test("the reseller's overview has them with terms and allowance", async () => {
  const billing = await logIn(reseller);
  const overview = await billing.getBillingTrusteebillingoverviewTrustorOrgId(reseller.customer, {billingPeriodIndex: 1});
  const line = (name, partNumber, grouping, unitOfMeasureType, usageQuantity, more) => ({
    name, partNumber, grouping, unitOfMeasureType, usageQuantity, prepayQuantity: "0", isCancellable: true, isThirdParty: false,
    ...more,
  });
  assert.equal(overview.billingPeriodStartDate, "2026-03-01T00:00:00.000Z");
  assert.deepEqual(overview.enabledProducts, ["CX 3 seats", "Calls out"]);
  assert.deepEqual(overview.usages, [
    line("CX 1", "PN-CX-1", "user-license", "user", "1"),
    line("CX 1 seats", "PN-CX-1-SEATS", "user-license", "user", "1"),
    line("CX 3", "PN-CX-3", "user-license", "user", "1"),
    line("CX 3 seats", "PN-CX-3-SEATS", "user-license", "user", "1",
      {prepayQuantity: "1", prepayPrice: "140.00", overagePrice: "160.00", bundleQuantity: "1"}),
    line("Calls out", "PN-CALLS", "resource", "minute", "0.4",
      {prepayQuantity: "1000", prepayPrice: "0.25", overagePrice: "0.25", bundleQuantity: "1"}),
    line("Requests", "PN-REQUESTS", "resource", "each", "505992"),
    line("Requests fair use", "PN-REQUESTS", "fair-use", "each", "182000", {bundleQuantity: "182000"}),
  ]);
});
