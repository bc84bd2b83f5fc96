#include "cli/concurrent_svg.hpp"

#include <algorithm>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "cli/concurrent_peak.hpp"
#include "cli/display_width.hpp"
#include "cli/number_text.hpp"
#include "cli/plot_axis.hpp"

namespace tallystick::cli {
namespace {

// All lengths are in pixels of the viewBox; positions of data in hundredths of them, so that integers do.
constexpr std::int64_t hundredths = 100;
constexpr std::int64_t width = 960;
constexpr std::int64_t left = 72;
constexpr std::int64_t right = 840;  // beside it the peak's label
constexpr std::int64_t zone_x = right + 32;
constexpr std::int64_t head_height = 72;
constexpr std::int64_t plot_top = 52;  // below the product's heading
constexpr std::int64_t plot_height = 200;
constexpr std::int64_t product_height = 316;
constexpr std::int64_t time_label_apart = 64;
constexpr std::size_t hours_drawn_max = 2 * (right - left);  // two share a pixel
constexpr std::size_t name_characters_max = 80;

constexpr std::string_view ink = "#1f2328";
constexpr std::string_view pale_ink = "#59636e";
constexpr std::string_view grid = "#e2e5e9";
constexpr std::string_view area = "#cfe2f5";
constexpr std::string_view line_colour = "#1b66a8";
constexpr std::string_view peak_colour = "#b3261e";

/// Text between tags: markup is escaped, and what XML cannot hold is replaced.
std::string escaped(std::string_view raw) {
  std::string text;
  for (const char c : printable(raw)) {
    switch (c) {
      case '&':
        text += "&amp;";
        break;
      case '<':
        text += "&lt;";
        break;
      case '>':
        text += "&gt;";
        break;
      default:
        text += c;
    }
  }
  // The two characters of UTF-8 that XML 1.0 excludes beside the control characters.
  for (const std::string_view excluded : {"\uFFFE", "\uFFFF"}) {
    for (auto at = text.find(excluded); at != std::string::npos; at = text.find(excluded, at)) {
      text.replace(at, excluded.size(), "\uFFFD");
    }
  }
  return text;
}

std::string pixels(std::int64_t position) {
  std::string text = std::to_string(position / hundredths);
  const std::int64_t part = position % hundredths;
  if (part == 0) return text;
  text += part < 10 ? ".0" : ".";
  text += part % 10 == 0 ? std::to_string(part / 10) : std::to_string(part);
  return text;
}

std::string number(std::int64_t count) {
  return with_thousands_separators(std::to_string(count));
}

/// `2026-03-01 00:00 UTC`, with seconds where there are any.
std::string moment(core::TimePoint time) {
  const std::string text = core::to_string(time);
  const std::string_view rest = std::string_view(text).substr(16);
  return text.substr(0, 10) + " " + text.substr(11, rest == ":00.000Z" ? 5 : 12) + " UTC";
}

struct TextLook {
  int size = 12;
  std::string_view colour = pale_ink;
  std::string_view anchor = "start";
  bool bold = false;
};

/// `content` is markup already.
std::string text_element(std::int64_t x, std::int64_t y, const std::string& content, TextLook look) {
  std::string element = "<text x=\"" + pixels(x) + "\" y=\"" + pixels(y) + "\" font-size=\"" +
                        std::to_string(look.size) + "\" fill=\"" + std::string(look.colour) + "\"";
  if (look.anchor != "start") element += " text-anchor=\"" + std::string(look.anchor) + "\"";
  if (look.bold) element += " font-weight=\"bold\"";
  return element + ">" + content + "</text>\n";
}

std::string path_element(const std::string& path, std::string_view attributes) {
  return ("<path d=\"" + path + "\" ").append(attributes) + "/>\n";
}

std::string stroke(std::string_view colour, std::string_view stroke_width) {
  return "fill=\"none\" stroke=\"" + std::string(colour) + "\" stroke-width=\"" + std::string(stroke_width) + "\"";
}

bool are_drawn_by_day(std::span<const wire::ConcurrentUsageHour> hours) {
  return hours.size() > hours_drawn_max;
}

/// What stands side by side: hours, or days where hours would be too narrow to be seen.
std::vector<HourSpan> drawn_spans(std::span<const wire::ConcurrentUsageHour> hours) {
  std::vector<HourSpan> spans;
  for (std::size_t i = 0; i < hours.size(); ++i) {
    if (i != 0 && are_drawn_by_day(hours) && core::day_of(hours[i].time) == core::day_of(hours[i - 1].time)) {
      spans.back().end = i + 1;
    } else {
      spans.push_back({i, i + 1});
    }
  }
  return spans;
}

class ProductPlot {
 public:
  ProductPlot(const wire::ConcurrentUsageProduct& product, std::int64_t top)
      : product_(product),
        spans_(drawn_spans(product.hours)),
        axis_(count_axis(product.hours, product.peak)),
        top_(top),
        base_((top + plot_top + plot_height) * hundredths) {}

  [[nodiscard]] std::string to_string() const {
    std::string text = "<g>\n" + heading();
    if (!product_.hours.empty()) text += count_grid() + time_grid() + steps() + frame() + peak_line();
    return text + "</g>\n";
  }

 private:
  [[nodiscard]] std::int64_t x_of(std::size_t hour) const {
    const auto hours = static_cast<std::int64_t>(product_.hours.size());
    return left * hundredths + static_cast<std::int64_t>(hour) * (right - left) * hundredths / hours;
  }
  [[nodiscard]] std::int64_t y_of(std::int64_t count) const {
    return base_ - plotted_count(count) * plot_height * hundredths / axis_.top();
  }

