#include "documents/invoice_files.hpp"

#include <gtest/gtest.h>

#include "documents/sample_invoice.hpp"

namespace tallystick::documents {
namespace {

TEST(InvoiceFiles, TheSameInvoiceGivesTheSameBytes) {
  const auto invoice = full_invoice();
  const auto pdf = invoice_pdf(invoice);
  const auto workbook = invoice_workbook(invoice);
  ASSERT_TRUE(pdf.has_value()) << pdf.error();
  ASSERT_TRUE(workbook.has_value()) << workbook.error();
  EXPECT_TRUE(pdf->starts_with("%PDF-"));
  EXPECT_TRUE(workbook->starts_with("PK"));
  EXPECT_EQ(invoice_pdf(invoice).value(), *pdf);
  EXPECT_EQ(invoice_workbook(invoice).value(), *workbook);
}

}  // namespace
}  // namespace tallystick::documents
