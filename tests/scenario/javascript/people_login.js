// The official JavaScript library logs a person in at a Tallystick server that people_login_test.py has started.
"use strict";
const assert = require("node:assert/strict");
const {test} = require("node:test");
const platformClient = require("purecloud-platform-client-v2");

const person = JSON.parse(process.env.TALLYSTICK_TEST_PERSON);

function newClient() {
  const client = new platformClient.ApiClientClass();
  client.setGateway({host: "127.0.0.1", protocol: "http", port: Number(process.env.TALLYSTICK_TEST_PORT)});
  return client;
}

async function assertKnown(client) {
  const me = await new platformClient.OrganizationApi(client).getOrganizationsMe();
  assert.equal(me.id, person.organization);
}

async function refusalOf(promise) {
  try {
    await promise;
  } catch (error) {
    return error.response ? error.response.data.error : error.error;
  }
  assert.fail("the log-in succeeded");
}

test("a code, then refresh tokens, each of which works once", async () => {
  const client = newClient();
  const first = {...await client.loginCodeAuthorizationGrant(person.web, person.webSecret, person.webCode, person.redirectUri)};
  assert.ok(first.refreshToken);
  await assertKnown(client);
  const second = {...await client.refreshCodeAuthorizationGrant(person.web, person.webSecret, first.refreshToken)};
  assert.notEqual(second.accessToken, first.accessToken);
  assert.notEqual(second.refreshToken, first.refreshToken);
  await assertKnown(client);
  assert.equal(await refusalOf(
    newClient().refreshCodeAuthorizationGrant(person.web, person.webSecret, first.refreshToken)), "invalid_grant");
});

test("a code of PKCE", async () => {
  const client = newClient();
  assert.ok((await client.authorizePKCEGrant(person.app, person.verifier, person.appCode, person.redirectUri)).accessToken);
  await assertKnown(client);
  assert.equal(await refusalOf(
    newClient().authorizePKCEGrant(person.app, person.verifier, person.appCode, person.redirectUri)), "invalid_grant");
});

test("an assertion", async () => {
  const client = newClient();
  await client.loginSaml2BearerGrant(person.web, person.webSecret, person.orgName, person.assertion);
  await assertKnown(client);
});
