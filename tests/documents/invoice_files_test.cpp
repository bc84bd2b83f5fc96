#include "documents/invoice_files.hpp"

#include <gtest/gtest.h>

#include <array>
#include <thread>
#include <vector>

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

TEST(InvoiceFiles, ThreadsDoNotDisturbEachOther) {
  const auto invoice = full_invoice();
  const std::string pdf = invoice_pdf(invoice).value();
  const std::string workbook = invoice_workbook(invoice).value();
  std::array<bool, 4> are_equal{};
  std::vector<std::thread> threads;
  for (bool& is_equal : are_equal) {
    threads.emplace_back([&] {
      is_equal = true;
      for (int i = 0; i < 5; ++i) {
        is_equal = is_equal && invoice_pdf(invoice).value() == pdf && invoice_workbook(invoice).value() == workbook;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const bool is_equal : are_equal) EXPECT_TRUE(is_equal);
}

TEST(InvoiceFiles, AWorkbookWithoutAFolderForItIsAFailure) {
  const char* before = std::getenv("TMPDIR");
  const std::string kept = before == nullptr ? "" : before;
  setenv("TMPDIR", "/nowhere/at/all", 1);
  const auto workbook = invoice_workbook(full_invoice());
  before == nullptr ? unsetenv("TMPDIR") : setenv("TMPDIR", kept.c_str(), 1);
  ASSERT_FALSE(workbook.has_value());
  EXPECT_NE(workbook.error().find("temporary file"), std::string::npos) << workbook.error();
}

}  // namespace
}  // namespace tallystick::documents
