#include "client/watched_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

namespace tallystick::client {
namespace {

/// No configuration and no certificate is longer; what is, is another file by mistake.
constexpr std::size_t file_bytes_max = std::size_t{4} << 20U;

std::string words_of(int error) {
  return std::generic_category().message(error);
}

class Descriptor {
 public:
  explicit Descriptor(const std::filesystem::path& path) : number_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int number() const { return number_; }

 private:
  int number_;
};

}  // namespace

WatchedFile::Stamp WatchedFile::stamp_of(const struct stat& status) {
  return {.device = status.st_dev,
          .inode = status.st_ino,
          .size = status.st_size,
          .changed_s = status.st_mtim.tv_sec,
          .changed_ns = status.st_mtim.tv_nsec};
}

Result<WatchedFile::Content, std::string> WatchedFile::read() {
  stamp_.reset();
  const Descriptor file(path_);
  struct stat status {};
  if (file.number() < 0 || ::fstat(file.number(), &status) != 0) return fail(words_of(errno));
  if (!S_ISREG(status.st_mode)) return fail(std::string("it is not a regular file"));
  Content content{.text = {}, .permissions = status.st_mode & 0777U};
  std::array<char, 16'384> bytes{};
  for (;;) {
    const auto count = ::read(file.number(), bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return fail(words_of(errno));
    if (count == 0) break;
    content.text.append(bytes.data(), static_cast<std::size_t>(count));
    if (content.text.size() > file_bytes_max) {
      return fail("it is longer than " + std::to_string(file_bytes_max) + " bytes");
    }
  }
  // The stamp from before the reading: a change in the meantime is seen as one at the next look.
  stamp_ = last_look_ = stamp_of(status);
  return content;
}

std::optional<WatchedFile::Stamp> WatchedFile::stamp_now() const {
  struct stat status {};
  if (::stat(path_.c_str(), &status) != 0) return std::nullopt;
  return stamp_of(status);
}

bool WatchedFile::changed() const {
  return stamp_now() != stamp_;
}

bool WatchedFile::changed_and_settled() {
  const auto seen = stamp_now();
  const bool settled = seen == last_look_;
  last_look_ = seen;
  return settled && seen != stamp_;
}

}  // namespace tallystick::client
