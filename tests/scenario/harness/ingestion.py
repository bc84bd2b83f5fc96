"""Sends events from several threads, goes on after a server died, and checks the answers against what was sent."""

import http.client
import queue
import random
import threading
from dataclasses import dataclass, field

from harness.session import Session

FORMS = ("batch", "ndjson", "single")
ENCODINGS = (None, "gzip", "zstd")


@dataclass
class Batch:
    events: list  # of GeneratedEvent
    form: str
    encoding: str | None
    answer: dict | None = None  # of the request that was answered


def cut_into_batches(events: list, seed: int, events_max=1500) -> list:
    """Batches of random size, content type and encoding, in the order of `events`."""
    pick = random.Random(seed)
    batches, at = [], 0
    while at < len(events):
        form = pick.choices(FORMS, weights=(40, 40, 20))[0]
        size = 1 if form == "single" else pick.randrange(1, events_max)
        batches.append(Batch(events[at : at + size], form, pick.choice(ENCODINGS)))
        at += size
    return batches


@dataclass
class Ingestion:
    """Batches on their way to a server. `run` returns when all are answered, or the server is gone."""

    batches: list
    threads: int = 4
    failures: list = field(default_factory=list)

    def unanswered(self) -> list:
        return [batch for batch in self.batches if batch.answer is None]

    def run(self, session: Session, *, kill_after=None, kill=None):
        """Sends what is not answered yet. When `kill_after` batches are answered, `kill` is called once, while the
        other threads go on sending."""
        waiting = queue.SimpleQueue()
        for batch in self.unanswered():
            waiting.put(batch)
        answered = threading.Semaphore(0)
        workers = [
            threading.Thread(target=self._send_all, args=(session.again(), waiting, answered, kill is not None))
            for _ in range(self.threads)
        ]
        for worker in workers:
            worker.start()
        if kill is not None:
            for _ in range(kill_after):
                answered.acquire()
            kill()
        for worker in workers:
            worker.join()
        if self.failures:
            raise AssertionError("\n".join(self.failures[:5]))

    def _send_all(self, session, waiting, answered, may_die):
        while True:
            try:
                batch = waiting.get_nowait()
            except queue.Empty:
                return
            try:
                batch.answer = session.send([event.wire for event in batch.events], batch.form, batch.encoding)
            except (OSError, http.client.HTTPException) as gone:
                if not may_die:
                    self.failures.append(f"the connection broke: {gone!r}")
                return
            except AssertionError as refused:
                self.failures.append(str(refused))
                answered.release()
                return
            answered.release()

    # ---- what the answers say --------------------------------------------------------------------------------------

    def check_accounts(self):
        """accepted + duplicates + conflicts is the number of events sent, and conflicts name their events."""
        for batch in self.batches:
            answer = batch.answer
            told = answer["accepted"] + answer["duplicates"] + len(answer["conflicts"])
            if told != len(batch.events):
                raise AssertionError(f"{len(batch.events)} events sent as {batch.form}, {told} accounted for: {answer}")
            indexes = [conflict["index"] for conflict in answer["conflicts"]]
            if len(set(indexes)) != len(indexes):
                raise AssertionError(f"a conflict is named twice: {answer['conflicts']}")
            for conflict in answer["conflicts"]:
                event = batch.events[conflict["index"]]
                if (conflict["source"], conflict["id"]) != (event.source, event.id):
                    raise AssertionError(f"conflict {conflict} names the event ({event.source}, {event.id})")

    def accepted(self) -> int:
        return sum(batch.answer["accepted"] for batch in self.batches)

    def stored_contents(self) -> dict:
        """(organization, source, id) -> the one content that was never told to be in conflict."""
        kept, refused = {}, {}
        for batch in self.batches:
            conflicts = {conflict["index"] for conflict in batch.answer["conflicts"]}
            for index, event in enumerate(batch.events):
                pair = (event.content.organization, event.source, event.id)
                (refused if index in conflicts else kept).setdefault(pair, set()).add(event.content)
        for pair, contents in kept.items():
            if len(contents) != 1:
                raise AssertionError(f"{pair}: {len(contents)} contents were taken: {contents}")
            if contents & refused.get(pair, set()):
                raise AssertionError(f"{pair}: the content that counts was told to be in conflict")
        only_refused = refused.keys() - kept.keys()
        if only_refused:
            raise AssertionError(f"every content of {sorted(only_refused)[:3]} was told to be in conflict")
        return {pair: next(iter(contents)) for pair, contents in kept.items()}
