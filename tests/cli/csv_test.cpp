#include "cli/csv.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "cli/memory_source.hpp"
#include "wire/csv_record.hpp"

namespace tallystick::cli {
namespace {

using cli_test::MemorySource;

// Records as `line-last_line[field|field]`, and the fault that ended them.
std::string read_all(const std::string& text, std::size_t step) {
  MemorySource source(text, step);
  CsvReader reader(source);
  std::string seen;
  while (true) {
    const auto record = reader.next();
    if (!record) return seen + "!" + std::to_string(record.error().line) + ": " + record.error().message;
    if (!*record) return seen;
    seen += std::to_string((*record)->line) + "-" + std::to_string((*record)->last_line) + "[";
    for (std::size_t i = 0; i < (*record)->fields.size(); ++i) seen += (i == 0 ? "" : "|") + (*record)->fields[i];
    seen += "]";
  }
}

TEST(CsvReader, ReadsRecordsAtTheirLines) {
  struct Row {
    const char* text;
    const char* expected;
  };
  const Row rows[] = {
      {"", ""},
      {"a,b\n", "1-1[a|b]"},
      {"a,b", "1-1[a|b]"},
      {"a,b\r\nc,d\r\n", "1-1[a|b]2-2[c|d]"},
      {"a,\n,b\n", "1-1[a|]2-2[|b]"},
      {"\xEF\xBB\xBF"
       "a,b\n",
       "1-1[a|b]"},
      {"\xEF\xBB\xBF\"a\",b\n", "1-1[a|b]"},
      {"\"a,b\",\"c\"\"d\"\n", "1-1[a,b|c\"d]"},
      {"\"two\nlines\",x\nnext,y\n", "1-2[two\nlines|x]3-3[next|y]"},
      {"\"two\r\nlines\"\r\nz\r\n", "1-2[two\r\nlines]3-3[z]"},
      {"a\n\n\r\nb\n", "1-1[a]4-4[b]"},
      {"\"\",x\n", "1-1[|x]"},
      {" a , b \n", "1-1[ a | b ]"},
      {"a,\"b", "!1: has a quote that is not closed"},
      {"x\n\"b\nc\n", "1-1[x]!2: has a quote that is not closed"},
      {"a,\"b\"c\n", "!1: has text after a closing quote: double the quotes inside a field"},
      {"a\nb\"c\n", "1-1[a]!2: has a quote inside an unquoted field: quote the whole field, its quotes doubled"},
  };
  for (const Row& row : rows) {
    for (const std::size_t step : {3U, 7U, 1000U}) EXPECT_EQ(read_all(row.text, step), row.expected) << row.text;
  }
}

TEST(CsvReader, RefusesARecordWithoutEnd) {
  const std::string text = "a\n\"" + std::string(CsvReader::record_bytes_max + 10, 'x');
  EXPECT_NE(read_all(text, 65'536).find("!2: has more than"), std::string::npos);
}

TEST(CsvRecord, QuotesWhatNeedsIt) {
  EXPECT_EQ(wire::csv_record(std::vector<std::string>{"a", "b c", ""}), "a,b c,\n");
  EXPECT_EQ(wire::csv_record(std::vector<std::string>{"a,b", "say \"x\"", "two\nlines", " x", "x "}),
            "\"a,b\",\"say \"\"x\"\"\",\"two\nlines\",\" x\",\"x \"\n");
}

TEST(CsvRecord, WhatIsWrittenIsReadBack) {
  EXPECT_TRUE(rc::check([] {
    const auto alphabet = rc::gen::elementOf(std::string("ab,\"\n\r ;\xC3"));
    auto fields =
        *rc::gen::nonEmpty(rc::gen::container<std::vector<std::string>>(rc::gen::container<std::string>(alphabet)));
    // One empty field is a line with nothing on it, which a reader passes over.
    RC_PRE(fields.size() > 1 || !fields.front().empty());
    // The reader takes carriage returns before a line end as part of it; a field of them is quoted, so they survive.
    MemorySource source("head,er\n" + wire::csv_record(fields), *rc::gen::inRange<std::size_t>(1, 9));
    CsvReader reader(source);
    RC_ASSERT(reader.next().has_value());
    const auto record = reader.next();
    RC_ASSERT(record.has_value());
    RC_ASSERT(record->has_value());
    RC_ASSERT((*record)->fields == fields);
  }));
}

}  // namespace
}  // namespace tallystick::cli
