#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "cli/failure.hpp"
#include "cli/terminal.hpp"

namespace tallystick::cli {

/// Remembers up to which line a file was sent to a server, so that the next run goes on there. It is only believed for
/// the same file (place, size, time of change) and the same server; the server is asked before anything is skipped.
class ResumeFile {
 public:
  /// Absent where nothing can be remembered: `file` is no regular file, or there is neither $XDG_STATE_HOME nor $HOME.
  [[nodiscard]] static std::optional<ResumeFile> of(const std::string& file, const std::string& base_url,
                                                    const Terminal& terminal);

  /// The last line up to which everything is acknowledged. Absent: nothing is known, or the file has changed.
  [[nodiscard]] std::optional<std::uint64_t> read() const;
  [[nodiscard]] Status<Failure> write(std::uint64_t line) const;
  /// The file is done; what was remembered goes.
  void remove() const;

 private:
  ResumeFile(std::string path, std::string head) : path_(std::move(path)), head_(std::move(head)) {}

  std::string path_;
  std::string head_;  // what identifies the file and the server, as it stands before the line's number
};

}  // namespace tallystick::cli
