"""Doxygen reads every public header without a complaint, and every type and enumeration says what it is. Argument: a
folder to write to.

Members may go without a comment: `date_end` is its own, and what members have in common stands at their struct.
"""

import pathlib
import re
import subprocess
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCRATCH = sys.argv.pop(1)


def complaints(**settings):
    """What Doxygen says of include/, with settings in place of those of docs/Doxyfile."""
    settings = {"OUTPUT_DIRECTORY": SCRATCH, "WARN_AS_ERROR": "NO", "GENERATE_HTML": "NO", "GENERATE_XML": "YES", **settings}
    text = (ROOT / "docs" / "Doxyfile").read_text() + "".join(f"{name} = {value}\n" for name, value in settings.items())
    done = subprocess.run(["doxygen", "-"], input=text, cwd=ROOT, capture_output=True, text=True, timeout=120)
    return [line.replace(f"{ROOT}/", "") for line in done.stderr.splitlines() if line.strip()]


class Reference(unittest.TestCase):
    def test_comments_are_without_mistakes(self):
        self.assertEqual(complaints(), [])

    def test_types_say_what_they_are(self):
        # Specializations are told of at their template.
        missing = [
            line
            for line in complaints(WARN_IF_UNDOCUMENTED="YES")
            if re.search(r"Compound .* is not documented", line) and "<" not in line
        ]
        self.assertEqual(missing, [], "write a `///` comment")


if __name__ == "__main__":
    unittest.main()
