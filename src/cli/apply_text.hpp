#pragma once
#include <string>

#include "cli/output.hpp"
#include "tallystick/core/problem.hpp"
#include "tallystick/wire/applied_changes.hpp"

namespace tallystick::cli {

/// What an apply changed, as `output` wants it: JSON as it was answered; CSV and workbook with change, kind, key; else
/// a line for each change, `+` created, `~` updated, `-` removed, and their counts.
[[nodiscard]] Result<std::string, Failure> changes_text(const wire::AppliedChanges& changes, bool dry_run,
                                                        const Output& output);

/// A fault of a catalog document at its place: `FILE:12:5: products/0/name: …` where the message begins with
/// "line 12, column 5: ", as wire::read_catalog and wire::add_positions write it, else `FILE: products/0/name: …`.
[[nodiscard]] std::string fault_at_place(const std::string& file, const core::Fault& fault);

}  // namespace tallystick::cli
