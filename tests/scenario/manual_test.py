"""The pages of the manual: two formatters find nothing to complain about, and they say what --help says."""

import os
import re
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from harness.server_process import bare_environment, run_command


class ManualTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.home = Path(tempfile.mkdtemp(prefix="tallystick-manual-"))
        cls.addClassCleanup(shutil.rmtree, cls.home)
        made = run_command(["manual", "--output", "manual", "--date", "2026-11-24"], home=cls.home)
        assert made.returncode == 0, made.stderr
        cls.pages = sorted((cls.home / "manual").iterdir())

    def run_tool(self, *command, **environment):
        finished = subprocess.run(command, env=bare_environment(self.home, {"LC_ALL": "C.UTF-8", **environment}),
                                  capture_output=True, text=True, timeout=60, check=False)
        return finished

    def test_there_is_one_for_each_command(self):
        text = run_command(["--help"], home=self.home).stdout
        commands = re.findall(r"^  ([a-z][a-z-]+) ", text[text.index("Subcommands:"):], re.MULTILINE)
        self.assertGreater(len(commands), 15)
        self.assertEqual([page.name for page in self.pages],
                         sorted(["tallystick.1", *(f"tallystick-{command}.1" for command in commands)]))

    def test_mandoc_has_no_complaint(self):
        for page in self.pages:
            with self.subTest(page.name):
                checked = self.run_tool("mandoc", "-T", "lint", "-W", "warning", page)
                # A page that sorts itself into a section by its title needs no more than man(7) has.
                complaints = [line for line in checked.stdout.splitlines() if "referenced manual not found" not in line]
                self.assertEqual(complaints, [])

    def test_groff_has_no_complaint(self):
        for page in self.pages:
            with self.subTest(page.name):
                shown = self.run_tool("man", "--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z", page, MANROFFSEQ="", MANWIDTH="80")
                self.assertEqual((shown.returncode, shown.stderr), (0, ""))

    def test_every_option_of_the_help_is_there(self):
        for page in self.pages:
            command = page.stem.removeprefix("tallystick").removeprefix("-")
            help_text = run_command([*filter(None, [command]), "--help"], home=self.home).stdout
            shown = self.run_tool("mandoc", "-T", "utf8", "-O", "width=80", page).stdout
            plain = re.sub(".\b", "", shown)
            with self.subTest(page.name):
                for option in set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", help_text)):
                    self.assertIn(option, plain)

    def test_the_page_of_a_command(self):
        shown = self.run_tool("mandoc", "-T", "utf8", "-O", "width=80", self.home / "manual" / "tallystick-overview.1").stdout
        plain = re.sub(".\b", "", shown)
        self.assertRegex(plain, r"NAME\n +tallystick-overview - What a customer")
        self.assertRegex(plain, r"(?s)EXIT STATUS.*\n +3 +Not authenticated")
        self.assertIn('tallystick overview "Blue Harbor Bank" --compare 0,1\n', plain)
        self.assertIn("2026-11-24", plain)


if __name__ == "__main__":
    unittest.main()
