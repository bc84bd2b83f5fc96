// A customer with the official JavaScript library: its contracts, a closed period, invoices, lines and the document, every field
// held against figures worked out by hand. javascript_interop_test.py has started the server, whose clock stands at
// 2026-04-01, and applied the seller and the contract.
//
// January: 15 seats, 10 prepaid: 10 x 100.00 = 1,000.00 and 5 x 120.00 = 600.00. 1,250 minutes, 1,000 prepaid: 250.00 and
// 250 x 0.25 = 62.50. Tokens: 51 bot minutes / 17 + 0.3 = 3.3, the greater of 2 prepaid and 2.5 granted covers 2.5, 0.8 x 1.00 = 0.80
// over, 2 x 0.80 = 1.60 prepaid. Requests: 2,200,000, of which 15 x 140,000 = 2,100,000 are granted: 100,000 x 0.0002 = 20.00.
// 1,600.00 + 312.50 + 2.40 + 20.00 = 1,934.90; to the minimum of 2,000.00 are missing 65.10.
// A sixteenth user of January arrives after it was closed: 120.00 more for seats; 16 x 140,000 = 2,240,000 requests are granted,
// so 20.00 less; 1,934.90 + 100.00 = 2,034.90 is above the minimum, so 65.10 less.
// February: 12 seats at 95.00 from the 15th: (10 x 100.00 x 14 + 12 x 95.00 x 14) / 28 = 1,070.00. 1,000.4 minutes: 250.00 and 0.10.
// 1.60 of tokens. 1,321.70; to the minimum are missing 678.30. With the adjustments 2,000.00 + 120.00 - 20.00 - 65.10 = 2,034.90.
"use strict";
const assert = require("node:assert/strict");
const crypto = require("node:crypto");
const {before, test} = require("node:test");
const platformClient = require("purecloud-platform-client-v2");

const {TALLYSTICK_TEST_PORT, TALLYSTICK_TEST_OPERATOR_TOKEN, TALLYSTICK_TEST_CLIENTS} = process.env;
const origin = `http://127.0.0.1:${TALLYSTICK_TEST_PORT}`;
const {quay, viewer} = JSON.parse(TALLYSTICK_TEST_CLIENTS);
const contractId = "55555555-5555-4555-8555-555555555555";
const successorId = "66666666-6666-4666-8666-666666666666";
const operatorOrganization = "00000000-0000-4000-8000-000000000001";

// RFC 9562, version 5.
const uuid5 = (namespace, name) => {
  const hash = crypto.createHash("sha1").update(Buffer.from(namespace.replaceAll("-", ""), "hex")).update(name).digest().subarray(0, 16);
  hash[6] = (hash[6] & 0x0f) | 0x50;
  hash[8] = (hash[8] & 0x3f) | 0x80;
  return hash.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
};
const periodId = (start) => uuid5(contractId, `billingperiod/${start}`);
const invoiceId = (start) => uuid5(contractId, `invoice/${start}`);
const product = (key, sku, name, unitOfMeasure) => ({id: uuid5(operatorOrganization, `product/${key}`), sku, name, unitOfMeasure});
const seats = product("quay-seats", "Q-SEATS", "Quay seats", "User");
const calls = product("quay-calls", "Q-CALLS", "Quay voice minutes", "Minute");
const tokens = product("quay-tokens", "Q-TOKENS", "Quay tokens", "Token");
const bots = product("quay-bots", "Q-BOTS", "Quay bot minutes", "Minute");
const requests = product("quay-requests", "Q-REQUESTS", "Quay API requests", "Each");

// The library's models are classes without fields of their own.
const plain = (value) => JSON.parse(JSON.stringify(value));

const logIn = async ({id, secret}) => {
  const client = new platformClient.ApiClientClass();
  client.setGateway({host: "127.0.0.1", protocol: "http", port: Number(TALLYSTICK_TEST_PORT)});
  await client.loginClientCredentialsGrant(id, secret);
  return new platformClient.BillingApi(client);
};

