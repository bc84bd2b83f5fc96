#pragma once
#include <map>
#include <string>
#include <utility>

#include "cli/command_run.hpp"

namespace tallystick::cli_test {

inline const std::string not_found_body =
    R"({"message":"The requested resource was not found.","code":"not.found","status":404,"contextId":"c-1",)"
    R"("details":[],"errors":[]})";

/// Answers each path, without the origin, by its text; all others are not there.
[[nodiscard]] inline CommandRun::Answer by_path(std::map<std::string, std::string> answers) {
  return [answers = std::move(answers)](const HttpRequest& request) {
    const auto found = answers.find(request.url.substr(std::string("http://127.0.0.1:8080").size()));
    return found == answers.end() ? answer(404, not_found_body) : answer(200, found->second);
  };
}

/// Answers everything with a refusal for want of a permission.
[[nodiscard]] inline ApiResult<HttpResponse> forbidden(const HttpRequest&) {
  return answer(403, R"({"message":"Missing one of: billing:subscription:view","code":"missing.any.permissions",)"
                     R"("status":403,"contextId":"c-2","details":[],"errors":[]})");
}

}  // namespace tallystick::cli_test
