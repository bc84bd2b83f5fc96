"""The Debian packages: made, looked at, unpacked side by side into a folder, and used from there. Arguments: the build's
folder, the compiler, its flags."""

import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

BUILD = pathlib.Path(sys.argv[1])
COMPILER, *FLAGS = [word for argument in sys.argv[2:] for word in argument.split()]
del sys.argv[1:]
ROOT = pathlib.Path(__file__).parents[2]
# What lintian warns of and is meant to be so.
EXPLAINED = {
    "initial-upload-closes-no-bugs",  # they are not uploaded to Debian
    "maintscript-calls-ldconfig",  # CPack writes it beside the trigger
}


def output_of(*command, **environment):
    done = subprocess.run(command, env={**os.environ, **environment}, capture_output=True, text=True, timeout=250)
    if done.returncode != 0:
        raise AssertionError(f"{' '.join(map(str, command))}\nfailed ({done.returncode}):\n{done.stdout}{done.stderr}")
    return done.stdout


class DebianPackages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        scratch = tempfile.TemporaryDirectory()
        cls.addClassCleanup(scratch.cleanup)
        cls.made = pathlib.Path(scratch.name) / "made"
        cls.root = pathlib.Path(scratch.name) / "root"
        output_of("cpack", "--config", BUILD / "CPackConfig.cmake", "-B", cls.made)
        cls.files = {path.name.split("_")[0]: path for path in cls.made.glob("*.deb")}
        for path in cls.files.values():
            output_of("dpkg-deb", "-x", path, cls.root)

    def field(self, package, name):
        return output_of("dpkg-deb", "-f", self.files[package], name).strip()

    def contents(self, package):
        """{path: mode} of the files, without folders."""
        rows = [line.split() for line in output_of("dpkg-deb", "-c", self.files[package]).splitlines()]
        return {row[5].removeprefix("."): row[0] for row in rows if not row[0].startswith("d")}

    def test_there_are_three_of_one_version(self):
        self.assertEqual(len(self.files), 3)
        (library,) = [name for name in self.files if name.startswith("libtallystick") and name != "libtallystick-dev"]
        self.assertRegex(library, r"^libtallystick\d+(\.\d+)?$")
        self.assertEqual({self.field(name, "Version") for name in self.files}, {self.field("tallystick", "Version")})

    def test_each_says_what_it_needs(self):
        library = next(name for name in self.files if name not in ("tallystick", "libtallystick-dev"))
        self.assertIn(f"{library} (= {self.field('tallystick', 'Version')})", self.field("libtallystick-dev", "Depends"))
        for needed in ("libexpected-dev", "libcurl4-openssl-dev", "libboost-json1.81-dev"):
            self.assertIn(needed, self.field("libtallystick-dev", "Depends"))
        # Found by dpkg-shlibdeps in what the linker wrote.
        self.assertRegex(self.field(library, "Depends"), r"libcurl4 \(>= ")
        self.assertNotIn("libxlsxwriter", self.field(library, "Depends"))
        for needed in (r"libcurl4 \(>= ", r"libxlsxwriter4 \(>= ", "fonts-dejavu-core"):
            self.assertRegex(self.field("tallystick", "Depends"), needed)
        self.assertNotIn("libtallystick", self.field("tallystick", "Depends"))

    def test_what_is_loaded_late_is_installed(self):
        sources = [path.read_text() for path in (ROOT / "src").rglob("*.[ch]pp")]
        late = [name for text in sources for name in re.findall(r'LateLibrary \w+\("([^"]+)"\)', text)]
        self.assertTrue(late)
        needed = self.field("tallystick", "Depends")
        owners = {name: output_of("dpkg-query", "-S", f"*/{name}").split(":")[0] for name in late}
        self.assertEqual({name: owner for name, owner in owners.items() if owner not in needed}, {})

    def test_the_program_comes_with_its_service(self):
        files = self.contents("tallystick")
        for path, mode in {
            "/usr/bin/tallystick": "-rwxr-xr-x",
            "/lib/systemd/system/tallystick.service": "-rw-r--r--",
            "/etc/tallystick/serve.toml": "-rw-r--r--",
            "/usr/share/doc/tallystick/copyright": "-rw-r--r--",
            "/usr/share/doc/tallystick/changelog.gz": "-rw-r--r--",
            "/usr/share/man/man1/tallystick.1.gz": "-rw-r--r--",
            "/usr/share/man/man1/tallystick-report.1.gz": "-rw-r--r--",
            "/usr/share/bash-completion/completions/tallystick": "-rw-r--r--",
            "/usr/share/zsh/vendor-completions/_tallystick": "-rw-r--r--",
            "/usr/share/fish/vendor_completions.d/tallystick.fish": "-rw-r--r--",
        }.items():
            self.assertEqual(files.get(path), mode, path)
        self.assertEqual(self.made_control("tallystick", "conffiles"), "/etc/tallystick/serve.toml\n")
        version = output_of(self.root / "usr/bin/tallystick", "--version")
        self.assertIn(self.field("tallystick", "Version").split("-")[0], version)

    def made_control(self, package, name):
        return output_of("dpkg-deb", "-I", self.files[package], name)

    def test_the_settings_of_the_service_are_taken(self):
        settings = (self.root / "etc/tallystick/serve.toml").read_text()
        # Every line that is meant to be uncommented, too.
        settings = re.sub(r"^#(?=[a-z-]+ = )", "", settings, flags=re.MULTILINE)
        keys = re.findall(r"^([a-z-]+) = ", settings, re.MULTILINE)
        help_text = output_of(self.root / "usr/bin/tallystick", "serve", "--help")
        self.assertEqual([key for key in keys if f"--{key}" not in help_text], [])

    def test_the_service_starts_with_its_settings(self):
        server = subprocess.Popen(
            [self.root / "usr/bin/tallystick", "serve", "--config", self.root / "etc/tallystick/serve.toml",
             "--listen", "127.0.0.1:0", "--data", self.made / "data"], stdout=subprocess.PIPE, text=True)
        self.addCleanup(server.stdout.close)
        self.addCleanup(server.kill)
        self.assertRegex(server.stdout.readline(), r"^listening on http://127\.0\.0\.1:\d+\n$")
        server.terminate()
        self.assertEqual(server.wait(30), 0)

    def test_the_service_may_do_little(self):
        unit = (self.root / "lib/systemd/system/tallystick.service").read_text()
        for line in ("DynamicUser=yes", "NoNewPrivileges=yes", "ProtectSystem=strict", "ProtectHome=yes", "PrivateTmp=yes",
                     "MemoryDenyWriteExecute=yes", "SystemCallFilter=@system-service", "UMask=0077"):
            self.assertIn(f"\n{line}\n", unit)
        self.assertIn("ExecStart=/usr/bin/tallystick serve --config /etc/tallystick/serve.toml\n", unit)

    def test_the_library_tells_the_linker_of_itself(self):
        library = next(name for name in self.files if name not in ("tallystick", "libtallystick-dev"))
        version = library.removeprefix("libtallystick")
        self.assertIn(f"libtallystick {version} {library}", self.made_control(library, "shlibs"))
        self.assertEqual(self.made_control(library, "triggers"), "activate-noawait ldconfig\n")
        self.assertTrue([path for path in self.contents(library) if path.endswith(f"/libtallystick.so.{version}")])
        self.assertFalse([path for path in self.contents(library) if path.endswith("/libtallystick.so")])

    def test_a_program_is_built_with_what_is_unpacked(self):
        modules = next(self.root.rglob("tallystick.pc")).parent
        environment = {"PKG_CONFIG_PATH": str(modules)}
        flags = output_of("pkg-config", "--cflags", "--libs", "tallystick", **environment).split()
        program = self.made / "whoami"
        output_of(COMPILER, "-std=c++20", *FLAGS, ROOT / "examples" / "whoami.cpp", "-o", program, *flags)
        done = subprocess.run(
            [program], env={"LD_LIBRARY_PATH": str(modules.parent), "TALLYSTICK_BASE_URL": "http://127.0.0.1:1",
                            "TALLYSTICK_CLIENT_ID": "partner", "TALLYSTICK_CLIENT_SECRET": "secret"},
            capture_output=True, text=True, timeout=100)
        self.assertEqual(done.returncode, 1)
        self.assertIn("cannot connect to http://127.0.0.1:1 ", done.stderr)

    def test_lintian_finds_no_fault(self):
        done = subprocess.run(["lintian", "--tag-display-limit", "0", *self.files.values()], capture_output=True, text=True, timeout=250)
        found = [line for line in done.stdout.splitlines() if line[:2] in ("E:", "W:")]
        self.assertEqual([line for line in found if line.split(": ")[2].split(" ")[0] not in EXPLAINED], [])


if __name__ == "__main__":
    unittest.main()
