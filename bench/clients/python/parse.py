"""parse.py FILE REPEATS: an answer's bytes to the library's model. Where it is not installed, less than it does: json.loads
and the dates, without the models; `kind` says which."""

import json
import sys
import time
from datetime import datetime

with open(sys.argv[1], "rb") as file:
    answer = file.read()

try:
    from library import platform_client
    from PureCloudPlatformClientV2.api_client import ApiClient

    class Response:
        data = answer.decode()

    client = ApiClient(host="http://127.0.0.1")
    kind = f"library {getattr(platform_client, '__version__', '')}".strip()

    def read():
        return sum(len(usage.resources) for usage in client.deserialize(Response, "BillingUsageReport").usages)
except ImportError:
    kind = "json.loads and dates"

    def read():
        report = json.loads(answer)
        for usage in report["usages"]:
            for resource in usage["resources"]:
                resource["date"] = datetime.fromisoformat(resource["date"])
        return sum(len(usage["resources"]) for usage in report["usages"])


each_ms, resources, cpu = [], 0, time.process_time()
for _ in range(int(sys.argv[2])):
    begin = time.perf_counter()
    resources = read()
    each_ms.append((time.perf_counter() - begin) * 1000)
cpu_ms = (time.process_time() - cpu) * 1000 / len(each_ms)
print(json.dumps({"each_ms": each_ms, "cpu_ms": cpu_ms, "resources": resources, "kind": kind}))
