#include "documents/pdf_canvas.hpp"

#include <algorithm>

#include "documents/pango_cairo.hpp"

namespace tallystick::documents {
namespace {

/// Has Latin, Greek, Cyrillic, Arabic and more; fontconfig finds another one for what it lacks.
constexpr const char* font_family = "DejaVu Sans";
/// Digits of one width, so that columns of figures line up.
constexpr const char* font_features = "tnum=1";
constexpr float line_spacing = 1.12F;

using Unref = ReleasedBy<g_object_unref>;

struct Colour {
  double red, green, blue;
};

Colour colour_of(Ink ink) {
  switch (ink) {
    case Ink::text:
      return {0.11, 0.13, 0.16};
    case Ink::muted:
      return {0.38, 0.42, 0.47};
    case Ink::accent:
      return {0.05, 0.29, 0.40};
    case Ink::rule:
      return {0.80, 0.83, 0.86};
    case Ink::tint:
      return {0.94, 0.955, 0.965};
  }
  return {};
}

std::string valid_text(std::string_view text) {
  gchar* valid = g_utf8_make_valid(text.data(), static_cast<gssize>(text.size()));
  std::string copy(valid);
  g_free(valid);
  return copy;
}

cairo_status_t append(void* file, const unsigned char* data, unsigned int length) {
  static_cast<std::string*>(file)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

/// An address as an attribute of a link: ASCII, with what would end the attribute escaped.
std::string link_attribute(std::string_view uri) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string text;
  for (const char c : uri) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte <= ' ' || byte >= 0x7F || c == '\'' || c == '\\') {
      text += {'%', digits[byte >> 4U], digits[byte & 0xFU]};
    } else {
      text += c;
    }
  }
  return text;
}

}  // namespace

Points SetText::height() const {
  int height = 0;
  pango_layout_get_size(layout_.get(), nullptr, &height);
  return pango_units_to_double(height);
}

Points SetText::width() const {
  PangoRectangle logical{};
  pango_layout_get_extents(layout_.get(), nullptr, &logical);
  return pango_units_to_double(logical.width);
}

struct PdfCanvas::Drawing {
  std::string file;
  std::unique_ptr<cairo_surface_t, ReleasedBy<cairo_surface_destroy>> surface;
  std::unique_ptr<cairo_t, ReleasedBy<cairo_destroy>> pen;
  std::unique_ptr<PangoFontMap, Unref> fonts;
  std::unique_ptr<PangoContext, Unref> context;

  Drawing()
      : surface(cairo_pdf_surface_create_for_stream(append, &file, page_width, page_height)),
        pen(cairo_create(surface.get())),
        fonts(pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT)),
        context(pango_font_map_create_context(fonts.get())) {
    pango_cairo_context_set_resolution(context.get(), 72);
    // Paper has no pixels: outlines and advances as the font designed them.
    cairo_font_options_t* options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context.get(), options);
    cairo_font_options_destroy(options);
    pango_context_set_round_glyph_positions(context.get(), FALSE);
    // The letter reads from the left, whatever script a name is in.
    pango_context_set_base_dir(context.get(), PANGO_DIRECTION_LTR);
    // Not the machine's language: it would choose other fonts and break lines elsewhere.
    pango_context_set_language(context.get(), pango_language_from_string("en"));
  }

  void ink(Ink ink) const {
    const Colour colour = colour_of(ink);
    cairo_set_source_rgb(pen.get(), colour.red, colour.green, colour.blue);
  }

  [[nodiscard]] std::shared_ptr<PangoLayout> layout(std::string_view text, const TextStyle& style) const {
    std::shared_ptr<PangoLayout> layout(pango_layout_new(context.get()), Unref());
    std::unique_ptr<PangoFontDescription, ReleasedBy<pango_font_description_free>> font(pango_font_description_new());
    pango_font_description_set_family_static(font.get(), font_family);
    pango_font_description_set_absolute_size(font.get(), pango_units_from_double(style.size));
    if (style.bold) pango_font_description_set_weight(font.get(), PANGO_WEIGHT_BOLD);
    pango_layout_set_font_description(layout.get(), font.get());
    PangoAttrList* attributes = pango_attr_list_new();
    pango_attr_list_insert(attributes, pango_attr_font_features_new(font_features));
    // A hyphen that is not in a name would be read as its own.
    pango_attr_list_insert(attributes, pango_attr_insert_hyphens_new(FALSE));
    pango_layout_set_attributes(layout.get(), attributes);
    pango_attr_list_unref(attributes);
    pango_layout_set_auto_dir(layout.get(), FALSE);
    pango_layout_set_line_spacing(layout.get(), line_spacing);
    pango_layout_set_alignment(layout.get(), style.align == Align::right ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
    const std::string valid = valid_text(text);
    pango_layout_set_text(layout.get(), valid.data(), static_cast<int>(valid.size()));
    return layout;
  }
};

