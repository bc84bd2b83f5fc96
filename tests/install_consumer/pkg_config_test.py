"""A program of somebody who has neither CMake nor Ninja: a plain compiler and pkg-config, with the shared library and
with the archives. Arguments: the prefix, the compiler, its flags."""

import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

PROGRAM = pathlib.Path(__file__).parent / "project" / "main.cpp"
PREFIX, COMPILER, *FLAGS = [word for argument in sys.argv[1:] for word in argument.split()]
del sys.argv[1:]


def output_of(*command, **environment):
    done = subprocess.run(command, env={**os.environ, **environment}, capture_output=True, text=True, timeout=200)
    if done.returncode != 0:
        raise AssertionError(f"{' '.join(map(str, command))}\nfailed ({done.returncode}):\n{done.stdout}{done.stderr}")
    return done.stdout


class PkgConfig(unittest.TestCase):
    def setUp(self):
        folder = next(pathlib.Path(PREFIX).rglob("tallystick.pc")).parent
        self.environment = {"PKG_CONFIG_PATH": str(folder)}
        self.library_folder = str(folder.parent)
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.scratch = pathlib.Path(scratch.name)
        self.object = self.scratch / "main.o"
        output_of(COMPILER, "-std=c++20", *FLAGS, *self.ask("--cflags"), "-c", PROGRAM, "-o", self.object)

    def ask(self, *options, module="tallystick"):
        return output_of("pkg-config", *options, module, **self.environment).split()

    def run_program(self, libraries, **environment):
        program = self.scratch / "program"
        output_of(COMPILER, *FLAGS, self.object, "-o", program, *libraries)
        # Port 1 of loopback: nobody listens there.
        output = output_of(program, "http://127.0.0.1:1", **environment)
        self.assertIn("no report: cannot connect to http://127.0.0.1:1 ", output)
        return output_of("objdump", "-p", program)

    def test_with_the_shared_library(self):
        self.assertIn("libtallystick.so.", self.run_program(self.ask("--libs"), LD_LIBRARY_PATH=self.library_folder))

    def test_with_the_archives(self):
        self.assertNotIn("libtallystick", self.run_program(self.ask("--libs", module="tallystick-static")))

    def test_the_version_is_that_of_the_headers(self):
        header = (pathlib.Path(PREFIX) / "include/tallystick/core/version.hpp").read_text()
        self.assertIn(f'version = "{self.ask("--modversion")[0]}"', header)


if __name__ == "__main__":
    unittest.main()
