"""The command line against a service that is not ours: it answers as published, and what lies between misbehaves. Whatever
happens, a command prints what the service holds or fails and says why; it never prints something else."""

import json
import random
import unittest

from harness import faults
from harness.published_answers import PARTNER, contract_id, invoice_id, trustor_id
from harness.server_process import run_command
from harness.stand_in import CLIENT_ID, CLIENT_SECRET, StandIn

MARCH = "2026-03"
REPORT = "/api/v2/billing/reports/billableusage"
OVERVIEW = "/api/v2/billing/trusteebillingoverview/"
EXIT_FAILED, EXIT_BAD_INPUT, EXIT_NOT_AUTHENTICATED, EXIT_NOT_FOUND, EXIT_NO_ANSWER = 1, 2, 3, 5, 6


def read(text: str):
    """JSON with its numbers as they are written: a changed digit is a difference."""
    return json.loads(text, parse_float=str, parse_int=str)


class ForeignServiceTest(unittest.TestCase):
    def stand_in(self, plan=None, **settings) -> StandIn:
        return self.enterContext(StandIn(plan, **settings))

    def run_cli(self, service: StandIn, *arguments, secret=CLIENT_SECRET, stdin=b"", timeout_s=60):
        home = self.enterContext(self.temporary_directory())
        finished = run_command(
            arguments, home=home, stdin=stdin, timeout_s=timeout_s,
            environment={"GENESYSCLOUD_OAUTHCLIENT_ID": CLIENT_ID, "GENESYSCLOUD_OAUTHCLIENT_SECRET": secret,
                         "TALLYSTICK_BASE_URL": service.base_url})
        self.assertNotIn(secret, finished.stdout + finished.stderr, "the secret was printed")
        self.assertNotIn("stand-in-token-", finished.stdout + finished.stderr, "a token was printed")
        return finished

    @staticmethod
    def temporary_directory():
        import contextlib
        import pathlib
        import tempfile

        @contextlib.contextmanager
        def directory():
            with tempfile.TemporaryDirectory(prefix="tallystick-foreign-") as name:
                yield pathlib.Path(name)

        return directory()

    def assert_prints(self, finished, expected, what):
        self.assertEqual(finished.returncode, 0, f"{what}: {finished.stderr[-600:]}")
        self.assertEqual(read(finished.stdout), expected, what)

    def assert_fails(self, finished, code, what):
        self.assertEqual(finished.returncode, code, f"{what}: {finished.stdout[-300:]} {finished.stderr[-600:]}")
        self.assertEqual(finished.stdout, "", f"{what}: something was printed for an answer that is wrong")
        self.assertRegex(finished.stderr, r"tallystick [a-z-]+: .{10}", what)


def whole_listing(answers, path, **query):
    """All pages as the command prints them: the entities, without links to parts."""
    entities, after = [], "at-0"
    while True:
        page = read(answers.answer(path, {**query, "after": after}))
        entities += page["entities"]
        if "nextUri" not in page:
            return {"entities": entities}
        after = page["nextUri"].partition("after=")[2].partition("&")[0]


def overview_entry(answers, number, index=0):
    overview = read(answers.answer(OVERVIEW + trustor_id(number), {"billingPeriodIndex": str(index)}))
    return {"organization": overview["organization"], "index": str(index), "overview": overview}


def questions(answers):
    """Each command, and what it must print."""
    period = {"startDate": "2026-03-01T00:00:00.000Z", "endDate": "2026-04-01T00:00:00.000Z"}
    contracts = "/api/v2/billing/contracts"
    trustors = [row for page in range(1, 4) for row in read(
        answers.answer("/api/v2/orgauthorization/trustors", {"pageNumber": page, "pageSize": 100}))["entities"]]
    return {
        ("whoami",): read(answers.answer("/api/v2/organizations/me", {})),
        ("report", "--from", MARCH): read(answers.answer(REPORT, period)),
        ("overview", trustor_id(2), "--period", "1"):
            read(answers.answer(OVERVIEW + trustor_id(2), {"billingPeriodIndex": "1"})),
        ("overview", "--all"): [overview_entry(answers, number) for number in range(answers.trustors)],
        ("contracts",): whole_listing(answers, contracts),
        ("contract", contract_id(3)): read(answers.answer(f"{contracts}/{contract_id(3)}", {})),
        ("period", contract_id(1), "2026-02"):
            read(answers.answer(f"{contracts}/{contract_id(1)}/billingperiods/2026-02", {})),
        ("invoices",): whole_listing(answers, f"{contracts}/invoices"),
        ("invoice-lines", invoice_id(2)): whole_listing(answers, f"{contracts}/invoices/{invoice_id(2)}/lines"),
        ("trustors",): {"entities": trustors, "pageCount": "1", "pageNumber": "1",
                        "pageSize": str(answers.trustors), "total": str(answers.trustors)},
    }