const post = async (path, contentType, body) => {
  const answer = await fetch(`${origin}${path}`, {
    method: "POST", headers: {"Content-Type": contentType, Authorization: `Bearer ${TALLYSTICK_TEST_OPERATOR_TOKEN}`}, body: JSON.stringify(body),
  });
  assert.equal(answer.status, 200, await answer.clone().text());
  return answer.json();
};
let sent = 0;
const send = (events) => post("/tallystick/v1/events", "application/cloudevents-batch+json", events.map(([type, subject, time, data]) => (
  {specversion: "1.0", source: "quay", id: String(sent++), organization: quay.organization, type, subject, time, data})));
const close = (through) => post("/tallystick/v1/periods/close", "application/json", {organizationId: quay.organization, through});

let api;
before(async () => {
  api = await logIn(quay);
  const users = (month, count) => Array.from({length: count}, (_, i) => ["quay-seats", `user-${i}`, `${month}-05T08:00:00Z`]);
  await send([
    ...users("2026-01", 15),
    ["quay-calls", "line-1", "2026-01-06T00:00:00Z", {until: "2026-01-06T20:50:00Z"}], // 1,250 minutes
    ["quay-bots", "bot-1", "2026-01-07T00:00:00Z", {quantity: "51"}],
    ["quay-tokens", "copilot", "2026-01-07T00:00:00Z", {quantity: "0.3"}],
    ["quay-requests", "crm", "2026-01-08T00:00:00Z", {quantity: "2200000"}],
    ...users("2026-02", 12),
    ["quay-calls", "line-1", "2026-02-06T00:00:00Z", {until: "2026-02-06T16:40:24Z"}], // 1,000.4 minutes
  ]);
  const january = await close("2026-01-31");
  assert.deepEqual(january.closed.map(({dateStart, amount}) => [dateStart, amount]), [["2026-01-01", 2000]]);
  await send([["quay-seats", "user-late", "2026-01-31T23:59:59Z"]]);
  const february = await close("2026-02-28");
  assert.deepEqual(february.closed.map(({dateStart, amount}) => [dateStart, amount]), [["2026-02-01", 2034.9]]);
});

const party = {number: "Q-77", name: "Quay Logistics, Accounts Payable"};
const withoutId = ({id, ...rest}) => rest;

test("getBillingContracts lists contracts, newest first, page by page", async () => {
  const all = plain(await api.getBillingContracts());
  assert.deepEqual(all.entities.map(({id}) => id), [successorId, contractId]);
  assert.equal(all.nextUri, undefined);
  assert.equal(all.previousUri, undefined);
  assert.ok(all.selfUri.startsWith("/api/v2/billing/contracts"));

  const first = plain(await api.getBillingContracts({pageSize: "1"}));
  assert.deepEqual(first.entities.map(({id}) => id), [successorId]);
  const after = new URL(first.nextUri, origin).searchParams.get("after");
  const second = plain(await api.getBillingContracts({pageSize: "1", after}));
  assert.deepEqual(second.entities.map(({id}) => id), [contractId]);
  assert.equal(second.nextUri, undefined);
  const backwards = new URL(second.previousUri, origin).searchParams.get("before");
  assert.deepEqual(plain(await api.getBillingContracts({pageSize: "1", before: backwards})).entities.map(({id}) => id), [successorId]);

  const ids = async (options) => (await api.getBillingContracts(options)).entities.map(({id}) => id);
  assert.deepEqual(await ids({status: "Active"}), [contractId]);
  assert.deepEqual(await ids({status: "inactive"}), [successorId]);
  assert.deepEqual(await ids({externalNumber: "Q-2"}), [successorId]);
  assert.deepEqual(await ids({dateStart: "2026-12-31", dateEnd: "2026-12-31"}), [contractId]);
  assert.deepEqual(await ids({dateStart: "2027-01-01"}), [successorId]);
  assert.deepEqual(await ids({dateEnd: "2025-12-31"}), []);
});

