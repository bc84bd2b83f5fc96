"""The files of made-up invoices, read by other programs: poppler for PDF, a reader of XML for the workbook."""
import csv
import datetime
import decimal
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import zipfile

from workbook_reader import read_sheets

SAMPLES = sys.argv.pop()
NAMES = ("Zażółć", "Straße", "Ελλάδα", "Москва")


def run(*command):
    return subprocess.run(command, capture_output=True, check=True, text=True).stdout


def cells_of(path, sheet):
    """{reference: value} of a sheet, counted from 1."""
    return list(read_sheets(path).values())[sheet - 1].cells


class InvoiceFiles(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp())
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        subprocess.run([SAMPLES, cls.folder], check=True)

    def text(self, name, *options):
        return run("pdftotext", "-layout", *options, self.folder / f"{name}.pdf", "-")

    def pages(self, name):
        return int(re.search(r"^Pages: +(\d+)$", run("pdfinfo", self.folder / f"{name}.pdf"), re.MULTILINE)[1])

    def rows(self, name):
        with open(self.folder / f"{name}.csv", encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))


class Pdf(InvoiceFiles):
    def test_everything_of_the_letter_is_there(self):
        text = self.text("full")
        for words in (
            "Northwind Cloud Partners GmbH", "Praterstraße 1, 1020 Wien, AT", "Tax number ATU12345678", "+43 1 234567",
            "billing@northwind.example", "Contoso Airlines AG, Accounts Payable", "Flughafenallee 12",
            "60549 Frankfurt am Main", "Invoice NW-000042", "31 Jan 2026", "1–31 Jan 2026", "C-2026-17", "4500012345",
            "K-1007", "Net 30 days", "EUR", "All amounts exclude taxes.", "IBAN AT61 1904 3002 3457 3201",
            "https://pay.northwind.example/NW-000042", "Contoso Airlines",
        ):  # fmt: skip
            self.assertIn(words, text)

    def test_every_figure_is_exact_beside_what_it_is_for(self):
        text = self.text("full")
        for pattern in (
            r"Cloud CX 3 Named +1–31 Jan 2026 +100 +12,515\.35",
            r"Cloud CX 3 Named +1–31 Jan 2026 +12\.5 +175\.00 +2,187\.50",
            r"Messaging segments +1–31 Jan 2026 +1,234,567\.25 +0\.005 +6,172\.84",
            r"AI tokens +1–31 Jan 2026 +450 +1\.10 +495\.00",
            r"Minimum commitment +1–31 Jan 2026 +539\.61",
            r"Cloud CX 3 Named +1–31 Dec 2025 +2 +350\.00",
            r"Messaging segments +1–30 Nov 2025 +−2,000 +−10\.00",
            r"Third-party product · Overage",
            r"Cloud CX +14,702\.85\n",
            r"Adjustments of earlier periods +340\.00\n",
            r"Total EUR +22,340\.00\n",
        ):
            self.assertRegex(text, pattern)
        self.assertLess(text.index("Minimum of 22,000.00"), text.index("Adjustments of earlier periods"))

    def test_fonts_are_embedded(self):
        for name in ("full", "names", "five_hundred_lines"):
            fonts = run("pdffonts", self.folder / f"{name}.pdf").splitlines()[2:]
            self.assertGreaterEqual(len(fonts), 2)
            for font in fonts:
                embedded, subset, has_unicode = re.search(r" (yes|no) +(yes|no) +(yes|no) +\d+ +\d+$", font).groups()
                self.assertEqual((embedded, subset, has_unicode), ("yes", "yes", "yes"), font)

    def test_names_of_many_scripts(self):
        text = self.text("names")
        for name in NAMES:
            self.assertGreaterEqual(text.count(name), 3, name)

    def test_every_page_says_which_it_is_and_repeats_the_header(self):
        for name, fewest, most in (("one_line", 1, 1), ("forty_lines", 2, 3), ("five_hundred_lines", 18, 30)):
            pages = self.pages(name)
            self.assertTrue(fewest <= pages <= most, f"{name}: {pages} pages")
            for page in range(1, pages + 1):
                text = self.text(name, "-f", str(page), "-l", str(page))
                self.assertIn(f"Page {page} of {pages}", text)
                self.assertIn("Invoice NW-000042", text.rstrip().splitlines()[-1])
                if re.search(r"Product \d+ ", text):
                    self.assertRegex(text, r"Description +Period +Quantity +Unit price +Amount")

    def test_no_line_is_lost_or_split(self):
        text = self.text("five_hundred_lines")
        lines = text.splitlines()
        for number in range(1, 501):
            matches = [i for i, line in enumerate(lines) if re.search(rf"Product {number} +1–31 Jan 2026 +{number}\.5 +{number}\.25$", line)]
            self.assertEqual(len(matches), 1, number)
            below = [line for line in lines[matches[0] + 1 : matches[0] + 3] if line.strip()]
            self.assertIn(f"Tier prices of product {number}", below[0])
        # 1 + … + 500 and a quarter each.
        self.assertRegex(text, r"Total EUR +125,375\.00\n")

    def test_sums_stand_with_the_total_on_one_page(self):
        for name in ("full", "forty_lines", "five_hundred_lines"):
            pages = self.text(name).split("\f")
            total = [page for page in pages if "Total EUR" in page]
            self.assertEqual(len(total), 1)
            self.assertRegex(total[0], r"\n +Cloud CX +[\d,.]+\n")

    def test_a_single_family_has_no_sums_of_its_own(self):
        self.assertNotRegex(self.text("one_line"), r"\n +Messaging +1\.25\n")

    def test_a_credit_note_says_what_it_credits(self):
        text = self.text("credit_note")
        for words in ("Credit note NW-000043", "This credits invoice NW-000042. Reason: Outage on 14 January", "10 Feb 2026"):
            self.assertIn(words, text)
        self.assertRegex(text, r"Total credit EUR +−1,234\.50\n")
        for how_to_pay in ("Pay online", "IBAN"):
            self.assertNotIn(how_to_pay, text)

    def test_adjustments_alone(self):
        text = self.text("adjustments")
        self.assertIn("Adjustment invoice NW-000044", text)
        self.assertNotIn("Billing period", text)
        self.assertRegex(text, r"Total EUR +340\.00\n")

    def test_an_invoice_of_nothing(self):
        text = self.text("sparse")
        self.assertIn("There is nothing to charge.", text)
        self.assertRegex(text, r"Total JPY +0\n")

    def test_long_words_and_numbers_stay_on_the_page(self):
        text = self.text("wordy")
        self.assertIn("Total EUR", text)
        boxes = run("pdftotext", "-bbox", self.folder / "wordy.pdf", "-")
        right_edges = [float(edge) for edge in re.findall(r'<word [^>]*xMax="([\d.]+)"', boxes)]
        self.assertGreater(len(right_edges), 100)
        self.assertLess(max(right_edges), 595.28 - 50)

    def test_the_file_is_dated_as_the_invoice(self):
        info = run("pdfinfo", "-isodates", self.folder / "full.pdf")
        self.assertRegex(info, r"Title: +Invoice NW-000042\n")
        self.assertRegex(info, r"Author: +Northwind Cloud Partners GmbH\n")
        self.assertRegex(info, r"CreationDate: +2026-01-31T00:00:00Z\n")
        self.assertRegex(info, r"Page size: +595\.\d+ x 841\.\d+ pts \(A4\)\n")

    def test_the_payment_link_can_be_followed(self):
        self.assertIn("https://pay.northwind.example/NW-000042", run("pdfinfo", "-url", self.folder / "full.pdf"))


