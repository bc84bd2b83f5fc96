"""Reads workbooks by ECMA-376, apart from what writes them: every sheet as the rows of values that a person would see."""
import dataclasses
import datetime
import decimal
import posixpath
import re
import zipfile
from xml.etree import ElementTree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
FIRST_DAY = datetime.datetime(1899, 12, 30)  # what serial number 0 stands for, right from March 1900 on


@dataclasses.dataclass
class Sheet:
    name: str
    cells: dict  # by reference, such as "B7": str, Decimal, bool, date or datetime
    formats: dict  # the number format of each cell
    widths: dict  # of columns by number, from 1
    frozen_rows: int
    filtered: str | None  # the range with filter arrows

    def rows(self):
        """Lists of values, None for an empty cell; every row as wide as the widest."""
        places = {place(reference): value for reference, value in self.cells.items()}
        height = max((row for row, _ in places), default=0)
        width = max((column for _, column in places), default=0)
        return [[places.get((row, column)) for column in range(1, width + 1)] for row in range(1, height + 1)]

    def records(self):
        """The rows below the titles as dictionaries."""
        head, *rows = self.rows()
        return [dict(zip(head, row, strict=True)) for row in rows]


def place(reference):
    letters, row = re.fullmatch(r"([A-Z]+)(\d+)", reference).groups()
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(row), column


def shown_number(text):
    """A spreadsheet keeps a binary number and shows its 15 significant digits."""
    return decimal.Decimal(f"{float(text):.15g}")


def moment(text, pattern):
    days, of_day = divmod(float(text), 1)
    time = FIRST_DAY + datetime.timedelta(days=days, milliseconds=round(of_day * 86_400_000))
    return time if "hh" in pattern else time.date()


def texts_in(element):
    return "".join(part.text or "" for part in element.iter(f"{MAIN}t"))


def read_sheets(path):
    """{name: Sheet} in the order of the workbook."""
    with zipfile.ZipFile(path) as file:
        assert file.testzip() is None

        def parse(name):
            return ElementTree.fromstring(file.read(name))

        shared = [texts_in(item) for item in parse("xl/sharedStrings.xml")] if "xl/sharedStrings.xml" in file.namelist() else []
        styles = parse("xl/styles.xml")
        patterns = {int(item.get("numFmtId")): item.get("formatCode") for item in styles.iter(f"{MAIN}numFmt")}
        looks = [int(item.get("numFmtId")) for item in styles.find(f"{MAIN}cellXfs")]
        targets = {item.get("Id"): item.get("Target") for item in parse("xl/_rels/workbook.xml.rels")}
        sheets = {}
        for entry in parse("xl/workbook.xml").iter(f"{MAIN}sheet"):
            root = parse(posixpath.join("xl", targets[entry.get(RELATION)]))
            sheet = sheets[entry.get("name")] = Sheet(entry.get("name"), {}, {}, {}, 0, None)
            for cell in root.iter(f"{MAIN}c"):
                number = looks[int(cell.get("s", 0))]
                pattern = patterns.get(number, str(number))
                sheet.formats[cell.get("r")] = pattern
                value = cell.find(f"{MAIN}v")
                match cell.get("t", "n"):
                    case "inlineStr":
                        content = texts_in(cell)
                    case "s":
                        content = shared[int(value.text)]
                    case "b":
                        content = value.text == "1"
                    case "n":
                        content = moment(value.text, pattern) if "yy" in pattern else shown_number(value.text)
                sheet.cells[cell.get("r")] = content
            for column in root.iter(f"{MAIN}col"):
                for number in range(int(column.get("min")), int(column.get("max")) + 1):
                    sheet.widths[number] = float(column.get("width"))
            for pane in root.iter(f"{MAIN}pane"):
                sheet.frozen_rows = int(float(pane.get("ySplit", 0))) if pane.get("state") == "frozen" else 0
            for area in root.iter(f"{MAIN}autoFilter"):
                sheet.filtered = area.get("ref")
        return sheets
