#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace CLI {
class App;
}

/// Pages of the manual in the macros of man(7), made of what the commands say of themselves and of what they share.
namespace tallystick::cli {

struct ManualPage {
  std::string file;  ///< `tallystick-report.1`
  std::string text;
};

/// The page of the program and one of each command. `date`: `2026-11-24`, as it stands at the foot.
[[nodiscard]] std::vector<ManualPage> manual_pages(const CLI::App& app, std::string_view date);

/// Text as it may stand in a line of roff: backslashes, hyphens and what begins a request are themselves.
[[nodiscard]] std::string roff_text(std::string_view text);

}  // namespace tallystick::cli
