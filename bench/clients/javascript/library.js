// The official library as its users set it up, and as well as it can be set up.
"use strict";
const http = require("node:http");
const platformClient = require("purecloud-platform-client-v2");

// Node's agent keeps connections open by itself since version 19. What is left to gain with axios below is an agent with
// a bound, no redirects and no decompression, each of which costs a layer for every answer.
function withBestSettings(client) {
  const given = client.getHttpClient();
  const usual = given.toAxiosConfig.bind(given);
  const httpAgent = new http.Agent({keepAlive: true, maxSockets: 16, scheduling: "lifo"});
  given.toAxiosConfig = (options) => ({...usual(options), httpAgent, maxRedirects: 0, decompress: false});
}

exports.platformClient = platformClient;
exports.logIn = async function logIn(settings = "usual") {
  const client = new platformClient.ApiClientClass();
  const address = new URL(process.env.TALLYSTICK_BASE_URL);
  client.setGateway({host: address.hostname, protocol: "http", port: Number(address.port)});
  if (settings === "best") withBestSettings(client);
  await client.loginClientCredentialsGrant(process.env.TALLYSTICK_CLIENT_ID, process.env.TALLYSTICK_CLIENT_SECRET);
  return client;
};
