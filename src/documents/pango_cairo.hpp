#pragma once
#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include <optional>
#include <string>

#include "loading/late_library.hpp"

/// The functions of pango, cairo and GLib that set a page, by their own names within this namespace. They are loaded
/// when the first page is set: linked, they and the thirty libraries that they bring along would cost every command
/// of the binary 5 ms and 5 MiB before its first line, and only a server sets pages (docs/adr/0023).
namespace tallystick::documents {

/// Loads all of them, the first time that it is asked. Absent: they may be called; else what is missing, for people.
[[nodiscard]] std::optional<std::string> pango_cairo_fault();

using loading::ReleasedBy;

// What pkg-config calls pangocairo; it brings the others along.
inline loading::LateLibrary pango_cairo_library("libpangocairo-1.0.so.0");

#define TALLYSTICK_LATE(name) inline const loading::LateFunction<decltype(::name)> name(pango_cairo_library, #name)
TALLYSTICK_LATE(cairo_create);
TALLYSTICK_LATE(cairo_destroy);
TALLYSTICK_LATE(cairo_fill);
TALLYSTICK_LATE(cairo_font_options_create);
TALLYSTICK_LATE(cairo_font_options_destroy);
TALLYSTICK_LATE(cairo_font_options_set_hint_metrics);
TALLYSTICK_LATE(cairo_font_options_set_hint_style);
TALLYSTICK_LATE(cairo_move_to);
TALLYSTICK_LATE(cairo_pdf_surface_create_for_stream);
TALLYSTICK_LATE(cairo_pdf_surface_set_metadata);
TALLYSTICK_LATE(cairo_rectangle);
TALLYSTICK_LATE(cairo_set_source_rgb);
TALLYSTICK_LATE(cairo_show_page);
TALLYSTICK_LATE(cairo_status);
TALLYSTICK_LATE(cairo_status_to_string);
TALLYSTICK_LATE(cairo_surface_destroy);
TALLYSTICK_LATE(cairo_surface_finish);
TALLYSTICK_LATE(cairo_surface_status);
TALLYSTICK_LATE(cairo_tag_begin);
TALLYSTICK_LATE(cairo_tag_end);
TALLYSTICK_LATE(g_free);
TALLYSTICK_LATE(g_object_unref);
TALLYSTICK_LATE(g_utf8_make_valid);
TALLYSTICK_LATE(pango_attr_font_features_new);
TALLYSTICK_LATE(pango_attr_insert_hyphens_new);
TALLYSTICK_LATE(pango_attr_list_insert);
TALLYSTICK_LATE(pango_attr_list_new);
TALLYSTICK_LATE(pango_attr_list_unref);
TALLYSTICK_LATE(pango_cairo_context_set_font_options);
TALLYSTICK_LATE(pango_cairo_context_set_resolution);
TALLYSTICK_LATE(pango_cairo_font_map_new_for_font_type);
TALLYSTICK_LATE(pango_cairo_show_layout);
TALLYSTICK_LATE(pango_context_set_base_dir);
TALLYSTICK_LATE(pango_context_set_language);
TALLYSTICK_LATE(pango_context_set_round_glyph_positions);
TALLYSTICK_LATE(pango_font_description_free);
TALLYSTICK_LATE(pango_font_description_new);
TALLYSTICK_LATE(pango_font_description_set_absolute_size);
TALLYSTICK_LATE(pango_font_description_set_family_static);
TALLYSTICK_LATE(pango_font_description_set_weight);
TALLYSTICK_LATE(pango_font_map_create_context);
TALLYSTICK_LATE(pango_language_from_string);
TALLYSTICK_LATE(pango_layout_get_extents);
TALLYSTICK_LATE(pango_layout_get_size);
TALLYSTICK_LATE(pango_layout_new);
TALLYSTICK_LATE(pango_layout_set_alignment);
TALLYSTICK_LATE(pango_layout_set_attributes);
TALLYSTICK_LATE(pango_layout_set_auto_dir);
TALLYSTICK_LATE(pango_layout_set_ellipsize);
TALLYSTICK_LATE(pango_layout_set_font_description);
TALLYSTICK_LATE(pango_layout_set_height);
TALLYSTICK_LATE(pango_layout_set_line_spacing);
TALLYSTICK_LATE(pango_layout_set_text);
TALLYSTICK_LATE(pango_layout_set_width);
TALLYSTICK_LATE(pango_layout_set_wrap);
TALLYSTICK_LATE(pango_units_from_double);
TALLYSTICK_LATE(pango_units_to_double);
#undef TALLYSTICK_LATE

}  // namespace tallystick::documents
