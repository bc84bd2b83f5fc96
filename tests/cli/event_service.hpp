#pragma once
#include <algorithm>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "cli/command_run.hpp"
#include "tallystick/core/event.hpp"
#include "tallystick/wire/event.hpp"
#include "tallystick/wire/ingest_result.hpp"

namespace tallystick::cli_test {

/// What POST /tallystick/v1/events means, in memory: counts each (source, id) once, notices other content, and refuses
/// a batch as a whole at the events that `refuse` names. Any thread.
class EventService {
 public:
  /// The pointer inside the event and the message; absent: the event is good.
  using Refuse = std::function<std::optional<std::pair<std::string, std::string>>(const core::UsageEvent&)>;

  Refuse refuse = [](const core::UsageEvent&) { return std::nullopt; };
  std::function<void()> after_each_batch = [] {};

  ApiResult<HttpResponse> operator()(const HttpRequest& request) {
    const std::lock_guard lock(mutex_);
    EXPECT_EQ(request.url, "http://127.0.0.1:8080/tallystick/v1/events");
    const auto decoded = wire::decode_events(request.body, wire::EventFormat::ndjson, 10'000);
    EXPECT_TRUE(decoded && decoded->faults.empty()) << request.body.substr(0, 500);
    ++batches;
    std::string details;
    for (std::size_t i = 0; i < decoded->events.size(); ++i) {
      const auto fault = refuse(std::get<core::UsageEvent>(decoded->events[i]));
      if (!fault) continue;
      details += std::string(details.empty() ? "" : ",") + R"({"errorCode":")" + fault->second + R"(","fieldName":"/)" +
                 std::to_string(decoded->positions[i]) + fault->first + R"("})";
    }
    if (!details.empty()) {
      return answer(400, R"({"message":"refused","code":"constraint.validation","details":[)" + details + "]}");
    }
    wire::IngestResult result;
    for (std::size_t i = 0; i < decoded->events.size(); ++i) {
      const auto& event = std::get<core::UsageEvent>(decoded->events[i]);
      ++times_sent[event.id];
      const auto [known, is_new] = events.emplace(std::pair(event.source, event.id), event);
      if (is_new) {
        ++result.accepted;
      } else if (known->second == event) {
        ++result.duplicates;
      } else {
        result.conflicts.push_back({static_cast<std::int64_t>(decoded->positions[i]), event.source, event.id, {}});
      }
    }
    after_each_batch();
    return answer(200, wire::to_json(result));
  }

  std::map<std::pair<std::string, std::string>, core::UsageEvent> events;
  std::map<std::string, int> times_sent;  ///< by id
  int batches = 0;

 private:
  std::mutex mutex_;
};

inline constexpr const char* event_csv_header = "source,id,organization,product,resource,time,quantity\n";

/// Rows first to last (ids `e1`, `e2` …), each on a line of its own.
inline std::string event_csv_rows(int first, int last) {
  std::string text;
  for (int i = first; i <= last; ++i) {
    text += "acd,e" + std::to_string(i) + ",22222222-2222-4222-8222-222222222222,cx-3,user" + std::to_string(i) +
            "@example.com,2026-03-04T09:15:00Z,1\n";
  }
  return text;
}
/// The same events as NDJSON.
inline std::string event_ndjson_rows(int first, int last) {
  std::string text;
  for (int i = first; i <= last; ++i) {
    const std::string n = std::to_string(i);
    text += R"({"specversion":"1.0","source":"acd","id":"e)" + n + R"(","type":"cx-3","subject":"user)" + n +
            R"(@example.com","organization":"22222222-2222-4222-8222-222222222222","time":"2026-03-04T09:15:00Z"})" +
            "\n";
  }
  return text;
}

}  // namespace tallystick::cli_test
