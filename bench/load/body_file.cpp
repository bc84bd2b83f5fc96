#include "load/body_file.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <vector>

#include "load/event_text.hpp"

namespace tallystick::bench {
namespace {

constexpr std::size_t write_bytes = 8U << 20U;
constexpr std::size_t number_bytes = sizeof(std::uint64_t);

[[noreturn]] void fail_at(const std::string& path) {
  throw std::runtime_error(path + ": " + std::strerror(errno));
}

class File {
 public:
  File(const std::string& path, int flags) : path_(path), descriptor_(::open(path.c_str(), flags | O_CLOEXEC, 0644)) {
    if (descriptor_ < 0) fail_at(path_);
  }
  ~File() { ::close(descriptor_); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  void write(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
      if (written < 0) fail_at(path_);
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
  }
  void sync() const {
    if (::fdatasync(descriptor_) != 0) fail_at(path_);
  }
  [[nodiscard]] std::string_view map() const {
    struct stat status {};
    if (::fstat(descriptor_, &status) != 0) fail_at(path_);
    const auto size = static_cast<std::size_t>(status.st_size);
    void* const bytes = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, descriptor_, 0);
    if (bytes == MAP_FAILED) fail_at(path_);
    ::madvise(bytes, size, MADV_SEQUENTIAL);
    return {static_cast<const char*>(bytes), size};
  }

 private:
  std::string path_;
  int descriptor_;
};

std::string_view bytes_of(std::span<const std::uint64_t> numbers) {
  return {reinterpret_cast<const char*>(numbers.data()), numbers.size_bytes()};
}

}  // namespace

void write_body_file(const std::string& path, const Load& load, std::uint64_t events, std::uint64_t events_per_body) {
  const File file(path, O_WRONLY | O_CREAT | O_TRUNC);
  std::string waiting;
  std::vector<std::uint64_t> ends;
  std::uint64_t written = 0;
  for (std::uint64_t first = 0; first < events; first += events_per_body) {
    append_batch(waiting, load, first, std::min(events_per_body, events - first));
    ends.push_back(written + waiting.size());
    if (waiting.size() < write_bytes) continue;
    file.write(waiting);
    written += waiting.size();
    waiting.clear();
  }
  waiting.append((number_bytes - (written + waiting.size()) % number_bytes) % number_bytes, ' ');
  file.write(waiting);
  const std::uint64_t count = ends.size();
  ends.push_back(count);
  ends.push_back(events_per_body);
  file.write(bytes_of(ends));
  file.sync();
}

BodyFile::BodyFile(const std::string& path) : bytes_(File(path, O_RDONLY).map()) {
  const auto* const end = reinterpret_cast<const std::uint64_t*>(bytes_.data() + bytes_.size());
  events_per_body_ = end[-1];
  ends_ = {end - 2 - end[-2], static_cast<std::size_t>(end[-2])};
}

BodyFile::~BodyFile() {
  ::munmap(const_cast<char*>(bytes_.data()), bytes_.size());
}

std::string_view BodyFile::body(std::uint64_t number) const {
  const std::uint64_t begin = number == 0 ? 0 : ends_[number - 1];
  return bytes_.substr(begin, ends_[number] - begin);
}

}  // namespace tallystick::bench
