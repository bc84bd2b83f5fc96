#include "wire/billing_usage_text.hpp"

#include <cstddef>

#include "wire/json_writer.hpp"

namespace tallystick::wire {
namespace {

// As long as nothing needs escapes.
std::size_t bytes_of(const BillingUsageReportView& report) {
  constexpr std::size_t report_bytes = 256;
  constexpr std::size_t usage_bytes = std::string_view(R"(,{"name":"","totalUsage":"","resources":[]})").size();
  constexpr std::size_t resource_bytes = std::string_view(R"(,{"name":"","date":"2026-03-01T09:15:00.000Z"})").size();
  std::size_t bytes = report_bytes + report.id.size() + report.self_uri.size();
  for (const BillingUsageView& usage : report.usages) {
    bytes += usage_bytes + usage.name.size() + usage.total_usage.size() + usage.resources.size() * resource_bytes;
    for (const core::ListedResource& resource : usage.resources) bytes += resource.name.size();
  }
  return bytes;
}

void write(JsonWriter& writer, const BillingUsageView& usage) {
  writer.begin_object();
  writer.plain_key("name");
  writer.string(usage.name);
  writer.plain_key("totalUsage");
  writer.string(usage.total_usage);
  writer.plain_key("resources");
  writer.begin_array();
  for (const core::ListedResource& resource : usage.resources) {
    writer.begin_object();
    writer.plain_key("name");
    writer.string(resource.name);
    writer.plain_key("date");
    writer.time(resource.date);
    writer.end_object();
  }
  writer.end_array();
  writer.end_object();
}

}  // namespace

std::string to_json(const BillingUsageReportView& report) {
  std::string text;
  text.reserve(bytes_of(report));
  JsonWriter writer(text);
  writer.begin_object();
  writer.plain_key("id");
  writer.string(report.id);
  writer.plain_key("startDate");
  writer.time(report.start_date);
  writer.plain_key("endDate");
  writer.time(report.end_date);
  writer.plain_key("status");
  writer.string(OpenEnum<ReportStatus>(report.status).text());
  writer.plain_key("usages");
  writer.begin_array();
  for (const BillingUsageView& usage : report.usages) write(writer, usage);
  writer.end_array();
  writer.plain_key("selfUri");
  writer.string(report.self_uri);
  writer.end_object();
  return text;
}

}  // namespace tallystick::wire
