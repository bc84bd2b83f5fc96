#pragma once
#include <string_view>

/// The one wording of each fault of shape; the field's name stands before it.
namespace tallystick::wire::words {

inline constexpr std::string_view required = "is required";
inline constexpr std::string_view object = "must be an object";
inline constexpr std::string_view array = "must be an array";
inline constexpr std::string_view string = "must be a string";
inline constexpr std::string_view boolean = "must be true or false";
inline constexpr std::string_view integer = "must be an integer of at most 64 bits";
inline constexpr std::string_view time = "must be a time in ISO 8601, such as 2026-03-01T09:15:00.000Z";
inline constexpr std::string_view date = "must be a date, such as 2026-03-01";
inline constexpr std::string_view day_of_month = "must be a day of a month, from 1 to 31";
inline constexpr std::string_view uuid = "must be a UUID, such as 22222222-2222-4222-8222-222222222222";
inline constexpr std::string_view decimal = "must be a decimal in a string, such as \"1.5\", or an integer";
inline constexpr std::string_view number = "must be a number, such as 1.5, or a decimal in a string";
inline constexpr std::string_view quote_decimal =
    "must be written as a string, such as \"1.5\": a number with a fraction or an exponent is not exact";

}  // namespace tallystick::wire::words
