"""What $BROWSER starts in place of a browser: a person logs in on the page, and page.html keeps what it shows last."""

import os
import pathlib
import sys
import urllib.error
import urllib.parse
import urllib.request

from harness.people import Browser

parts = urllib.parse.urlsplit(sys.argv[1])
answer = Browser(f"{parts.scheme}://{parts.netloc}").log_in(
    dict(urllib.parse.parse_qsl(parts.query)), os.environ["TALLYSTICK_TEST_EMAIL"], os.environ["TALLYSTICK_TEST_PASSWORD"],
    os.environ.get("TALLYSTICK_TEST_DECISION", "allow"))
if answer.status != 303:
    sys.exit(f"no redirect: {answer}")
try:
    with urllib.request.urlopen(answer.header("Location"), timeout=30) as page:
        shown = page.read()
except urllib.error.HTTPError as error:
    shown = error.read()
pathlib.Path("page.html").write_bytes(shown)
