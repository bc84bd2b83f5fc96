"""What libtallystick.so lets out is what include/ declares. Arguments: the library, the soname it is to have, include/."""

import pathlib
import re
import subprocess
import sys
import unittest

LIBRARY, SONAME, INCLUDE = sys.argv[1:]
del sys.argv[1:]
# What the compiler makes of a class: `vtable for tallystick::HttpTransport`.
OF_A_CLASS = re.compile(r"^(?:vtable|typeinfo|typeinfo name|VTT|guard variable|(?:non-)?virtual thunk) (?:for|to) ")


def output_of(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout


def without_brackets(text, opening, closing):
    depth, kept = 0, []
    for character in text:
        depth += character == opening
        if depth == 0:
            kept.append(character)
        depth -= character == closing and depth > 0
    return "".join(kept)


def qualified_name(symbol):
    """`tallystick::core::Decimal::parse` of a demangled symbol, without return type, arguments and template arguments."""
    name = OF_A_CLASS.sub("", symbol).split("@")[0]
    name = re.sub(r"operator(<=>|<<|>>|<=|>=|->|<|>|\(\))", "operator", name)
    name = re.sub(r"\[abi:\w+\]", "", without_brackets(name, "<", ">"))
    name = without_brackets(name, "(", ")")
    name = re.sub(r"( const| volatile)?[&]*$", "", name.strip())
    # A function template shows its return type first.
    return name.split(" ")[-1] if "operator" not in name else name[name.index("tallystick::"):]


class ExportedSymbols(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        lines = output_of("nm", "-DC", "--defined-only", LIBRARY).splitlines()
        cls.symbols = [kind_and_name[2:] for line in lines if (kind_and_name := line[17:])[0] != "A"]
        declared = "\n".join(path.read_text() for path in pathlib.Path(INCLUDE).rglob("*.hpp"))
        cls.declared = set(re.findall(r"\w+", re.sub(r"//.*", "", declared)))

    def test_it_has_what_people_call(self):
        names = {qualified_name(symbol) for symbol in self.symbols}
        wanted = {
            "tallystick::BillingApi::get_billing_reports_billableusage",
            "tallystick::Connection::send",
            "tallystick::make_curl_transport",
            "tallystick::core::Decimal::parse",
            "tallystick::wire::from_json",
            "tallystick::wire::to_json",
        }
        self.assertEqual(wanted - names, set())

    def test_nothing_else_comes_out(self):
        wrong = []
        for symbol in self.symbols:
            first, *others = qualified_name(symbol).split("::")
            known = all(re.fullmatch(r"~?\w+", part) and part.lstrip("~") in self.declared or part.startswith("operator") for part in others)
            if first != "tallystick" or not others or not known:
                wrong.append(symbol)
        self.assertEqual(wrong, [], "hide these, or declare them in include/")

    def test_private_namespaces_stay_inside(self):
        inside = [symbol for symbol in self.symbols if re.search(r"tallystick::(client|codec|wire::codec|wire::words)::", symbol)]
        self.assertEqual(inside, [])

    def test_the_soname_has_the_version_that_breaks_programs(self):
        self.assertRegex(SONAME, r"^libtallystick\.so\.(0\.\d+|[1-9]\d*)$")
        self.assertIn(f"SONAME {SONAME}", re.sub(r" +", " ", output_of("objdump", "-p", LIBRARY)))


if __name__ == "__main__":
    unittest.main()
