// report.js: logs in, gets the report of BENCH_FROM to BENCH_TO, prints it.
"use strict";
const {logIn, platformClient} = require("./library.js");

(async () => {
  const billing = new platformClient.BillingApi(await logIn());
  const report = await billing.getBillingReportsBillableusage(process.env.BENCH_FROM, process.env.BENCH_TO);
  process.stdout.write(JSON.stringify(report) + "\n", () => process.exit(0));
})();
