#include "main/operator_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace tallystick {
namespace {

constexpr mode_t owner_alone = 0600;

std::string failure(const std::string& what, const std::filesystem::path& path) {
  return what + " " + path.string() + ": " + std::strerror(errno) + ".";
}

bool write_all(int file, const std::string& text) {
  std::size_t written = 0;
  while (written < text.size()) {
    const ssize_t count = ::write(file, text.data() + written, text.size() - written);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    written += static_cast<std::size_t>(count);
  }
  return true;
}

}  // namespace

Status<std::string> write_operator_file(const std::filesystem::path& data_dir, const std::string& client_id,
                                        const std::string& secret) {
  const auto path = data_dir / "operator.json";
  const auto fresh = data_dir / "operator.json.new";
  // Id and secret are of our own making: no character in them needs escaping.
  const std::string text = "{\"client_id\": \"" + client_id + "\", \"client_secret\": \"" + secret + "\"}\n";
  ::unlink(fresh.c_str());
  const int file = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, owner_alone);
  if (file < 0) return fail(failure("Cannot create", fresh));
  const bool is_written = write_all(file, text) && ::fsync(file) == 0;
  const int reason = errno;
  ::close(file);
  errno = reason;
  if (!is_written) return fail(failure("Cannot write", fresh));
  if (::rename(fresh.c_str(), path.c_str()) != 0) return fail(failure("Cannot name", path));
  const int folder = ::open(data_dir.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0 || ::fsync(folder) != 0) {
    const std::string why = failure("Cannot make durable", data_dir);
    if (folder >= 0) ::close(folder);
    return fail(why);
  }
  ::close(folder);
  return {};
}

}  // namespace tallystick
