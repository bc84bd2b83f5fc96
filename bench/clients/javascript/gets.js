// gets.js CALLERS SECONDS usual|best: what bench_client_gets does, with the official library.
"use strict";
const assert = require("node:assert/strict");
const {logIn, platformClient} = require("./library.js");

const [callers, seconds, settings] = [Number(process.argv[2]), Number(process.argv[3]), process.argv[4]];

async function run(api, length) {
  const end = performance.now() + length * 1000;
  const counts = await Promise.all(Array.from({length: callers}, async () => {
    let own = 0;
    for (; performance.now() < end; ++own) {
      const answer = await api.getOrganizationsMe();
      assert.equal(answer.id, process.env.BENCH_ORGANIZATION);
    }
    return own;
  }));
  return counts.reduce((sum, count) => sum + count, 0);
}

(async () => {
  const api = new platformClient.OrganizationApi(await logIn(settings));
  await run(api, seconds / 2); // the compiler of V8 wants longer to warm up than a connection
  const [cpu, begin] = [process.cpuUsage(), performance.now()];
  const gets = await run(api, seconds);
  const used = process.cpuUsage(cpu);
  console.log(JSON.stringify({gets, seconds: (performance.now() - begin) / 1000, cpu_seconds: (used.user + used.system) / 1e6}));
  process.exit(0);
})();
