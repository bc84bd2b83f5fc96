#pragma once
#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include <optional>
#include <string>

/// The functions of pango, cairo and GLib that set a page, by their own names within this namespace. They are loaded
/// when the first page is set: linked, they and the thirty libraries that they bring along would cost every command
/// of the binary 5 ms and 5 MiB before its first line, and only a server sets pages (docs/adr/0023).
namespace tallystick::documents {

/// Loads all of them, the first time that it is asked. Absent: they may be called; else what is missing, for people.
[[nodiscard]] std::optional<std::string> pango_cairo_fault();

/// One of the functions that are loaded together.
class LoadedName {
 public:
  /// Finds all of them in a library and in those that it brings along. Absent: done; else the words of dlerror.
  [[nodiscard]] static std::optional<std::string> find_all(void* library);

 protected:
  explicit LoadedName(const char* name) : name_(name), next_(first_) { first_ = this; }
  mutable void* address_ = nullptr;

 private:
  const char* name_;
  const LoadedName* next_;
  static inline const LoadedName* first_ = nullptr;
};

template <class Function>
class LoadedFunction;
template <class Value, class... Arguments>
class LoadedFunction<Value(Arguments...)> : public LoadedName {
 public:
  explicit LoadedFunction(const char* name) : LoadedName(name) {}
  Value operator()(Arguments... arguments) const {
    return reinterpret_cast<Value (*)(Arguments...)>(address_)(arguments...);
  }
};

/// For smart pointers.
template <const auto& function>
struct ReleasedBy {
  void operator()(auto* object) const { function(object); }
};

#define TALLYSTICK_LOADED(name) inline const LoadedFunction<decltype(::name)> name(#name)
TALLYSTICK_LOADED(cairo_create);
TALLYSTICK_LOADED(cairo_destroy);
TALLYSTICK_LOADED(cairo_fill);
TALLYSTICK_LOADED(cairo_font_options_create);
TALLYSTICK_LOADED(cairo_font_options_destroy);
TALLYSTICK_LOADED(cairo_font_options_set_hint_metrics);
TALLYSTICK_LOADED(cairo_font_options_set_hint_style);
TALLYSTICK_LOADED(cairo_move_to);
TALLYSTICK_LOADED(cairo_pdf_surface_create_for_stream);
TALLYSTICK_LOADED(cairo_pdf_surface_set_metadata);
TALLYSTICK_LOADED(cairo_rectangle);
TALLYSTICK_LOADED(cairo_set_source_rgb);
TALLYSTICK_LOADED(cairo_show_page);
TALLYSTICK_LOADED(cairo_status);
TALLYSTICK_LOADED(cairo_status_to_string);
TALLYSTICK_LOADED(cairo_surface_destroy);
TALLYSTICK_LOADED(cairo_surface_finish);
TALLYSTICK_LOADED(cairo_surface_status);
TALLYSTICK_LOADED(cairo_tag_begin);
TALLYSTICK_LOADED(cairo_tag_end);
TALLYSTICK_LOADED(g_free);
TALLYSTICK_LOADED(g_object_unref);
TALLYSTICK_LOADED(g_utf8_make_valid);
TALLYSTICK_LOADED(pango_attr_font_features_new);
TALLYSTICK_LOADED(pango_attr_insert_hyphens_new);
TALLYSTICK_LOADED(pango_attr_list_insert);
TALLYSTICK_LOADED(pango_attr_list_new);
TALLYSTICK_LOADED(pango_attr_list_unref);
TALLYSTICK_LOADED(pango_cairo_context_set_font_options);
TALLYSTICK_LOADED(pango_cairo_context_set_resolution);
TALLYSTICK_LOADED(pango_cairo_font_map_new_for_font_type);
TALLYSTICK_LOADED(pango_cairo_show_layout);
TALLYSTICK_LOADED(pango_context_set_base_dir);
TALLYSTICK_LOADED(pango_context_set_language);
TALLYSTICK_LOADED(pango_context_set_round_glyph_positions);
TALLYSTICK_LOADED(pango_font_description_free);
TALLYSTICK_LOADED(pango_font_description_new);
TALLYSTICK_LOADED(pango_font_description_set_absolute_size);
TALLYSTICK_LOADED(pango_font_description_set_family_static);
TALLYSTICK_LOADED(pango_font_description_set_weight);
TALLYSTICK_LOADED(pango_font_map_create_context);
TALLYSTICK_LOADED(pango_language_from_string);
TALLYSTICK_LOADED(pango_layout_get_extents);
TALLYSTICK_LOADED(pango_layout_get_size);
TALLYSTICK_LOADED(pango_layout_new);
TALLYSTICK_LOADED(pango_layout_set_alignment);
TALLYSTICK_LOADED(pango_layout_set_attributes);
TALLYSTICK_LOADED(pango_layout_set_auto_dir);
TALLYSTICK_LOADED(pango_layout_set_ellipsize);
TALLYSTICK_LOADED(pango_layout_set_font_description);
TALLYSTICK_LOADED(pango_layout_set_height);
TALLYSTICK_LOADED(pango_layout_set_line_spacing);
TALLYSTICK_LOADED(pango_layout_set_text);
TALLYSTICK_LOADED(pango_layout_set_width);
TALLYSTICK_LOADED(pango_layout_set_wrap);
TALLYSTICK_LOADED(pango_units_from_double);
TALLYSTICK_LOADED(pango_units_to_double);
#undef TALLYSTICK_LOADED

}  // namespace tallystick::documents
