"""Data directories that cannot be used stop the start with exit code 1 and clear words, and nothing in them changes."""

import os
import stat
import unittest
from pathlib import Path

from harness import catalog
from harness.server_process import ServerProcess, run_command
from harness.session import Session


def files_in(directory: Path) -> dict:
    return {path: path.read_bytes() for path in directory.rglob("*") if path.is_file()}


class DataDirectoryTest(unittest.TestCase):
    def setUp(self):
        self.server = self.enterContext(ServerProcess())

    def refuse(self, data: Path, *said):
        """A second `serve` on `data`: exit 1, no ready line, words that name the directory and contain `said`."""
        arguments = ["serve", "--listen", "127.0.0.1:0", "--data", data]
        finished = run_command(arguments, home=self.server.directory, timeout_s=30)
        self.assertEqual(finished.returncode, 1, finished.stderr)
        self.assertEqual(finished.stdout, "")
        self.assertIn(str(data), finished.stderr)
        for part in said:
            self.assertIn(part.casefold(), finished.stderr.casefold())

    def test_a_second_process(self):
        operator = Session.of_operator(self.server)
        self.refuse(self.server.data, "another")
        self.assertEqual(operator.http.get("/api/v2/organizations/me").status, 200, "the first one goes on")
        self.assertEqual(self.server.stop(), 0)
        self.server.start()
        self.assertEqual(Session.of_operator(self.server).http.get("/health/ready").status, 200)

    def test_below_a_file(self):
        file = self.server.directory / "file"
        file.write_text("not a directory")
        self.refuse(file / "data")

    def test_a_file(self):
        file = self.server.directory / "file"
        file.write_text("not a directory")
        self.refuse(file)
        self.assertEqual(file.read_text(), "not a directory")

    def test_a_directory_of_something_else(self):
        for name, inside in (("documents", "letter.txt"), ("database", "CURRENT")):
            with self.subTest(name):
                other = self.server.directory / name
                other.mkdir()
                (other / inside).write_text("MANIFEST-000001\n")
                before = files_in(other)
                self.refuse(other)
                self.assertEqual(files_in(other), before, "something in it changed")

    def test_a_later_format(self):
        self.assertEqual(self.server.stop(), 0)
        file = self.server.data / "format"
        word, version = file.read_text().split()
        file.write_text(f"{word} {int(version) + 1}\n")
        before = files_in(self.server.data)
        self.refuse(self.server.data, "later tallystick")
        self.assertEqual(files_in(self.server.data), before, "something in it changed")
        file.write_text(f"{word} {version}\n")
        self.server.start()

    def test_a_damaged_format(self):
        self.assertEqual(self.server.stop(), 0)
        (self.server.data / "format").write_bytes(b"\x00\x00\x00")
        self.refuse(self.server.data, "format", "backup")

    def test_an_empty_directory_is_welcome(self):
        empty = self.server.directory / "empty"
        empty.mkdir()
        with ServerProcess(directory=self.server.directory, options=["--data", str(empty)]) as server:
            server.data = empty
            self.assertEqual(Session.of_operator(server).http.get("/health/ready").status, 200)

    def test_secrets_are_for_the_owner_alone(self):
        mode = stat.S_IMODE(os.stat(self.server.data / "operator.json").st_mode)
        self.assertEqual(mode, 0o600)

    def test_usage_of_the_last_process_is_there(self):
        operator = Session.of_operator(self.server)
        operator.apply(catalog.document())
        operator.send([catalog.event("1", catalog.BLUE_HARBOR, "api-requests", "ana", "2026-03-01T00:00:00Z")])
        for end in (self.server.kill, self.server.stop, self.server.kill):
            end()
            self.server.start()
            operator = Session.of_operator(self.server)
            (usage,) = operator.report_of(catalog.BLUE_HARBOR, "2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z")["usages"]
            self.assertEqual(usage["totalUsage"], "1")
            again = operator.send(
                [catalog.event("1", catalog.BLUE_HARBOR, "api-requests", "ana", "2026-03-01T00:00:00Z")]
            )
            self.assertEqual((again["accepted"], again["duplicates"]), (0, 1))


if __name__ == "__main__":
    unittest.main()
