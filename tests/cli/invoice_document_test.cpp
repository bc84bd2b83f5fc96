#include <gtest/gtest.h>

#include <filesystem>

#include "cli/billing_service.hpp"
#include "cli/document_file.hpp"

namespace tallystick::cli_test {
namespace {

const std::string invoice = "aaaaaaaa-0000-5000-8000-000000000003";
const std::string bank = "22222222-2222-4222-8222-222222222222";
const std::string signed_address = "http://127.0.0.1:8080/tallystick/v1/documents/x.pdf?expires=1&signature=s";
const std::string bytes("%PDF-1.7\n\0\xff\r\n", 13);

/// Answers any question for an address with that of the document, and there the document.
ApiResult<HttpResponse> documents(const HttpRequest& request) {
  if (request.url != signed_address) return answer(200, R"({"url":")" + signed_address + R"("})");
  return HttpResponse{
      .status = 200, .headers = {{"Content-Disposition", R"(attachment; filename="NW-000012.pdf")"}}, .body = bytes};
}

/// The current folder while a test runs.
class InFolder {
 public:
  InFolder() { std::filesystem::current_path(folder_.path("")); }
  ~InFolder() { std::filesystem::current_path(before_); }
  InFolder(const InFolder&) = delete;
  InFolder& operator=(const InFolder&) = delete;

  [[nodiscard]] std::string read(const std::string& name) const { return TemporaryFolder::read(folder_.path(name)); }
  [[nodiscard]] std::string path(const std::string& name) const { return folder_.path(name); }