class Workbook(InvoiceFiles):
    def test_a_row_each_line(self):
        cells = cells_of(self.folder / "full.xlsx", 1)
        head = ["kind", "product", "sku", "grouping", "description", "period start", "period end", "quantity", "unit",
                "unit price", "list price", "amount", "currency", "third party"]  # fmt: skip
        self.assertEqual([cells[f"{column}1"] for column in "ABCDEFGHIJKLMN"], head)
        row = [cells.get(f"{column}3") for column in "ABCDEFGHIJKLMN"]
        self.assertEqual(row, [
            "overage", "Cloud CX 3 Named", "SKU-Cloud CX 3 Named", "Cloud CX", "12.5 at 175.00",
            datetime.date(2026, 1, 1), datetime.date(2026, 1, 31),
            decimal.Decimal("12.5"), "User", decimal.Decimal(175), decimal.Decimal(190), decimal.Decimal("2187.5"), "EUR", "no",
        ])  # fmt: skip
        self.assertEqual(cells["N6"], "yes")
        self.assertEqual(cells["L9"], decimal.Decimal(-10))
        self.assertNotIn("A10", cells)
        self.assertEqual(sum(cells[f"L{row}"] for row in range(2, 10)), decimal.Decimal(22340))

    def test_all_numbers_are_exact(self):
        for name in ("full", "five_hundred_lines", "wordy"):
            cells = cells_of(self.folder / f"{name}.xlsx", 1)
            for number, row in enumerate(self.rows(name), start=2):
                self.assertEqual(decimal.Decimal(cells[f"L{number}"]), decimal.Decimal(row["BilledCost"]))
        wordy = cells_of(self.folder / "wordy.xlsx", 1)
        self.assertEqual(wordy["H4"], "123456789012345678.123456789")
        self.assertEqual(wordy["L4"], "999999999999999999.99")
        self.assertEqual(wordy["J4"], decimal.Decimal("0.123456789"))

    def test_the_header_is_frozen_and_filters(self):
        with zipfile.ZipFile(self.folder / "full.xlsx") as file:
            sheet = file.read("xl/worksheets/sheet1.xml").decode()
            names = re.findall(r'<sheet name="([^"]+)"', file.read("xl/workbook.xml").decode())
            self.assertIn("2026-01-31T00:00:00Z", file.read("docProps/core.xml").decode())
        self.assertEqual(names, ["Lines", "Invoice"])
        self.assertRegex(sheet, r'<pane ySplit="1"[^>]* state="frozen"')
        self.assertIn('<autoFilter ref="A1:N9"/>', sheet)

    def test_the_letter_is_there(self):
        cells = cells_of(self.folder / "full.xlsx", 2)
        letter = {cells[f"A{row}"]: cells[f"B{row}"] for row in range(1, 60) if f"A{row}" in cells}
        self.assertEqual(letter["number"], "NW-000042")
        self.assertEqual(letter["period end"], datetime.date(2026, 1, 31))
        self.assertEqual(letter["seller address"], "Praterstraße 1, 1020 Wien, AT")
        self.assertEqual(letter["bill to address"], "Flughafenallee 12, 60549 Frankfurt am Main, DE")
        self.assertEqual(letter["amount"], decimal.Decimal(22340))

    def test_names_of_many_scripts(self):
        self.assertEqual(cells_of(self.folder / "names.xlsx", 1)["B2"], "Zażółć Straße Ελλάδα Москва 東京 العربية")


class FocusTable(InvoiceFiles):
    def test_another_reader_finds_the_same_rows(self):
        rows = self.rows("names")
        self.assertEqual(len(rows), 8)
        self.assertEqual(rows[0]["BillingAccountName"], "Zażółć Straße Ελλάδα Москва 東京 العربية")
        self.assertEqual(sum(decimal.Decimal(row["BilledCost"]) for row in rows), decimal.Decimal(22340))


if __name__ == "__main__":
    unittest.main()