PdfCanvas::PdfCanvas(const PdfProperties& properties) : drawing_(std::make_unique<Drawing>()) {
  cairo_surface_t* surface = drawing_->surface.get();
  const std::string created = core::to_string(properties.created) + "T00:00:00Z";
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, valid_text(properties.title).c_str());
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_AUTHOR, valid_text(properties.author).c_str());
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "Tallystick");
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, created.c_str());
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_MOD_DATE, created.c_str());
}

PdfCanvas::~PdfCanvas() = default;

SetText PdfCanvas::set(std::string_view text, const TextStyle& style, Points width) const {
  auto layout = drawing_->layout(text, style);
  pango_layout_set_width(layout.get(), pango_units_from_double(std::max<Points>(width, 1)));
  pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
  if (style.lines_max > 0) {
    pango_layout_set_height(layout.get(), -style.lines_max);
    pango_layout_set_ellipsize(layout.get(), PANGO_ELLIPSIZE_END);
  }
  return {std::move(layout), style.ink};
}

Points PdfCanvas::width_of(std::string_view text, const TextStyle& style) const {
  return SetText(drawing_->layout(text, style), style.ink).width();
}

void PdfCanvas::draw(const SetText& text, Points left, Points top) {
  drawing_->ink(text.ink_);
  cairo_move_to(drawing_->pen.get(), left, top);
  pango_cairo_show_layout(drawing_->pen.get(), text.layout_.get());
}

void PdfCanvas::draw_rule(Points left, Points top, Points width, Points thickness, Ink ink) {
  fill(left, top, width, thickness, ink);
}

void PdfCanvas::fill(Points left, Points top, Points width, Points height, Ink ink) {
  drawing_->ink(ink);
  cairo_rectangle(drawing_->pen.get(), left, top, width, height);
  cairo_fill(drawing_->pen.get());
}

void PdfCanvas::link(std::string_view uri, Points left, Points top, Points width, Points height) {
  // Whole points: the numbers of attributes are written by printf, which knows locales.
  const auto number = [](Points length) { return std::to_string(static_cast<int>(length)); };
  const std::string attributes = "rect=[" + number(left) + " " + number(top) + " " + number(width + 1) + " " +
                                 number(height + 1) + "] uri='" + link_attribute(uri) + "'";
  cairo_tag_begin(drawing_->pen.get(), CAIRO_TAG_LINK, attributes.c_str());
  cairo_tag_end(drawing_->pen.get(), CAIRO_TAG_LINK);
}

void PdfCanvas::end_page() {
  cairo_show_page(drawing_->pen.get());
}

Result<std::string, std::string> PdfCanvas::finish() {
  const cairo_status_t drawn = cairo_status(drawing_->pen.get());
  cairo_surface_finish(drawing_->surface.get());
  const cairo_status_t written = cairo_surface_status(drawing_->surface.get());
  for (const cairo_status_t status : {drawn, written}) {
    if (status != CAIRO_STATUS_SUCCESS) return fail(std::string("cairo: ") + cairo_status_to_string(status));
  }
  return std::move(drawing_->file);
}

}  // namespace tallystick::documents
