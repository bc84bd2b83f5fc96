#include "cli/event_reader.hpp"

#include <gtest/gtest.h>

#include "cli/event_csv.hpp"
#include "cli/memory_source.hpp"

namespace tallystick::cli {
namespace {

using cli_test::MemorySource;

constexpr const char* header = "source,id,organization,product,resource,time,quantity,until\n";
constexpr const char* organization = "22222222-2222-4222-8222-222222222222";

// `line: json` for each event, `line: field: fault` for each fault.
std::string read_all(EventFileFormat format, const std::string& text) {
  MemorySource source(text);
  const auto reader = make_event_reader(format, source);
  std::string seen;
  while (true) {
    const auto record = reader->next();
    if (!record) return seen + "!" + to_string("", record.error()) + "\n";
    if (!*record) return seen;
    for (const InputFault& fault : (*record)->faults) seen += to_string("", fault).substr(1) + "\n";
    if ((*record)->faults.empty()) seen += std::to_string((*record)->line) + ": " + (*record)->json + "\n";
  }
}

TEST(EventFormat, FollowsFromTheNameOrTheBeginning) {
  struct Row {
    const char* name;
    std::optional<EventFileFormat> format;
  };
  const Row rows[] = {
      {"march.csv", EventFileFormat::csv},
      {"march.csv.gz", EventFileFormat::csv},
      {"march.csv.zst", EventFileFormat::csv},
      {"march.ndjson", EventFileFormat::ndjson},
      {"march.jsonl.gz", EventFileFormat::ndjson},
      {"march.json", EventFileFormat::ndjson},
      {"march.gz", std::nullopt},
      {"-", std::nullopt},
      {"csv", std::nullopt},
  };
  for (const Row& row : rows) EXPECT_EQ(event_format_of_name(row.name), row.format) << row.name;
  EXPECT_EQ(event_format_of_beginning("{\"specversion\""), EventFileFormat::ndjson);
  EXPECT_EQ(event_format_of_beginning("\xEF\xBB\xBF\n  {"), EventFileFormat::ndjson);
  EXPECT_EQ(event_format_of_beginning("[{"), EventFileFormat::ndjson);
  EXPECT_EQ(event_format_of_beginning("source,id"), EventFileFormat::csv);
  EXPECT_EQ(event_format_of_beginning(""), EventFileFormat::csv);
}

TEST(EventNdjson, PassesLinesOnAndCountsThem) {
  EXPECT_EQ(read_all(EventFileFormat::ndjson, "{\"a\":1}\n\n  \t\r\n {\"b\":2} \r\n{\"c\":3}"),
            "1: {\"a\":1}\n4:  {\"b\":2} \n5: {\"c\":3}\n");
}

TEST(EventNdjson, RefusesWhatWouldSpoilTheWholeBody) {
  EXPECT_EQ(read_all(EventFileFormat::ndjson, "[{}]\n{\"a\":\"\xFF\"}\nnull\n"),
            "1: is not a JSON object: write one CloudEvent a line\n"
            "2: is not UTF-8: save the file with that encoding\n"
            "3: is not a JSON object: write one CloudEvent a line\n");
}

// The CloudEvents form of interface.md, "An event".
std::string event_json(const std::string& id, const std::string& time, const std::string& data) {
  return R"({"specversion":"1.0","source":"acd/eu-1","id":")" + id +
         R"(","type":"cx-3-named","subject":"ana@example.com","organization":")" + organization + R"(","time":")" +
         time + R"(","data":)" + data + "}";
}

core::UsageEvent event_of(const std::string& head, const std::string& row) {
  MemorySource source(head + row);
  CsvReader records(source);
  const auto columns = read_event_header(**records.next());
  EXPECT_TRUE(columns);
  const auto event = read_event_record(*columns, **records.next());
  EXPECT_TRUE(event);
  return *event;
}

TEST(EventCsv, ARecordIsAnEvent) {
  core::UsageEvent expected;
  expected.source = "acd/eu-1";
  expected.id = "1";
  expected.organization = *core::Uuid::parse(organization);
  expected.product = "cx-3-named";
  expected.resource = "ana@example.com";
  expected.time = *core::parse_time("2026-03-04T09:15:00Z");
  const std::string row =
      std::string("acd/eu-1,1,") + organization + ",cx-3-named,ana@example.com,2026-03-04T09:15:00Z";
  EXPECT_EQ(event_of(header, row + ",,\n"), expected);
  EXPECT_EQ(event_of("source,id,organization,product,resource,time\n", row + "\n"), expected);
  EXPECT_EQ(event_of("time,product,resource,id,source,organization\n",
                     std::string("2026-03-04T10:15:00+01:00,cx-3-named,ana@example.com,1,acd/eu-1,") + organization),
            expected);
  expected.quantity = *core::Decimal::parse("1.5");
  expected.until = *core::parse_time("2026-03-04T17:02:10.500Z");
  EXPECT_EQ(event_of(header, row + ",1.50,2026-03-04T17:02:10.5Z\n"), expected);
}

