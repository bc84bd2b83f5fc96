"""Rules of the house that a compiler does not know (CONTRIBUTING.md)."""
import re
import unittest

import source_tree

# Libraries that cost compile time or leak their style: each stays behind one file (docs/adr); the transport's has a header of its own.
BEHIND_ONE_FILE = {
    "boost/asio": {"src/server/transport.cpp", "src/server/connection.hpp"},
    "boost/beast": {"src/server/transport.cpp", "src/server/connection.hpp"},
    "cairo": {"src/documents/pango_cairo.hpp"},
    "pango/": {"src/documents/pango_cairo.hpp"},
    "xlsxwriter": {"src/documents/workbook.cpp"},
    "libxml/": {"src/saml/xmlsec.hpp"},
    "xmlsec/": {"src/saml/xmlsec.hpp"},
    "curl/": {f"src/client/curl_{part}" for part in ("error.hpp", "lines.hpp", "receiver.hpp", "transport.cpp")},
    "spdlog/": {"src/server/log.cpp"},
    "prometheus/": {"src/server/metrics.cpp"},
    "yaml-cpp/": 1,
    "toml++/": 2,
}
# How often a library's own signature makes us write the word.
FLOATING_BY_SIGNATURE = {
    "src/wire/json_reader.cpp": 1,  # Boost.JSON hands numbers over; their digits are kept as text
    "src/documents/page_flow.hpp": 1,  # lengths on paper
    "src/documents/pdf_canvas.cpp": 2,  # colours, line spacing
    "src/documents/workbook.cpp": 5,  # number cells, where they show the decimal exactly; days and moments; widths
}
FLOATING = re.compile(r"\b(double|float)\b")
COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.DOTALL)
STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"')


def code_of(path):
    return STRING.sub('""', COMMENT.sub("", path.read_text()))


def relative(path):
    return str(path.relative_to(source_tree.ROOT))


class HouseRules(unittest.TestCase):
    def test_heavy_libraries_stay_behind_one_file(self):
        for prefix, allowed in BEHIND_ONE_FILE.items():
            files = {
                relative(path)
                for path in source_tree.sources("src", "include")
                if any(name.startswith(prefix) for name in source_tree.includes(path))
            }
            if isinstance(allowed, int):
                self.assertLessEqual(len(files), allowed, f"{prefix}: {sorted(files)}")
            else:
                self.assertEqual(files, allowed, prefix)

    def test_no_floating_point_where_money_and_quantities_are(self):
        folders = ("src/core", "include/tallystick/core", "src/wire", "include/tallystick/wire", "src/app", "src/store", "src/documents")
        wrong = [
            f"{name}: {found}"
            for path in source_tree.sources(*folders)
            if (found := len(FLOATING.findall(code_of(path)))) != FLOATING_BY_SIGNATURE.get(name := relative(path), 0)
        ]
        self.assertEqual(wrong, [])

    def test_files_have_one_subject(self):
        wrong = [
            f"{relative(path)}: {lines} lines"
            for path in source_tree.sources("src", "include")
            if (lines := path.read_text().count("\n")) > 500
        ]
        self.assertEqual(wrong, [])

    def test_no_room_is_named_after_nothing(self):
        vague = re.compile(r"(^|[/_])(utils?|helpers?|common|misc|manager)([._/]|$)")
        wrong = [relative(path) for path in source_tree.sources("src", "include", "tests", "demo") if vague.search(relative(path))]
        self.assertEqual(wrong, [])

    def test_a_property_that_fails_fails_its_test(self):
        # rc::check only says whether the property held: EXPECT_TRUE(rc::check(…)).
        wrong = [
            relative(path)
            for path in source_tree.sources("tests")
            if re.search(r"^\s*rc::check\(", path.read_text(), re.MULTILINE)
        ]
        self.assertEqual(wrong, [])

    def test_public_headers_export_what_they_declare(self):
        # Between the includes, which are others' business, and the end of the file: cmake/TallystickLayer.cmake hides the rest.
        form = re.compile(r"#pragma once\n(?:#include [^\n]*\n|\n)*#pragma GCC visibility push\(default\)\n.*\n#pragma GCC visibility pop\n", re.DOTALL)
        wrong = [
            relative(path)
            for path in source_tree.sources("include")
            if not form.fullmatch(text := path.read_text()) or text.count("#pragma GCC visibility") != 2
        ]
        self.assertEqual(wrong, [], "write the two pragmas of its neighbours around what these headers declare")

    def test_nothing_is_left_for_later(self):
        wrong = [
            relative(path)
            for path in source_tree.sources("src", "include", "demo")
            if re.search(r"\b(TODO|FIXME|XXX|HACK)\b", path.read_text())
        ]
        self.assertEqual(wrong, [])


if __name__ == "__main__":
    unittest.main()
