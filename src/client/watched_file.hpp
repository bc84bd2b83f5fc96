#pragma once
#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "tallystick/core/result.hpp"

struct stat;

namespace tallystick::client {

/// A file whose content is taken anew when it changes, told by device, inode, size and time of change. One thread at a
/// time.
class WatchedFile {
 public:
  explicit WatchedFile(std::filesystem::path path) : path_(std::move(path)) {}

  struct Content {
    std::string text;
    unsigned permissions = 0;  ///< the nine bits of its mode
  };
  /// Reads it whole. Errors: why it cannot be read, in the words of the system.
  [[nodiscard]] Result<Content, std::string> read();
  /// Whether it is another one than when it was read last; also where it is gone, or has appeared.
  [[nodiscard]] bool changed() const;
  /// Whether it changed and then stayed the same between this question and the one before: nobody is writing it.
  [[nodiscard]] bool changed_and_settled();
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  struct Stamp {
    dev_t device = 0;
    ino_t inode = 0;
    off_t size = 0;
    std::int64_t changed_s = 0;
    std::int64_t changed_ns = 0;
    friend bool operator==(const Stamp&, const Stamp&) = default;
  };
  [[nodiscard]] static Stamp stamp_of(const struct stat& status);

  std::filesystem::path path_;
  [[nodiscard]] std::optional<Stamp> stamp_now() const;
  std::optional<Stamp> stamp_;      ///< of what was read last; absent: nothing was
  std::optional<Stamp> last_look_;  ///< what changed_and_settled saw
};

}  // namespace tallystick::client
