"""What the checks of this folder read: the layers' table, the source files, their includes."""
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]
TABLE = ROOT / "cmake" / "TallystickLayer.cmake"
INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]', re.MULTILINE)


def may_use():
    """{layer: set of layers that it may use}, from the table that the build obeys."""
    rows = re.findall(r'^set\(TALLYSTICK_MAY_USE_(\w+)((?:\s+"[^"]*")+)\)', TABLE.read_text(), re.MULTILINE)
    return {layer: set(re.findall(r'"(\w+)"', used)) for layer, used in rows}


def sources(*folders):
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in (".hpp", ".cpp"):
                yield path


def includes(path):
    return INCLUDE.findall(path.read_text())


def layer_of_file(path):
    parts = path.relative_to(ROOT).parts
    return parts[1] if parts[0] == "src" else parts[2]


def layer_of_include(name, layers):
    """The layer into which an #include reaches; None for a header from outside."""
    parts = name.split("/")
    layer = parts[1] if parts[0] == "tallystick" else parts[0]
    return layer if layer in layers and len(parts) > 1 else None
