"""An edge that is not in the table stops the configure step, and says why."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

import source_tree

CMAKE = sys.argv.pop()

PROJECT = """
cmake_minimum_required(VERSION 3.25)
project(edges LANGUAGES NONE)
include({table})
tallystick_check_edges({layer} {used})
"""


def configure(layer, used):
    with tempfile.TemporaryDirectory() as folder:
        text = PROJECT.format(table=source_tree.TABLE, layer=layer, used=used)
        (pathlib.Path(folder) / "CMakeLists.txt").write_text(text)
        return subprocess.run([CMAKE, "-S", folder, "-B", f"{folder}/build"], capture_output=True, text=True, check=False)


class ForbiddenEdge(unittest.TestCase):
    def test_every_edge_outside_the_table_is_refused(self):
        table = source_tree.may_use()
        for layer, used in [("core", "wire"), ("server", "client"), ("app", "wire"), ("store", "app"), ("client", "server")]:
            self.assertNotIn(used, table[layer])
            outcome = configure(layer, used)
            self.assertNotEqual(outcome.returncode, 0, f"{layer} -> {used} was allowed")
            self.assertIn(f"layer '{layer}' must not use '{used}'", " ".join(outcome.stderr.split()))

    def test_an_allowed_edge_configures(self):
        outcome = configure("app", "store")
        self.assertEqual(outcome.returncode, 0, outcome.stderr)


if __name__ == "__main__":
    unittest.main()
