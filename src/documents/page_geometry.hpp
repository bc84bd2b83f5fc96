#pragma once
#include "documents/pdf_canvas.hpp"

/// Where things stand on an A4 page: DIN 5008, form B, so that the address shows in the window of an envelope.
namespace tallystick::documents::page {

inline constexpr Points millimetre = 72 / 25.4;

inline constexpr Points left = 25 * millimetre;
inline constexpr Points right = PdfCanvas::page_width - 20 * millimetre;
inline constexpr Points width = right - left;

inline constexpr Points letter_head_top = 15 * millimetre;
inline constexpr Points window_top = 45 * millimetre;
inline constexpr Points window_width = 85 * millimetre;
/// The block of number, date and terms beside the window.
inline constexpr Points facts_left = 122 * millimetre;

inline constexpr Points later_head_top = 15 * millimetre;
inline constexpr Points later_body_top = 25 * millimetre;
inline constexpr Points body_bottom = PdfCanvas::page_height - 22 * millimetre;
inline constexpr Points footer_top = PdfCanvas::page_height - 15 * millimetre;

}  // namespace tallystick::documents::page
