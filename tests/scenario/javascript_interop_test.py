"""The official JavaScript library as the referee: starts a server and runs javascript/*.test.js against it."""

import json
import shutil
import subprocess
import unittest
from pathlib import Path

from harness import catalog
from harness.server_process import ServerProcess, bare_environment
from harness.session import Session

FOLDER = Path(__file__).parent / "javascript"
LIBRARY = FOLDER / "node_modules" / "purecloud-platform-client-v2"


class JavaScriptInteropTest(unittest.TestCase):
    def test_the_official_library(self):
        node = shutil.which("node")
        self.assertIsNotNone(node, "node is not installed: apt-get install nodejs npm")
        self.assertTrue(LIBRARY.is_dir(), f"the official library is not installed: npm ci --prefix {FOLDER}")
        powerless = catalog.client("powerless", catalog.BLUE_HARBOR, [])
        with ServerProcess(options=["--rate-limit", "300"]) as server:
            operator = Session.of_operator(server)
            operator.apply(catalog.document(clients=[powerless]))
            clients = {role: self.client(client_id) for role, client_id in
                       (("viewer", "viewer-2222"), ("powerless", "powerless"))}
            finished = subprocess.run(
                [node, "--test", *map(str, sorted(FOLDER.glob("*.test.js")))],
                env=bare_environment(server.directory, {
                    "TALLYSTICK_TEST_PORT": str(server.port),
                    "TALLYSTICK_TEST_OPERATOR_TOKEN": operator.token,
                    "TALLYSTICK_TEST_CLIENTS": json.dumps(clients),
                }),
                cwd=FOLDER, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120, check=False,
            )
        self.assertEqual(finished.returncode, 0, "\n" + finished.stdout.decode("utf-8", "replace"))

    @staticmethod
    def client(client_id):
        return {
            "id": client_id,
            "secret": catalog.secret_of(client_id),
            "organization": catalog.BLUE_HARBOR,
            "organizationName": catalog.ORGANIZATION_NAMES[catalog.BLUE_HARBOR],
        }


if __name__ == "__main__":
    unittest.main()