test("getBillingContract has parties, periods and plans", async () => {
  const contract = plain(await api.getBillingContract(contractId));
  assert.deepEqual(contract.billingPeriods, [
    ["2026-01-01", "2026-01-31", "Closed"], ["2026-02-01", "2026-02-28", "Closed"],
    ["2026-03-01", "2026-03-31", "Open"], ["2026-04-01", "2026-04-30", "Open"],
  ].map(([dateStart, dateEnd, status]) => ({id: periodId(dateStart), dateStart, dateEnd, status})));
  const plan = (key, itsProduct, items) => ({
    id: uuid5(contractId, `plan/${key}`), name: itsProduct.name, organizations: [{id: quay.organization, name: quay.organizationName}],
    product: itsProduct, items,
  });
  assert.deepEqual(contract.plans, [
    plan("quay-seats", seats, [
      {itemNumber: "1", name: "Quay seats", type: "Recurring", function: "user-license", dateChargedThrough: "2026-02-28",
        currencyIsoCode: "USD", discountAmount: 25, dateEffectiveStart: "2026-01-01", dateEffectiveEnd: "2026-02-14",
        overagePrice: 120, price: 100, quantity: 10, unitOfMeasure: "User"},
      {itemNumber: "2", name: "Quay seats", type: "Recurring", function: "user-license", dateChargedThrough: "2026-02-28",
        currencyIsoCode: "USD", discountAmount: 30, dateEffectiveStart: "2026-02-15", dateEffectiveEnd: "2026-12-31",
        overagePrice: 120, price: 95, quantity: 12, unitOfMeasure: "User"},
    ]),
    plan("quay-calls", calls, [
      {itemNumber: "1", name: "Quay voice minutes", type: "Recurring", function: "resource", description: "calls out",
        dateChargedThrough: "2026-02-28", currencyIsoCode: "USD", dateEffectiveStart: "2026-01-01", dateEffectiveEnd: "2026-12-31",
        overagePrice: 0.25, price: 0.25, quantity: 1000, unitOfMeasure: "Minute"},
    ]),
    plan("quay-tokens", tokens, [
      {itemNumber: "1", name: "Quay tokens", type: "Recurring", function: "rollup", description: "0-1 at 1, above at 0.75",
        dateChargedThrough: "2026-02-28", currencyIsoCode: "USD", dateEffectiveStart: "2026-01-01", dateEffectiveEnd: "2026-12-31",
        overagePrice: 1, price: 0.8, quantity: 2, unitOfMeasure: "Token"},
    ]),
    plan("quay-requests", requests, [
      {itemNumber: "1", name: "Quay API requests", type: "Usage", function: "resource", dateChargedThrough: "2026-02-28",
        currencyIsoCode: "USD", dateEffectiveStart: "2026-01-01", dateEffectiveEnd: "2026-12-31", overagePrice: 0.0002, quantity: 0,
        unitOfMeasure: "Each"},
    ]),
  ]);
  const {billToCustomer, soldToCustomer, endCustomer, billingPeriods, plans, ...rest} = contract;
  assert.deepEqual(withoutId(billToCustomer), party);
  assert.deepEqual(soldToCustomer, {id: quay.organization, name: quay.organizationName});
  assert.deepEqual(endCustomer, {id: quay.organization, name: quay.organizationName});
  assert.deepEqual(rest, {
    id: contractId, externalNumber: "Q-1", status: "Active", commercialModel: "Prepay", purchaseOrderNumbers: ["PO-1", "PO-2"],
    dateStart: "2026-01-01", dateEnd: "2026-12-31",
  });
});