class RightAnswersTest(ForeignServiceTest):
    def test_prints_what_the_service_holds(self):
        service = self.stand_in()
        for arguments, expected in questions(service.answers).items():
            with self.subTest(arguments=arguments):
                self.assert_prints(self.run_cli(service, *arguments), expected, arguments)

    def test_odd_ways_to_send_a_right_answer(self):
        for fault in faults.ODD:
            service = self.stand_in(lambda method, path, times_asked, fault=fault: fault)
            for arguments, expected in questions(service.answers).items():
                with self.subTest(fault=fault.__name__, arguments=arguments):
                    self.assert_prints(self.run_cli(service, *arguments), expected, (fault.__name__, arguments))


class PassingFaultsTest(ForeignServiceTest):
    def test_each_answer_fails_once(self):
        used = set()
        for seed in range(4):
            choice = random.Random(seed)

            def plan(method, path, times_asked, choice=choice):
                if times_asked > 1:
                    return None
                fault = choice.choice(faults.PASSING)
                used.add(fault)
                return fault

            service = self.stand_in(plan)
            for arguments, expected in questions(service.answers).items():
                with self.subTest(seed=seed, arguments=arguments):
                    self.assert_prints(self.run_cli(service, *arguments), expected, (seed, arguments))
        self.assertEqual(used, set(faults.PASSING), "some faults never happened")

    def test_retry_after_is_obeyed(self):
        service = self.stand_in(lambda method, path, times_asked:
                                faults.status(503, retry_after=1) if REPORT in path and times_asked == 1 else None)
        expected = questions(service.answers)["report", "--from", MARCH]
        self.assert_prints(self.run_cli(service, "report", "--from", MARCH), expected, "report")
        first, second = (came for _, path, _, came in service.requests if REPORT in path)
        self.assertGreaterEqual(second - first, 1.0)

    def test_a_token_that_ended_is_renewed_once(self):
        def plan(method, path, times_asked):
            if path == "/api/v2/organizations/me" and times_asked == 1:
                service.tokens.clear()
                return faults.status(401)
            return None

        service = self.stand_in(plan)
        self.assert_prints(self.run_cli(service, "whoami"), questions(service.answers)[("whoami",)], "whoami")
        self.assertEqual([path for method, path, *_ in service.requests if method == "POST"], ["/oauth/token"] * 2)

    def test_one_correlation_id_for_all_attempts(self):
        service = self.stand_in(lambda method, path, times_asked:
                                faults.status(503) if REPORT in path and times_asked == 1 else None)
        self.run_cli(service, "report", "--from", MARCH)
        ids = [headers.get("inin-correlation-id") for _, path, headers, _ in service.requests if REPORT in path]
        self.assertEqual(len(ids), 2)
        self.assertRegex(ids[0] or "", r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$")
        self.assertEqual(ids[0], ids[1])


class WrongAnswersTest(ForeignServiceTest):
    def test_a_success_that_is_not_the_model(self):
        listing_may_be = {"an empty object", "another model"}  # a listing requires no field, and unknown ones are kept
        for name, fault in faults.WRONG.items():
            service = self.stand_in(lambda method, path, times_asked, fault=fault: fault if method == "GET" else None)
            for arguments in (("report", "--from", MARCH), ("overview", trustor_id(1)), ("contracts",)):
                if arguments == ("contracts",) and name in listing_may_be:
                    continue
                with self.subTest(answer=name, arguments=arguments):
                    self.assert_fails(self.run_cli(service, *arguments), EXIT_FAILED, (name, arguments))

    def test_faults_that_stay(self):
        cases = [
            ("500 is not asked again", faults.status(500), EXIT_FAILED, 1),
            ("503 is asked four times", faults.status(503), EXIT_NO_ANSWER, 4),
            ("cut before the answer", faults.cut_before_answer, EXIT_NO_ANSWER, None),
            ("404", faults.status(404), EXIT_NOT_FOUND, 1),
            ("400", faults.status(400), EXIT_BAD_INPUT, 1),
        ]
        for name, fault, code, times in cases:
            service = self.stand_in(lambda method, path, times_asked, fault=fault: fault if method == "GET" else None)
            with self.subTest(name):
                self.assert_fails(self.run_cli(service, "report", "--from", MARCH), code, name)
                if times is not None:
                    self.assertEqual(len(service.asked(REPORT)), times, name)

    def test_a_service_that_says_nothing(self):
        service = self.stand_in(lambda method, path, times_asked: faults.silent if method == "GET" else None)
        finished = self.run_cli(service, "report", "--from", MARCH, "--timeout", "300ms")
        self.assert_fails(finished, EXIT_NO_ANSWER, "silent")

    def test_retry_after_beyond_patience_is_told_at_once(self):
        service = self.stand_in(lambda method, path, times_asked:
                                faults.status(429, retry_after=86400) if method == "GET" else None)
        self.assert_fails(self.run_cli(service, "report", "--from", MARCH), EXIT_NO_ANSWER, "a day")
        self.assertEqual(len(service.asked(REPORT)), 1)

    def test_wrong_secret(self):
        service = self.stand_in()
        self.assert_fails(self.run_cli(service, "whoami", secret="another-secret-77"), EXIT_NOT_AUTHENTICATED, "secret")
        self.assertEqual(len(service.requests), 1, "a refused secret is not tried again")

    def test_token_answers_that_are_wrong(self):
        for name, fault in faults.WRONG.items():
            if name == "another model":
                continue  # it is a token
            service = self.stand_in(lambda method, path, times_asked, fault=fault: fault if method == "POST" else None)
            with self.subTest(name):
                self.assert_fails(self.run_cli(service, "whoami"), EXIT_FAILED, name)
                self.assertEqual(service.asked("/api"), [], "asked without a token")

    def test_a_redirect_takes_no_token_along(self):
        elsewhere = self.stand_in()
        service = self.stand_in(lambda method, path, times_asked:
                                faults.redirect(elsewhere.base_url + path) if method == "GET" else None)
        finished = self.run_cli(service, "whoami")
        self.assert_fails(finished, EXIT_FAILED, "redirect")
        self.assertIn("redirect", finished.stderr)
        self.assertEqual(elsewhere.requests, [])

    def test_pages_that_lead_nowhere(self):
        path = "/api/v2/billing/contracts"
        for name, next_uri in (("to itself", f"{path}?after=at-4&pageSize=4"), ("without a cursor", path),
                               ("elsewhere", "https://elsewhere.example/api/v2/billing/contracts?after=at-4")):
            body = json.dumps({"entities": [], "nextUri": next_uri}).encode()
            fault = faults.body_instead(body)
            service = self.stand_in(lambda method, path, times_asked, fault=fault:
                                    fault if "/contracts" in path and (times_asked > 1 or "after" in path) else None)
            # The first page is right and leads on; what it leads to is not.
            with self.subTest(name):
                self.assert_fails(self.run_cli(service, "contracts"), EXIT_FAILED, name)
                self.assertLess(len(service.asked("/contracts")), 5, "it was asked in a circle")

    def test_a_post_without_a_guarantee_is_sent_once(self):
        service = self.stand_in(lambda method, path, times_asked:
                                faults.cut_before_answer if "/apply" in path else None)
        finished = self.run_cli(service, "apply", "-f", "-", stdin=b"organizations: []\n")
        self.assertEqual(finished.returncode, EXIT_NO_ANSWER, finished.stderr)
        self.assertEqual(sum("/apply" in path for _, path, *_ in service.requests), 1)


class ManyOverviewsTest(ForeignServiceTest):
    def test_those_that_fail_are_named_and_the_others_exact(self):
        wrong = {trustor_id(number) for number in (0, 5, 11)}
        service = self.stand_in(lambda method, path, times_asked: faults.truncated_json
                                if any(OVERVIEW + trustor in path for trustor in wrong) else None)
        finished = self.run_cli(service, "overview", "--all")
        self.assertEqual(finished.returncode, EXIT_FAILED)
        entries = read(finished.stdout)
        self.assertEqual(len(entries), service.answers.trustors)
        for number, entry in enumerate(entries):
            if trustor_id(number) in wrong:
                self.assertNotIn("overview", entry)
                self.assertTrue(entry["error"])
                self.assertIn(f"Customer {number:03d}", finished.stderr)
            else:
                self.assertEqual(entry, overview_entry(service.answers, number))

    def test_any_mixture_of_faults(self):
        for seed in range(6):
            choice = random.Random(1000 + seed)

            def plan(method, path, times_asked, choice=choice):
                if OVERVIEW not in path:
                    return None
                kind = choice.random()
                if kind < 0.35:
                    return choice.choice(faults.PASSING)
                if kind < 0.55:
                    return choice.choice(faults.ODD)
                return choice.choice(list(faults.WRONG.values())) if kind < 0.65 else None

            service = self.stand_in(plan)
            with self.subTest(seed=seed):
                finished = self.run_cli(service, "overview", "--all", "--timeout", "5s")
                entries = read(finished.stdout)
                self.assertEqual([entry["organization"]["id"] for entry in entries],
                                 [trustor_id(number) for number in range(service.answers.trustors)])
                right = [entry == overview_entry(service.answers, number) for number, entry in enumerate(entries)]
                failed = ["overview" not in entry and bool(entry.get("error")) for entry in entries]
                self.assertTrue(all(one != other for one, other in zip(right, failed)), f"a wrong overview: {entries}")
                self.assertEqual(finished.returncode, EXIT_FAILED if any(failed) else 0)


if __name__ == "__main__":
    unittest.main()
