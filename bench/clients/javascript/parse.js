// parse.js FILE REPEATS: what the library does with an answer's bytes: it makes them text, which JSON.parse reads. Dates
// stay text. `json_ms` is JSON.parse alone.
"use strict";
const {readFileSync} = require("node:fs");

const bytes = readFileSync(process.argv[2]);
const text = bytes.toString("utf8");
const resourcesOf = (report) => report.usages.reduce((sum, usage) => sum + usage.resources.length, 0);

function each(read) {
  const times = [];
  const cpu = process.cpuUsage();
  let resources = 0;
  for (let left = Number(process.argv[3]); left > 0; --left) {
    const begin = performance.now();
    resources = resourcesOf(read());
    times.push(performance.now() - begin);
  }
  const used = process.cpuUsage(cpu);
  return {times, resources, cpu_ms: (used.user + used.system) / 1000 / times.length};
}

each(() => JSON.parse(text)); // warm
const whole = each(() => JSON.parse(bytes.toString("utf8")));
const alone = each(() => JSON.parse(text));
console.log(JSON.stringify({
  each_ms: whole.times, cpu_ms: whole.cpu_ms, json_ms: alone.times, json_cpu_ms: alone.cpu_ms, resources: whole.resources,
}));