TEST(EventCsv, BecomesTheSameCloudEventAsNdjson) {
  const std::string row =
      std::string("acd/eu-1,1,") + organization + ",cx-3-named,ana@example.com,2026-03-04T09:15:00Z,2,\n";
  const std::string json = read_all(EventFileFormat::csv, header + row);
  MemorySource source(json.substr(json.find('{')));
  const std::string expected = event_json("1", "2026-03-04T09:15:00.000Z", R"({"quantity":"2"})");
  EXPECT_EQ(json, "2: " + expected + "\n");
}

TEST(EventCsv, RefusesAHeaderThatIsNotOne) {
  struct Row {
    const char* header;
    const char* expected;
  };
  const Row rows[] = {
      {"source,id,organization,product,resource,time,amount\n",
       "!:1: \"amount\" is no column; the columns are source,id,organization,product,resource,time,quantity,until\n"},
      {"source,id,organisation,product,resource,time\n",
       "!:1: \"organisation\" is no column, did you mean \"organization\"?\n"},
      {"Source,id,organization,product,resource,time\n", "!:1: \"Source\" is no column, did you mean \"source\"?\n"},
      {"source,id,organization,product,resource\n", "!:1: time: this column is missing in the header\n"},
      {"source,id,id,organization,product,resource,time\n", "!:1: id: this column is there twice\n"},
      {"source;id;organization;product;resource;time\n",
       "!:1: the columns are parted by semicolons: part them by commas\n"},
      {"", ""},
      {"\n\nsource,id,organization,product,resource,time\n", ""},
  };
  for (const Row& row : rows) EXPECT_EQ(read_all(EventFileFormat::csv, row.header), row.expected) << row.header;
}

TEST(EventCsv, NamesEachFaultByLineAndColumn) {
  const std::string uuid = organization;
  const std::string rows = "s,1," + uuid + ",p,r,2026-03-04T09:15:00Z,1,\n" +
                           "s,2,nobody,p,r,yesterday,1e5,2026-02-30T00:00:00Z\n" + "\"s\n2\",3," + uuid +
                           ",p,r,2026-03-04T09:15:00Z,1,\n" +  // two lines
                           "s,4," + uuid + ",tallystick.void,r,2026-03-04T09:15:00Z,1,\n" + "s,5," + uuid +
                           ",p,r\xFF,2026-03-04T09:15:00Z,1.0000000001,\n" + "s,6," + uuid + "\n";
  const std::string seen = read_all(EventFileFormat::csv, header + rows);
  std::string faults;
  for (std::size_t begin = 0; begin < seen.size(); begin = seen.find('\n', begin) + 1) {
    const std::string line = seen.substr(begin, seen.find('\n', begin) - begin);
    if (line.find('{') == std::string::npos) faults += line + "\n";
  }
  EXPECT_EQ(faults,
            "3: organization: \"nobody\" is not a UUID\n"
            "3: time: \"yesterday\" is not a time: write 2026-03-04T09:15:00Z\n"
            "3: quantity: \"1e5\": " +
                std::string(core::to_string(core::DecimalFault::not_a_decimal)) +
                "\n"
                "3: until: \"2026-02-30T00:00:00Z\" is no moment of the calendar\n"
                "6: product: \"tallystick.void\" is a correction: send those as NDJSON\n"
                "7: resource: is not UTF-8: save the file with that encoding\n"
                "7: quantity: \"1.0000000001\": " +
                std::string(core::to_string(core::DecimalFault::too_many_digits)) +
                "\n"
                "8: has 3 fields, the header has 8\n");
}

TEST(EventReader, NamesPointersAsTheFileDoes) {
  MemorySource source("");
  const auto csv = make_event_reader(EventFileFormat::csv, source);
  EXPECT_EQ(csv->field_of_pointer("/data/quantity"), "quantity");
  EXPECT_EQ(csv->field_of_pointer("/data/until"), "until");
  EXPECT_EQ(csv->field_of_pointer("/type"), "product");
  EXPECT_EQ(csv->field_of_pointer("/subject"), "resource");
  EXPECT_EQ(csv->field_of_pointer("/source"), "source");
  EXPECT_EQ(csv->field_of_pointer(""), "");
  const auto ndjson = make_event_reader(EventFileFormat::ndjson, source);
  EXPECT_EQ(ndjson->field_of_pointer("/data/quantity"), "data/quantity");
  EXPECT_EQ(ndjson->field_of_pointer(""), "");
}

}  // namespace
}  // namespace tallystick::cli
