#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// The text of addresses and of form bodies.
namespace tallystick::server {

enum class PlusSign { is_space, is_plus };

/// Replaces `%41` by `A`, and `+` by a space where told so. Absent: a `%` without two hexadecimal digits.
[[nodiscard]] std::optional<std::string> percent_decode(std::string_view text, PlusSign plus);

/// What an address may hold as it is stays (letters, digits, `-._~`); all else becomes `%41`.
[[nodiscard]] std::string percent_encode(std::string_view text);

/// Names and values of a query or of an `application/x-www-form-urlencoded` body.
class Query {
 public:
  /// Absent: broken percent encoding.
  [[nodiscard]] static std::optional<Query> parse(std::string_view text);

  /// The value of that name, the first one where it is repeated. Names are compared byte for byte.
  [[nodiscard]] std::optional<std::string_view> get(std::string_view name) const;
  /// As `get`, but an empty value is none.
  [[nodiscard]] std::optional<std::string_view> get_filled(std::string_view name) const;
  [[nodiscard]] bool has_repeated_name() const;

 private:
  std::vector<std::pair<std::string, std::string>> fields_;
};

/// A request target taken apart.
struct Target {
  std::vector<std::string> segments;  ///< decoded after the split, so `%2F` is part of a segment
  std::optional<Query> query;         ///< absent: broken percent encoding in it; the address is known all the same
};

/// Reads `/path?query` and the absolute form `http://host/path?query`. An empty segment (a trailing slash, a double
/// one) stays as an empty segment, which no address has. Absent: neither form, or broken percent encoding in the path.
[[nodiscard]] std::optional<Target> parse_target(std::string_view target);

}  // namespace tallystick::server
