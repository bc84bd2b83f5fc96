// The official JavaScript library against a Tallystick server that javascript_interop_test.py has started: what it reads
// is compared with what this file sent.
"use strict";
const assert = require("node:assert/strict");
const {before, test} = require("node:test");
const platformClient = require("purecloud-platform-client-v2");

const {TALLYSTICK_TEST_PORT, TALLYSTICK_TEST_OPERATOR_TOKEN, TALLYSTICK_TEST_CLIENTS} = process.env;
const origin = `http://127.0.0.1:${TALLYSTICK_TEST_PORT}`;
const clients = JSON.parse(TALLYSTICK_TEST_CLIENTS); // role -> {id, secret, organization, organizationName}
const start = "2026-03-01T00:00:00.000Z";
const end = "2026-04-01T00:00:00.000Z";

const people = ["ana@example.com", "Bo@example.com", "čeněk@example.com", "李雷@example.com"];
// A named user for each, on two days; API requests of exact fractions; one event before and one after the period.
const namedUsers = people.flatMap((person, i) => [
  {type: "named-user", subject: person, time: `2026-03-1${i}T09:15:00.250Z`},
  {type: "named-user", subject: person, time: `2026-03-2${i}T17:00:00Z`},
]);
const requests = people.map((person, i) => (
  {type: "api-requests", subject: person, time: `2026-03-05T0${i}:00:00Z`, data: {quantity: "1234567890.1"}}));
const outside = [
  {type: "api-requests", subject: "before@example.com", time: "2026-02-28T23:59:59.999Z", data: {quantity: "1"}},
  {type: "api-requests", subject: "after@example.com", time: end, data: {quantity: "1"}},
];

async function logIn(role) {
  const client = new platformClient.ApiClientClass();
  client.setGateway({host: "127.0.0.1", protocol: "http", port: Number(TALLYSTICK_TEST_PORT)});
  const authData = await client.loginClientCredentialsGrant(clients[role].id, clients[role].secret);
  return {client, authData, billing: new platformClient.BillingApi(client)};
}

async function refusal(promise) {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  assert.fail("the call succeeded");
}

before(async () => {
  const events = [...namedUsers, ...requests, ...outside].map((event, i) => (
    {specversion: "1.0", source: "interop", id: String(i), organization: clients.viewer.organization, ...event}));
  const answer = await fetch(`${origin}/tallystick/v1/events`, {
    method: "POST",
    headers: {"Content-Type": "application/cloudevents-batch+json", Authorization: `Bearer ${TALLYSTICK_TEST_OPERATOR_TOKEN}`},
    body: JSON.stringify(events),
  });
  assert.equal(answer.status, 200, await answer.clone().text());
  assert.deepEqual(await answer.json(), {accepted: events.length, duplicates: 0, conflicts: []});
});

test("logs in by its gateway setting", async () => {
  const {authData} = await logIn("viewer");
  assert.ok(authData.accessToken.length > 20);
  const seconds = (authData.tokenExpiryTime - Date.now()) / 1000;
  assert.ok(Math.abs(seconds - 86400) < 60, `the token lives ${seconds} s`);
});

test("a wrong secret is invalid_client", async () => {
  const client = new platformClient.ApiClientClass();
  client.setGateway({host: "127.0.0.1", protocol: "http", port: Number(TALLYSTICK_TEST_PORT)});
  const error = await refusal(client.loginClientCredentialsGrant(clients.viewer.id, "wrong"));
  assert.equal(error.response.status, 401);
  assert.equal(error.response.data.error, "invalid_client");
});

for (const [spelling, from, to] of [
  ["text", start, end],
  ["Date objects", new Date(start), new Date(end)],
  ["offsets", "2026-03-01T01:00:00+01:00", "2026-03-31T19:00:00-05:00"],
]) {
  test(`gets the report exactly, dates as ${spelling}`, async () => {
    const {billing} = await logIn("viewer");
    let report;
    do {
      report = await billing.getBillingReportsBillableusage(from, to);
    } while (report.status === "InProgress");
    assert.equal(report.status, "Complete");
    assert.equal(report.startDate, start);
    assert.equal(report.endDate, end);
    // Byte order of these names: capitals, small letters, letters beyond ASCII.
    const inOrder = ["Bo@example.com", "ana@example.com", "čeněk@example.com", "李雷@example.com"];
    const dated = (events) => inOrder.map((name) => (
      {name, date: new Date(events.find((event) => event.subject === name).time).toISOString()}));
    assert.deepEqual(report.usages, [
      {name: "Zebra named user", totalUsage: "4", resources: dated(namedUsers)},
      {name: "api requests", totalUsage: "4938271560.4", resources: dated(requests)},
    ]);
  });
}

test("a period without usage is complete and empty", async () => {
  const {billing} = await logIn("viewer");
  let report;
  do {
    report = await billing.getBillingReportsBillableusage("2025-01-01T00:00:00Z", "2025-02-01T00:00:00Z");
  } while (report.status === "InProgress");
  assert.deepEqual(report.usages, []);
});

test("says whose client it is", async () => {
  const {client} = await logIn("viewer");
  const me = await new platformClient.OrganizationApi(client).getOrganizationsMe();
  assert.equal(me.id, clients.viewer.organization);
  assert.equal(me.name, clients.viewer.organizationName);
});

test("a missing permission comes as the published ErrorBody", async () => {
  const {billing} = await logIn("powerless");
  const error = await refusal(billing.getBillingReportsBillableusage(start, end));
  assert.equal(error.status, 403);
  assert.equal(error.code, "missing.any.permissions");
  assert.match(error.message, /billing:subscription:view/);
  assert.ok(error.contextId);
});

test("a bad date and a bad period come as the published ErrorBody", async () => {
  const {billing} = await logIn("viewer");
  const badDate = await refusal(billing.getBillingReportsBillableusage("yesterday", end));
  assert.equal(badDate.status, 400);
  assert.equal(badDate.code, "invalid.date");
  const badPeriod = await refusal(billing.getBillingReportsBillableusage(end, start));
  assert.equal(badPeriod.status, 400);
  assert.equal(badPeriod.code, "constraint.validation");
  assert.ok(badPeriod.details.some((detail) => ["startDate", "endDate"].includes(detail.fieldName)));
});

test("extended responses carry the header fields", async () => {
  const {client, billing} = await logIn("viewer");
  client.setReturnExtendedResponses(true);
  const answer = await billing.getBillingReportsBillableusage(start, end);
  assert.equal(answer.status, 200);
  assert.ok(answer.headers["inin-correlation-id"]);
  assert.ok(Number(answer.headers["inin-ratelimit-allowed"]) > 0);
  assert.ok(Number(answer.headers["inin-ratelimit-count"]) > 0);
  assert.match(answer.headers["inin-ratelimit-reset"], /^\d+$/);
});
