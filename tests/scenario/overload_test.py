"""More batches than the queue holds: each is taken whole or refused with 503 and Retry-After, and nothing is lost."""

import threading
import time
import unittest

from harness import catalog
from harness.error_body import check_error_body
from harness.server_process import ServerProcess
from harness.session import Session

QUEUE_EVENTS = 4_000
BATCH_EVENTS = 3_000
THREADS = 6
GIVE_UP_AFTER_S = 60


class OverloadTest(unittest.TestCase):
    def test_a_full_queue(self):
        server = self.enterContext(ServerProcess(options=["--queue-events-max", str(QUEUE_EVENTS)]))
        operator = Session.of_operator(server)
        operator.apply(catalog.document())
        deadline = time.monotonic() + GIVE_UP_AFTER_S
        refused, taken, other = [], [], []
        seen = threading.Event()

        def send(thread):
            session = operator.again()
            number = 0
            while not seen.is_set() and time.monotonic() < deadline:
                batch = [
                    catalog.event(f"{thread}-{number}-{each}", catalog.BLUE_HARBOR, "api-requests", "ana",
                                  "2026-03-05T00:00:00Z")
                    for each in range(BATCH_EVENTS)
                ]
                number += 1
                answer = session.post_events(batch, "ndjson")
                {200: taken, 503: refused}.get(answer.status, other).append((batch, answer))
                if answer.status == 503:
                    seen.set()

        threads = [threading.Thread(target=send, args=(number,)) for number in range(THREADS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual([str(answer) for _, answer in other], [])
        self.assertTrue(refused, f"{len(taken)} batches from {THREADS} threads never filled a queue of {QUEUE_EVENTS}")
        for _, answer in refused:
            check_error_body(self, answer, 503, "service.unavailable")
            self.assertRegex(answer.header("Retry-After"), r"^[1-9][0-9]*$")
        self.assertEqual(self.total(operator), str(len(taken) * BATCH_EVENTS))
        for batch, _ in refused:
            self.assertEqual(operator.send(batch)["accepted"], BATCH_EVENTS, "a refused batch was partly stored")

    @staticmethod
    def total(operator):
        (usage,) = operator.report_of(catalog.BLUE_HARBOR, "2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z")["usages"]
        return usage["totalUsage"]


if __name__ == "__main__":
    unittest.main()
