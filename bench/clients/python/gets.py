"""gets.py CALLERS SECONDS: what bench_client_gets does, with the official library and threads."""

import json
import os
import sys
import threading
import time

from library import log_in, platform_client

CALLERS, SECONDS = int(sys.argv[1]), float(sys.argv[2])


def run(api, length):
    counts = []

    def call():
        own, end = 0, time.perf_counter() + length
        while time.perf_counter() < end:
            if api.get_organizations_me().id != os.environ["BENCH_ORGANIZATION"]:
                os._exit(1)
            own += 1
        counts.append(own)

    threads = [threading.Thread(target=call) for _ in range(CALLERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(counts) != CALLERS:
        sys.exit("a caller failed")
    return sum(counts)


api = platform_client.OrganizationApi(log_in())
run(api, SECONDS / 4)
cpu, begin = time.process_time(), time.perf_counter()
gets = run(api, SECONDS)
print(json.dumps({"gets": gets, "seconds": time.perf_counter() - begin, "cpu_seconds": time.process_time() - cpu}))
