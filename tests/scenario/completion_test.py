"""Real bash, zsh and fish complete command lines with what `tallystick completion` prints."""

import os
import pty
import re
import select
import shutil
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

from harness.server_process import bare_environment, binary_path

TIMEOUT_S = 30
COLOURS = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


class CompletionTest(unittest.TestCase):
    def setUp(self):
        self.home = Path(tempfile.mkdtemp(prefix="tallystick-completion-"))
        self.addCleanup(shutil.rmtree, self.home)
        (self.home / "bin").mkdir()
        (self.home / "bin" / "tallystick").symlink_to(binary_path())
        (self.home / "catalog one.yaml").touch()
        (self.home / "catalog-two.yaml").touch()
        (self.home / "folder").mkdir()
        profiles = self.home / "config" / "tallystick" / "config.toml"
        profiles.parent.mkdir(parents=True)
        profiles.write_text('[profiles.partner]\n[profiles."two words"]\n', "utf-8")
        self.environment = bare_environment(self.home, {
            "PATH": f"{self.home / 'bin'}:{os.environ['PATH']}", "TERM": "xterm", "LC_ALL": "C.UTF-8"})

    def run_shell(self, *command, text=None):
        finished = subprocess.run(command, input=text, env=self.environment, cwd=self.home, capture_output=True, text=True,
                                  timeout=TIMEOUT_S, check=False)
        self.assertEqual(finished.returncode, 0, finished.stdout + finished.stderr)
        self.assertEqual(finished.stderr, "")
        return finished.stdout

    def type_and_wait(self, command, setup, typed, expected):
        """Types into a shell on a terminal; what stands on it once `expected` does."""
        process_id, terminal = pty.fork()
        if process_id == 0:
            os.chdir(self.home)
            os.execvpe(command[0], command, self.environment)
        try:
            shown = ""
            def read_until(pattern):
                nonlocal shown
                deadline = time.monotonic() + TIMEOUT_S
                while not re.search(pattern, shown):
                    ready, _, _ = select.select([terminal], [], [], max(0, deadline - time.monotonic()))
                    self.assertTrue(ready, f"{pattern} did not come: {shown!r}")
                    shown = COLOURS.sub("", shown + os.read(terminal, 65_536).decode("utf-8", "replace"))
            os.write(terminal, f"{setup}; echo rea''dy\n".encode())
            read_until("ready")
            shown = ""
            os.write(terminal, typed.encode())
            read_until(expected)
            return shown
        finally:
            os.kill(process_id, 9)
            os.waitpid(process_id, 0)
            os.close(terminal)


class BashTest(CompletionTest):
    def complete(self, line):
        """What bash would offer: its own splitting of the line into words, then the function."""
        script = r"""
            source <(tallystick completion bash)
            complete -p tallystick >/dev/null || exit 1
            compopt() { :; }
            line=$1
            read -ra COMP_WORDS <<<"${line//=/ = }"
            [[ $line == *' ' || $line == *= ]] && COMP_WORDS+=("")
            [[ $line == *= ]] && unset 'COMP_WORDS[-1]'
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            _tallystick tallystick
            printf '%s\n' "${COMPREPLY[@]}"
        """
        return [word for word in self.run_shell("bash", "-c", script, "bash", line).splitlines() if word]

    def test_words(self):
        for line, expected in {
            "tallystick who": ["whoami"],
            "tallystick report --wat": ["--watch"],
            "tallystick report --format ": ["table", "json", "csv", "xlsx", "svg"],
            "tallystick whoami --format=c": ["csv"],
            "tallystick whoami --format=": ["table", "json", "csv", "xlsx"],
            "tallystick whoami --profile ": ["partner", "two\\ words"],
            "tallystick serve --log-l": ["--log-level"],
            "tallystick serve --log-level w": ["warning"],
            "tallystick apply -f catalog-": ["catalog-two.yaml"],
            "tallystick serve --data fol": ["folder"],
            "tallystick serve --data cat": [],
        }.items():
            with self.subTest(line):
                self.assertEqual(self.complete(line), expected)

    def test_on_a_terminal(self):
        typed = self.type_and_wait(["bash", "--norc", "--noprofile", "-i"], "source <(tallystick completion bash)",
                                   "tallystick who\t--form\tcs\t", "whoami --format csv ")
        self.assertNotIn("__complete", typed)
        self.type_and_wait(["bash", "--norc", "--noprofile", "-i"], "source <(tallystick completion bash)",
                           "tallystick apply -f catalog\\ \t", r"catalog\\ one\.yaml ")


class ZshTest(CompletionTest):
    SHELL = ["zsh", "-f", "-i"]
    SETUP = "autoload -U compinit; compinit -u -D; source <(tallystick completion zsh)"

    def test_on_a_terminal(self):
        for typed, expected in {
            "tallystick who\t": "whoami ",
            "tallystick report --wat\t": "--watch ",
            "tallystick whoami --format=cs\t": "--format=csv",
            "tallystick whoami --profile two\t": r"two\\ words",
            "tallystick apply -f catalog-\t": r"catalog-two\.yaml",
            "tallystick apply --file=catalog-\t": r"--file=catalog-two\.yaml",
            "tallystick serve --data fol\t": "folder/",
        }.items():
            with self.subTest(typed):
                self.type_and_wait(self.SHELL, self.SETUP, typed, expected)

    def test_descriptions_are_shown(self):
        self.type_and_wait(self.SHELL, self.SETUP, "tallystick whoami --ver\t\t", "--verbose")
        self.type_and_wait(self.SHELL, self.SETUP, "tallystick contract\t\t", "contracts *-- The contracts of")

    def test_as_a_function_of_a_folder(self):
        (self.home / "functions").mkdir()
        (self.home / "functions" / "_tallystick").write_text(self.run_shell("tallystick", "completion", "zsh"), "utf-8")
        self.type_and_wait(self.SHELL, 'fpath=("$HOME/functions" $fpath); autoload -U compinit; compinit -u -D',
                           "tallystick trus\t", "trustors ")


class FishTest(CompletionTest):
    def complete(self, line):
        script = "tallystick completion fish | source; complete -C $argv[1]"
        return self.run_shell("fish", "--no-config", "-c", script, line).splitlines()

    def test_words(self):
        for line, expected in {
            "tallystick who": ["whoami\tWho this client is: its organization, and where it asks"],
            "tallystick report --wat": ["--watch\tLook again and again, and show what changed, until Ctrl-C"],
            "tallystick whoami --format ": ["csv", "json", "table", "xlsx"],
            "tallystick whoami --format=c": ["--format=csv"],
            "tallystick whoami --profile ": ["partner", "two words"],
        }.items():
            with self.subTest(line):
                self.assertEqual(sorted(self.complete(line)), expected)

    def test_files_and_folders(self):
        for line, expected in {
            "tallystick apply -f catalog-": "catalog-two.yaml",
            "tallystick apply --file=catalog-": "--file=catalog-two.yaml",
            "tallystick serve --data fol": "folder/",
        }.items():
            with self.subTest(line):
                self.assertEqual([word.split("\t")[0] for word in self.complete(line)], [expected])


if __name__ == "__main__":
    unittest.main()