 private:
  std::filesystem::path before_ = std::filesystem::current_path();
  TemporaryFolder folder_;
};

TEST(InvoiceDocument, IsAFileOfTheInvoicesNumber) {
  const InFolder folder;
  CommandRun run{documents};
  EXPECT_EQ(run({"invoice-document", invoice}), 0) << run.err;
  EXPECT_EQ(run.out, "");
  EXPECT_EQ(run.err, "NW-000012.pdf\n");
  EXPECT_EQ(folder.read("NW-000012.pdf"), bytes);
  const auto calls = run.calls();
  ASSERT_EQ(calls.size(), 2U);
  EXPECT_EQ(calls[0].url, "http://127.0.0.1:8080/api/v2/billing/contracts/invoices/" + invoice + "/document");
  EXPECT_EQ(client_test::header_of(calls[0], "Authorization"), "Bearer token-1");
  EXPECT_EQ(client_test::header_of(calls[1], "Authorization"), "(absent)");
}

TEST(InvoiceDocument, ChoosesItsTypeAndAddress) {
  struct Row {
    std::vector<std::string> arguments;
    std::string asked;
    std::string file;
  };
  const std::string own = "/tallystick/v1/invoices/" + invoice + "/document?";
  const Row rows[] = {
      {{"--type", "XLSX"}, own + "format=xlsx", "NW-000012.pdf.xlsx"},
      {{"--output", "a.csv"}, own + "format=csv", "a.csv"},
      {{"--output", "a.xlsx", "--type", "csv"}, own + "format=csv", "a.xlsx"},
      {{"--output", "a"}, "/api/v2/billing/contracts/invoices/" + invoice + "/document", "a"},
      {{"--organization", bank}, own + "organizationId=" + bank + "&format=pdf", "NW-000012.pdf"},
  };
  for (const Row& row : rows) {
    const InFolder folder;
    CommandRun run{documents};
    std::vector<std::string> arguments{"invoice-document", invoice};
    arguments.insert(arguments.end(), row.arguments.begin(), row.arguments.end());
    EXPECT_EQ(run(arguments), 0) << run.err;
    EXPECT_EQ(run.calls().at(0).url, "http://127.0.0.1:8080" + row.asked);
    EXPECT_EQ(run.err, row.file + "\n");
    EXPECT_EQ(folder.read(row.file), bytes);
  }
}

TEST(InvoiceDocument, GoesToStandardOutputButNotToATerminal) {
  CommandRun run{documents};
  EXPECT_EQ(run({"invoice-document", invoice, "--output", "-"}), 0) << run.err;
  EXPECT_EQ(run.out, bytes);
  EXPECT_EQ(run.err, "");
  for (const std::string type : {"pdf", "xlsx"}) {
    CommandRun shown{documents};
    shown.out_is_terminal = true;
    EXPECT_EQ(shown({"invoice-document", invoice, "--output", "-", "--type", type}), 2);
    EXPECT_NE(shown.err.find("a terminal cannot show this document"), std::string::npos) << shown.err;
    EXPECT_TRUE(shown.calls().empty());
  }
  CommandRun text{documents};
  text.out_is_terminal = true;
  EXPECT_EQ(text({"invoice-document", invoice, "--output", "-", "--type", "csv"}), 0) << text.err;
  EXPECT_EQ(text.out, bytes);
}

TEST(InvoiceDocument, AnEndingOfSomethingElseIsNamedBeforeAnythingIsSent) {
  const InFolder folder;
  CommandRun run{documents};
  EXPECT_EQ(run({"invoice-document", invoice, "--output", "march.doc"}), 2);
  EXPECT_NE(run.err.find("march.doc: a document ends with .pdf, .xlsx or .csv"), std::string::npos) << run.err;
  EXPECT_TRUE(run.transport->requests().empty());
  EXPECT_EQ(run({"invoice-document", invoice, "--output", "march.doc", "--type", "pdf"}), 0) << run.err;
  EXPECT_EQ(folder.read("march.doc"), bytes);
  EXPECT_EQ(run({"invoice-document", invoice, "--output", "march"}), 0) << run.err;
  EXPECT_EQ(folder.read("march"), bytes);
}

TEST(InvoiceDocument, LeavesNothingBehindWhereItFails) {
  const InFolder folder;
  const auto left = [&] { return std::distance(std::filesystem::directory_iterator("."), {}); };
  CommandRun late{[](const HttpRequest& request) {
    return request.url == signed_address
               ? answer(403, R"({"message":"The address is no longer good.","code":"not.authorized","status":403})")
               : documents(request);
  }};
  EXPECT_EQ(late({"invoice-document", invoice}), 4);
  EXPECT_EQ(late.err, "tallystick invoice-document: 403 not.authorized: The address is no longer good.\n");
  CommandRun elsewhere{[](const HttpRequest&) { return answer(200, R"({"url":"http://elsewhere.example/x"})"); }};
  EXPECT_EQ(elsewhere({"invoice-document", invoice}), 2);
  EXPECT_EQ(elsewhere.calls().size(), 1U);
  CommandRun without{[](const HttpRequest&) { return answer(200, "{}"); }};
  EXPECT_EQ(without({"invoice-document", invoice}), 1);
  for (const std::vector<std::string>& wrong :
       {std::vector<std::string>{"--type", "docx"}, {"--format", "json"}, {"--organization", "x"}}) {
    CommandRun run{documents};
    std::vector<std::string> arguments{"invoice-document", invoice};
    arguments.insert(arguments.end(), wrong.begin(), wrong.end());
    EXPECT_EQ(run(arguments), 2);
    EXPECT_TRUE(run.calls().empty());
  }
  EXPECT_EQ(left(), 0);
}

TEST(InvoiceDocument, NoAnswerCanNameAPath) {
  struct Row {
    const char* disposition;
    const char* expected;
  };
  const Row rows[] = {
      {R"(attachment; filename="NW-000012.pdf")", "NW-000012.pdf"},
      {"attachment; filename=NW-000012.pdf; size=3", "NW-000012.pdf"},
      {R"(attachment; filename="NW-000012")", "NW-000012.pdf"},
      {R"(attachment; filename="../../etc/passwd")", "_.._etc_passwd.pdf"},
      {R"(attachment; filename="/root/.ssh/authorized_keys")", "_root_.ssh_authorized_keys.pdf"},
      {R"(attachment; filename=".bashrc")", "bashrc.pdf"},
      {R"(attachment; filename="a b\nc")", "a_b_nc.pdf"},
      {"attachment; filename=\"\xc3\xa9.pdf\"", "__.pdf"},
      {R"(attachment; filename="")", "i-1.pdf"},
      {R"(attachment; filename="...")", "i-1.pdf"},
      {R"(attachment; filename=".pdf")", "i-1.pdf"},
      {"attachment", "i-1.pdf"},
  };
  for (const Row& row : rows) {
    const HttpResponse response{.status = 200, .headers = {{"content-disposition", row.disposition}}, .body = {}};
    EXPECT_EQ(cli::document_file_name(response, "i-1", ".pdf"), row.expected) << row.disposition;
  }
  EXPECT_EQ(cli::document_file_name({}, "a/b", ".csv"), "a_b.csv");
}

}  // namespace
}  // namespace tallystick::cli_test
