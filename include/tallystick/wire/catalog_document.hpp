#pragma once
#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "tallystick/core/catalog.hpp"
#include "tallystick/core/problem.hpp"
#include "tallystick/core/result.hpp"
#include "tallystick/wire/json.hpp"

#pragma GCC visibility push(default)
/// The catalog as people write it (interface.md, "A catalog"), in YAML or JSON.
namespace tallystick::wire {

enum class DocumentFormat { yaml, json };

/// Where a value stands in the text; both count from 1.
struct Position {
  std::size_t line = 0;
  std::size_t column = 0;
};

/// A catalog document that was read, and where each of its values stands, by RFC 6901 pointer.
struct ReadCatalog {
  core::CatalogDocument document;
  std::map<std::string, Position> positions;  ///< empty for JSON
};

/// Why a text is no catalog. `malformed`: not YAML or JSON at all; otherwise faults of single values, whose messages
/// begin with "line 12, column 5: " where the text is YAML.
struct CatalogReadFailure {
  bool malformed = false;
  std::string message;
  DecodeFaults faults;
};

/// Where `${NAME}` in a client's or a user's secret is looked up; absent: `${` in a secret is refused.
using SecretVariables = std::function<std::optional<std::string>(const std::string& name)>;

/// Reads a catalog. Refused with its place: an unknown key, a duplicate key, a YAML alias, a fraction where a decimal
/// string belongs, a missing required key, a name that a subscription type, a metering kind or a metering unit does not
/// have. Whether values go together is checked by who applies the document.
[[nodiscard]] Result<ReadCatalog, CatalogReadFailure> read_catalog(std::string_view text, DocumentFormat format,
                                                                   const SecretVariables& variables);

/// The same document as JSON text, pretty-printed, for GET /catalog: without secrets and their hashes. Keys that have
/// their default value are left out; reading the text gives an equal document.
[[nodiscard]] std::string catalog_to_json(const core::Catalog& catalog);

/// A document as compact JSON with its secrets, as `tallystick apply` sends it.
[[nodiscard]] std::string catalog_document_to_json(const core::CatalogDocument& document);

/// Places in front of messages of faults that were found after reading: "line 12, column 5: ".
void add_positions(DecodeFaults& faults, const ReadCatalog& read);

}  // namespace tallystick::wire
#pragma GCC visibility pop
