#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "load/usage_load.hpp"

/// Ready-made HTTP bodies in one file, made before any clock starts and mapped while it runs: sending one costs the
/// copy into the socket and nothing else.
///
///     file   bodies one after the other, padding to 8 bytes, where each body ends (8 bytes each, native order),
///            number of bodies, events in a body (8 bytes each)
namespace tallystick::bench {

/// Writes the bodies of `events` events of the load and waits for the disk, so that it is idle afterwards. The last
/// body may be shorter. Throws std::runtime_error.
void write_body_file(const std::string& path, const Load& load, std::uint64_t events, std::uint64_t events_per_body);

class BodyFile {
 public:
  /// Throws std::runtime_error.
  explicit BodyFile(const std::string& path);
  ~BodyFile();
  BodyFile(const BodyFile&) = delete;
  BodyFile& operator=(const BodyFile&) = delete;

  [[nodiscard]] std::uint64_t size() const { return ends_.size(); }
  [[nodiscard]] std::string_view body(std::uint64_t number) const;
  [[nodiscard]] std::uint64_t events_per_body() const { return events_per_body_; }

 private:
  std::string_view bytes_;
  std::span<const std::uint64_t> ends_;
  std::uint64_t events_per_body_ = 0;
};

}  // namespace tallystick::bench