test("getBillingContractBillingperiod has every charge and wallet of January", async () => {
  const detail = plain(await api.getBillingContractBillingperiod(contractId, periodId("2026-01-01")));
  const charge = (key, itsProduct, figures) => ({
    id: uuid5(periodId("2026-01-01"), `charge/${key}`), name: itsProduct.name, product: itsProduct,
    organizations: [{id: quay.organization, name: quay.organizationName}], ...figures,
  });
  const {charges, wallets, ...rest} = detail;
  assert.deepEqual(rest, {id: periodId("2026-01-01"), dateStart: "2026-01-01", dateEnd: "2026-01-31", status: "Closed"});
  assert.deepEqual(charges.slice(0, 5), [
    charge("quay-requests", requests, {prepaidQuantity: 0, fairuseQuantity: 2100000, actualQuantity: 2200000, overageQuantity: 100000,
      overageRate: 0.0002, overageCharge: 20, overageCurrency: "USD"}),
    charge("quay-bots", bots, {actualQuantity: 51, convertedTokenCount: 3, tokenConversionRate: 17}),
    charge("quay-seats", seats, {prepaidQuantity: 10, actualQuantity: 15, overageQuantity: 5, overageRate: 120, overageCharge: 600, overageCurrency: "USD"}),
    charge("quay-tokens", tokens, {prepaidQuantity: 2, fairuseQuantity: 2.5, actualQuantity: 3.3, overageQuantity: 0.8, overageRate: 1,
      overageCharge: 0.8, overageCurrency: "USD"}),
    charge("quay-calls", calls, {prepaidQuantity: 1000, actualQuantity: 1250, overageQuantity: 250, overageRate: 0.25, overageCharge: 62.5, overageCurrency: "USD"}),
  ]);
  assert.deepEqual(charges.slice(5).map(({overageCharge, overageCurrency, product: its}) => [overageCharge, overageCurrency, its]), [[65.1, "USD", undefined]]);
  assert.deepEqual(wallets, [{
    id: uuid5(periodId("2026-01-01"), "wallet/quay-tokens"), name: "Quay tokens", product: tokens, unitOfMeasure: "Token",
    organizations: [{id: quay.organization, name: quay.organizationName}],
    // 2 prepaid and 2.5 granted, of which 3.3 are consumed and 1.2 expire.
    startingBalance: 4.5, balanceIncrease: 0, balanceConsumption: 3.3, balanceDecrease: 4.5, endingBalance: 0,
    balanceOverage: 0.8, balanceOverageRate: 1, balanceOverageCharge: 0.8, balanceOverageCurrency: "USD",
  }]);
});

test("February's detail names the adjustments of January, an open period's stands as it is now", async () => {
  const february = plain(await api.getBillingContractBillingperiod(contractId, periodId("2026-02-01")));
  const adjustments = february.charges.filter(({name}) => /2026-01-01/.test(name));
  assert.deepEqual(adjustments.map(({overageCharge, overageCurrency}) => [overageCharge, overageCurrency]), [[-20, "USD"], [120, "USD"], [-65.1, "USD"]]);
  const march = plain(await api.getBillingContractBillingperiod(contractId, periodId("2026-03-01")));
  assert.equal(march.status, "Open");
  assert.deepEqual([march.wallets[0].startingBalance, march.wallets[0].endingBalance], [4.5, 4.5]);
});

test("getBillingContractsInvoices lists what was issued, newest first, with filters", async () => {
  const listing = plain(await api.getBillingContractsInvoices());
  assert.deepEqual(listing.entities.map(({billToCustomer, ...rest}) => ({...rest, billToCustomer: withoutId(billToCustomer)})), [
    ["2026-02-01", "2026-02-28", 2034.9], ["2026-01-01", "2026-01-31", 2000],
  ].map(([start, dateInvoiced, amount]) => ({
    id: invoiceId(start), dateInvoiced, amount, currencyIsoCode: "USD", paymentStatus: "Unpaid", paymentTerms: "Net 30",
    paymentLink: "https://pay.example/quay", customerPoNumber: "PO-1, PO-2", customerInvoiceType: "Invoice",
    billToCustomer: party,
    shipToCustomer: {id: quay.organization, name: quay.organizationName},
    soldToCustomer: {id: quay.organization, name: quay.organizationName},
    billToAddress: {dateEffective: "2026-01-01", addressType: "BillTo", currencyIsoCode: "USD", line1: "Kai 7", line2: "Hinterhaus", cityName: "Hamburg",
      postalCode: "20457", countryCode: "DE"},
  })));
  const starts = async (options) => (await api.getBillingContractsInvoices(options)).entities.map(({dateInvoiced}) => dateInvoiced);
  assert.deepEqual(await starts({dateStart: "2026-02-01"}), ["2026-02-28"]);
  assert.deepEqual(await starts({dateEnd: "2026-01-31"}), ["2026-01-31"]);
  assert.deepEqual(await starts({paymentStatus: "Paid"}), []);
  assert.deepEqual(await starts({paymentStatus: "UnPaid"}), ["2026-02-28", "2026-01-31"]);
  const {nextUri} = await api.getBillingContractsInvoices({pageSize: "1"});
  assert.deepEqual(await starts({pageSize: "1", after: new URL(nextUri, origin).searchParams.get("after")}), ["2026-01-31"]);
});

