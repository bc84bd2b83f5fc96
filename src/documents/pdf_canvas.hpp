#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "documents/page_flow.hpp"
#include "tallystick/core/result.hpp"
#include "tallystick/core/time.hpp"

struct _PangoLayout;  // NOLINT(bugprone-reserved-identifier): the library's own name

/// A PDF that is drawn page by page. The only file that knows the libraries for it is pdf_canvas.cpp.
namespace tallystick::documents {

enum class Ink { text, muted, accent, rule, tint };
enum class Align { left, right };

struct TextStyle {
  Points size = 8.5;
  bool bold = false;
  Ink ink = Ink::text;
  Align align = Align::left;
  int lines_max = 0;  ///< longer text ends with an ellipsis; 0: any number of lines
};

/// Text that is set: shaped, with fonts for its scripts, broken into lines.
class SetText {
 public:
  SetText(std::shared_ptr<_PangoLayout> layout, Ink ink) : layout_(std::move(layout)), ink_(ink) {}
  [[nodiscard]] Points height() const;
  /// Of the longest line; at most the width that it was set to.
  [[nodiscard]] Points width() const;

 private:
  friend class PdfCanvas;
  std::shared_ptr<_PangoLayout> layout_;
  Ink ink_;
};

/// What a reader of the file sees beside its pages.
struct PdfProperties {
  std::string title;
  std::string author;
  core::Day created;
};

class PdfCanvas {
 public:
  /// A4, upright.
  static constexpr Points page_width = 595.276;
  static constexpr Points page_height = 841.890;

  explicit PdfCanvas(const PdfProperties& properties);
  ~PdfCanvas();
  PdfCanvas(const PdfCanvas&) = delete;
  PdfCanvas& operator=(const PdfCanvas&) = delete;

  /// Text in UTF-8 (what is not is shown as U+FFFD), broken between words, in words where one is wider than `width`.
  [[nodiscard]] SetText set(std::string_view text, const TextStyle& style, Points width) const;
  /// How wide the text is on one line.
  [[nodiscard]] Points width_of(std::string_view text, const TextStyle& style) const;

  void draw(const SetText& text, Points left, Points top);
  /// A horizontal line whose upper edge is at `top`.
  void draw_rule(Points left, Points top, Points width, Points thickness, Ink ink);
  void fill(Points left, Points top, Points width, Points height, Ink ink);
  /// Makes the area lead to an address.
  void link(std::string_view uri, Points left, Points top, Points width, Points height);
  void end_page();

  /// The file; the canvas can not be drawn on any more. The failure is a sentence for the log.
  [[nodiscard]] Result<std::string, std::string> finish();

 private:
  struct Drawing;
  std::unique_ptr<Drawing> drawing_;
};

}  // namespace tallystick::documents
