#include <utility>

#include "server/handlers/handlers.hpp"
#include "server/report_question.hpp"
#include "tallystick/wire/concurrent_usage_report.hpp"

namespace tallystick::server {
namespace {

wire::ConcurrentUsageProduct to_wire(const app::ConcurrentUsageReport::Product& product) {
  wire::ConcurrentUsageProduct usage;
  usage.name = product.name;
  usage.part_number = product.part_number;
  usage.peak = static_cast<std::int64_t>(product.peak);
  usage.levels.reserve(product.concurrency.levels.size());
  for (const core::Concurrency::Level& level : product.concurrency.levels) {
    wire::ConcurrentUsageLevel& listed = usage.levels.emplace_back();
    listed.count = static_cast<std::int64_t>(level.count);
    listed.milliseconds = level.length.count();
  }
  usage.hours.reserve(product.concurrency.hours.size());
  for (const core::Concurrency::Hour& hour : product.concurrency.hours) {
    wire::ConcurrentUsageHour& listed = usage.hours.emplace_back();
    listed.time = hour.time;
    listed.max = static_cast<std::int64_t>(hour.max);
  }
  usage.resources.reserve(product.resources.size());
  for (const core::ListedResource& resource : product.resources) {
    wire::ConcurrentUsageResource& listed = usage.resources.emplace_back();
    listed.name = resource.name;
    listed.date = resource.date;
    listed.milliseconds = resource.presence.count();
  }
  return usage;
}

wire::ConcurrentUsageReport to_wire(const app::ConcurrentUsageReport& report) {
  wire::ConcurrentUsageReport answer;
  answer.organization_id = report.organization.to_string();
  answer.start_date = report.period.start;
  answer.end_date = report.period.end;
  answer.products.reserve(report.products.size());
  for (const auto& product : report.products) answer.products.push_back(to_wire(product));
  return answer;
}

using Asked = Result<app::ConcurrentUsageReport, core::Problem>;

}  // namespace

// Encoded on a worker: the thread that counts has others to do.
void handle_concurrent_usage(Call& call, const Answer& answer) {
  const auto question = read_report_question(call);
  if (!question) return answer(fail(question.error()));
  call.service->use_cases.usage_questions.ask_concurrent_usage(
      question->organization, question->period, [service = call.service, answer](Asked asked) {
        service->on_worker(Lane::questions, [answer, asked = std::move(asked)]() mutable {
          if (!asked) return answer(fail(refusal_of(std::move(asked.error()))));
          answer(json_response(wire::to_json(to_wire(*asked))));
        });
      });
}

}  // namespace tallystick::server
