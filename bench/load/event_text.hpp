#pragma once
#include <string>

#include "load/usage_load.hpp"

/// How the load's numbers are spelled. Every contender that keeps names keeps these.
namespace tallystick::bench {

[[nodiscard]] std::string organization_id(std::uint16_t organization);
[[nodiscard]] std::string organization_name(std::uint16_t organization);
[[nodiscard]] std::string product_key(std::uint16_t product);
/// As reports call it.
[[nodiscard]] std::string product_name(std::uint16_t product);
[[nodiscard]] std::string resource_name(const LoadEvent& event);
[[nodiscard]] std::string source_text(const LoadEvent& event);
[[nodiscard]] std::string id_text(const LoadEvent& event);

/// Appends the event as one object of a CloudEvents batch, about 240 bytes.
void append_cloud_event(std::string& body, const LoadEvent& event);

/// A whole batch of the events [first, first + count).
void append_batch(std::string& body, const Load& load, std::uint64_t first, std::uint64_t count);

}  // namespace tallystick::bench