test("getBillingContractsInvoiceLines has every line of both invoices", async () => {
  const linesOf = async (start) => plain(await api.getBillingContractsInvoiceLines(invoiceId(start))).entities;
  const line = (start, end, its, quantity, amount) => ({
    product: its, dateStart: start, dateEnd: end, quantity, amount, ...(its ? {unitOfMeasure: its.unitOfMeasure} : {}),
  });
  const january = (...figures) => line("2026-01-01", "2026-01-31", ...figures);
  const february = (...figures) => line("2026-02-01", "2026-02-28", ...figures);
  const expectLines = (lines, start, dateTransacted, expected) => {
    assert.deepEqual(lines.map(({id}) => id), expected.map((_, i) => uuid5(invoiceId(start), `line/${i + 1}`)));
    for (const each of lines) {
      assert.deepEqual(each.organization, {id: quay.organization, name: quay.organizationName});
      assert.equal(each.dateTransacted, dateTransacted);
      assert.ok(each.description.length > 0);
    }
    assert.deepEqual(lines.map(({id, description, organization, dateTransacted: _, ...rest}) => rest), plain(expected));
  };
  expectLines(await linesOf("2026-01-01"), "2026-01-01", "2026-01-31", [
    january(requests, 100000, 20),
    january(seats, 10, 1000), january(seats, 5, 600),
    january(tokens, 2, 1.6), january(tokens, 1, 0.8), // 0.8 tokens are 1 on the wire, exact in the description
    january(calls, 1000, 250), january(calls, 250, 62.5),
    january(undefined, 1, 65.1),
  ]);
  const lines = await linesOf("2026-02-01");
  expectLines(lines, "2026-02-01", "2026-02-28", [
    february(seats, 12, 1070), february(tokens, 2, 1.6), february(calls, 1000, 250), february(calls, 0, 0.1), // 0.4 minutes over
    february(undefined, 1, 678.3),
    january(requests, -100000, -20), january(seats, 1, 120), january(undefined, 1, -65.1),
  ]);
  assert.match(lines[0].description, /10 at 100\.00 for 14 of 28 days, 12 at 95\.00 for 14 of 28 days/);
  assert.match(lines[3].description, /0\.4/);
  assert.match(lines[6].description, /2026-01-01/);
  const page = plain(await api.getBillingContractsInvoiceLines(invoiceId("2026-01-01"), {pageSize: "3"}));
  assert.equal(page.entities.length, 3);
  const rest = plain(await api.getBillingContractsInvoiceLines(invoiceId("2026-01-01"), {after: new URL(page.nextUri, origin).searchParams.get("after")}));
  assert.equal(rest.entities.length, 5);
});

test("getBillingContractsInvoiceDocument answers an address that needs no token", async () => {
  const {url} = await api.getBillingContractsInvoiceDocument(invoiceId("2026-01-01"));
  const answer = await fetch(url);
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get("content-type"), "application/pdf");
  assert.equal(Buffer.from(await answer.arrayBuffer()).subarray(0, 5).toString(), "%PDF-");
});

test("another customer finds none of it", async () => {
  const other = await logIn(viewer);
  assert.deepEqual(plain(await other.getBillingContracts()).entities, []);
  assert.deepEqual(plain(await other.getBillingContractsInvoices()).entities, []);
  for (const asked of [
    () => other.getBillingContract(contractId),
    () => other.getBillingContractBillingperiod(contractId, periodId("2026-01-01")),
    () => other.getBillingContractsInvoiceLines(invoiceId("2026-01-01")),
    () => other.getBillingContractsInvoiceDocument(invoiceId("2026-01-01")),
  ]) {
    await assert.rejects(asked, ({status, code}) => status === 404 && code === "not.found");
  }
});
