#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "store/embedded/packed_text.hpp"
#include "store/embedded/stored_event.hpp"

/// The log: one record a group, under the group's sequence number. A record holds what the commit decided, so that a
/// replay decides nothing again and comes to the same state however often it runs.
namespace tallystick::store::embedded {

[[nodiscard]] std::string log_key(std::uint64_t sequence);
/// Absent where the key is none of ours.
[[nodiscard]] std::optional<std::uint64_t> sequence_of(std::string_view log_key);

[[nodiscard]] std::string encode_log_record(std::span<const LoggedEvent> events);
/// Texts live as long as `record` and until `texts` is cleared. Absent where the record breaks the format.
[[nodiscard]] std::optional<std::vector<LoggedEvent>> decode_log_record(std::string_view record, TextArena& texts);

}  // namespace tallystick::store::embedded