  [[nodiscard]] std::string heading() const {
    const std::string figures =
        " · peak " + number(product_.peak) + (product_.peak == 0 ? ": " + std::string(words_for_no_peak) : "") +
        " · most at once " + number(most_at_once(product_)) +
        (are_drawn_by_day(product_.hours) ? " · drawn: the most of each day" : " · drawn: the most of each hour");
    const std::int64_t name_y = (top_ + 16) * hundredths;
    const std::int64_t figures_y = (top_ + 36) * hundredths;
    return text_element(left * hundredths, name_y, escaped(shortened(printable(product_.name), name_characters_max)),
                        {.size = 16, .colour = ink, .bold = true}) +
           text_element(left * hundredths, figures_y,
                        escaped(shortened(printable(product_.part_number), name_characters_max)) + figures,
                        {.size = 13});
  }

  [[nodiscard]] std::string count_grid() const {
    std::string path;
    std::string labels;
    for (std::int64_t i = 0; i <= axis_.steps; ++i) {
      const std::int64_t y = y_of(i * axis_.step);
      if (i != 0) path += "M" + pixels(left * hundredths) + " " + pixels(y) + "H" + pixels(right * hundredths);
      labels += text_element((left - 8) * hundredths, y + 4 * hundredths, number(i * axis_.step), {.anchor = "end"});
    }
    return path_element(path, stroke(grid, "1")) + labels;
  }

  [[nodiscard]] std::string time_grid() const {
    const std::int64_t tick_length = 5 * hundredths;
    const std::size_t hours_apart =
        (static_cast<std::size_t>(time_label_apart) * product_.hours.size() + (right - left) - 1) / (right - left);
    std::string grid_path;
    std::string tick_path;
    std::string labels;
    for (const TimeTick& tick : time_ticks(product_.hours, hours_apart)) {
      const std::int64_t x = x_of(tick.hour);
      if (tick.hour != 0) grid_path += "M" + pixels(x) + " " + pixels(y_of(axis_.top())) + "V" + pixels(base_);
      tick_path += "M" + pixels(x) + " " + pixels(base_) + "V" + pixels(base_ + tick_length);
      labels += text_element(x, base_ + 20 * hundredths, tick.label, {.anchor = "middle"});
    }
    if (!grid_path.empty()) grid_path = path_element(grid_path, stroke(grid, "1"));
    return grid_path + path_element(tick_path, stroke(pale_ink, "1")) + labels +
           text_element(zone_x * hundredths, base_ + 20 * hundredths, "UTC", {});
  }

  /// The outline of the maxima, filled down to the base.
  [[nodiscard]] std::string steps() const {
    std::string path = "M" + pixels(x_of(0));
    std::optional<std::int64_t> last;
    for (const HourSpan& span : spans_) {
      const std::int64_t most = most_in(product_.hours, span);
      if (most == last) continue;
      path += (last ? "H" + pixels(x_of(span.begin)) + "V" : " ") + pixels(y_of(most));
      last = most;
    }
    path += "H" + pixels(x_of(product_.hours.size()));
    return path_element(path + "V" + pixels(base_) + "H" + pixels(x_of(0)) + "Z",
                        "fill=\"" + std::string(area) + "\"") +
           path_element(path, stroke(line_colour, "1.2"));
  }

  [[nodiscard]] std::string frame() const {
    return path_element("M" + pixels(left * hundredths) + " " + pixels(y_of(axis_.top())) + "V" + pixels(base_) + "H" +
                            pixels(right * hundredths),
                        stroke(pale_ink, "1"));
  }

  [[nodiscard]] std::string peak_line() const {
    if (product_.peak <= 0) return "";
    const std::int64_t y = y_of(product_.peak);
    return path_element("M" + pixels(left * hundredths) + " " + pixels(y) + "H" + pixels(right * hundredths),
                        stroke(peak_colour, "1.5") + " stroke-dasharray=\"6 4\"") +
           text_element((right + 10) * hundredths, y + 4 * hundredths, "peak " + number(product_.peak),
                        {.size = 13, .colour = peak_colour, .bold = true});
  }

  const wire::ConcurrentUsageProduct& product_;
  std::vector<HourSpan> spans_;
  CountAxis axis_;
  std::int64_t top_;
  std::int64_t base_;  // where counts are 0, in hundredths
};

}  // namespace

std::string concurrent_svg(const wire::ConcurrentUsageReport& report) {
  const auto products = static_cast<std::int64_t>(report.products.size());
  const std::int64_t height = head_height + std::max<std::int64_t>(products * product_height, 48);
  const std::string size = std::to_string(width) + "\" height=\"" + std::to_string(height) + "\"";
  const std::string period = moment(report.start_date) + " to " + moment(report.end_date);
  std::string text =
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + std::to_string(width) + " " +
      std::to_string(height) + "\" width=\"" + size +
      " role=\"img\" font-family=\"system-ui, 'Segoe UI', Helvetica, Arial, 'DejaVu Sans', sans-serif\">\n" +
      "<title>Concurrent usage from " + period + "</title>\n<rect width=\"" + size + " fill=\"#ffffff\"/>\n";
  text += text_element(24 * hundredths, 32 * hundredths, "Concurrent usage", {.size = 20, .colour = ink, .bold = true});
  text +=
      text_element(24 * hundredths, 52 * hundredths, period + ", organization " + escaped(report.organization_id), {});
  std::int64_t top = head_height;
  for (const wire::ConcurrentUsageProduct& product : report.products) {
    text += ProductPlot(product, top).to_string();
    top += product_height;
  }
  if (report.products.empty()) {
    text += text_element(24 * hundredths, (head_height + 20) * hundredths, "No concurrent product was used.",
                         {.size = 14, .colour = ink});
  }
  return text + "</svg>\n";
}

}  // namespace tallystick::cli
