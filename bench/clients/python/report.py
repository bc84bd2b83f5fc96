"""report.py: logs in, gets the report of BENCH_FROM to BENCH_TO, prints it."""

import json
import os

from library import log_in, platform_client

client = log_in()
report = platform_client.BillingApi(client).get_billing_reports_billableusage(os.environ["BENCH_FROM"], os.environ["BENCH_TO"])
print(json.dumps(client.sanitize_for_serialization(report)))
