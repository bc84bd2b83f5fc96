#include "store/embedded/data_directory.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string>
#include <system_error>

namespace tallystick::store::embedded {
namespace {

namespace fs = std::filesystem;
using Kind = StoreError::Kind;

constexpr std::string_view format_word = "tallystick ";
constexpr int format_version = 6;
constexpr int format_version_upgraded = 4;  // the earliest that is brought to this one
// What may lie in a directory that has no format file and is to become ours.
constexpr std::array<std::string_view, 3> harmless_names{"lock", "operator.json", "lost+found"};

tl::unexpected<StoreError> failed(std::string_view what, const fs::path& where, int error) {
  return fail(StoreError{Kind::io, "cannot " + std::string(what) + " " + where.string() + ": " +
                                       std::generic_category().message(error) +
                                       "; check that the path is right and that the disk takes writes"});
}

std::string format_text() {
  return std::string(format_word) + std::to_string(format_version) + "\n";
}

StoreStatus sync_directory(const fs::path& path) {
  const int directory = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (directory < 0) return failed("open", path, errno);
  const int synced = ::fsync(directory);
  const int error = errno;
  ::close(directory);
  if (synced != 0) return failed("sync", path, error);
  return {};
}

// `data/` and `data` are one directory, but only of the second the parent's path can be read off.
fs::path without_final_slash(const fs::path& path) {
  return path.has_filename() ? path : path.parent_path();
}

// The nearest directory above `path` that is there already.
fs::path existing_parent(const fs::path& path) {
  fs::path parent = without_final_slash(fs::absolute(path)).parent_path();
  std::error_code ignored;
  while (!fs::exists(parent, ignored) && parent.has_relative_path()) parent = parent.parent_path();
  return parent;
}

StoreStatus write_durably(const fs::path& path, const std::string& text) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (file < 0) return failed("create", path, errno);
  const bool is_written =
      ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(file) == 0;
  const int error = errno;
  ::close(file);
  if (!is_written) return failed("write", path, error);
  return sync_directory(path.parent_path());
}

Stored<std::string> read_text(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return failed("read", path, errno);
  return std::string(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
}

// The version that the text names, where this one can go on with it.
Stored<int> check_version(const fs::path& path, std::string_view text) {
  const std::string known = format_text();
  int version = 0;
  const char* end = text.data() + text.size();
  const bool starts = text.starts_with(format_word);
  const auto [rest, error] = std::from_chars(text.data() + (starts ? format_word.size() : 0), end, version);
  if (!starts || error != std::errc{} || version < 1 || std::string_view(rest, end) != "\n") {
    return fail(StoreError{Kind::corrupt, path.string() + " does not read \"" + known.substr(0, known.size() - 1) +
                                              "\"; restore it, or the whole directory, from a backup"});
  }
  if (version >= format_version_upgraded && version <= format_version) return version;
  const bool is_older = version < format_version;
  const std::string written = path.parent_path().string() + " was written in format " + std::to_string(version) +
                              (is_older ? " by an earlier tallystick" : " by a later tallystick") +
                              ", this one reads format " + std::to_string(format_version);
  if (is_older) {
    return fail(StoreError{Kind::older_format,
                           written + "; go on with the earlier one, or name a new directory and send the catalog and "
                                     "the events again"});
  }
  return fail(StoreError{Kind::newer_format, written + "; run the later one"});
}

}  // namespace

Stored<std::unique_ptr<DataDirectory>> DataDirectory::take(const fs::path& path) {
  std::error_code error;
  const fs::path first_parent = existing_parent(path);
  fs::create_directories(path, error);
  // A regular file at the path itself is somebody's; anything else in the way is a matter of the disk.
  std::error_code ignored;
  if (fs::exists(path, ignored) && !fs::is_directory(path, ignored)) {
    return fail(StoreError{Kind::not_ours, path.string() + " is not a directory; name a directory for the data"});
  }
  if (error) return failed("create", path, error.value());

  std::unique_ptr<DataDirectory> directory(new DataDirectory(without_final_slash(fs::absolute(path)), first_parent));
  // Before anything is written there, and once more when nobody else can write there.
  if (auto ours = directory->refuse_foreign(); !ours) return fail(ours.error());
  if (auto locked = directory->lock(); !locked) return fail(locked.error());
  if (auto ours = directory->refuse_foreign(); !ours) return fail(ours.error());
  if (auto checked = directory->check_format(); !checked) return fail(checked.error());
  if (auto emptied = directory->empty_sealing(); !emptied) return fail(emptied.error());
  return directory;
}

bool DataDirectory::is_at(const fs::path& path) {
  std::error_code ignored;
  return fs::exists(path / "format", ignored);
}

DataDirectory::~DataDirectory() {
  if (lock_file_ >= 0) ::close(lock_file_);
}

StoreStatus DataDirectory::lock() {
  const fs::path path = path_ / "lock";
  lock_file_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (lock_file_ < 0) return failed("create", path, errno);
  if (::flock(lock_file_, LOCK_EX | LOCK_NB) == 0) return {};
  if (errno != EWOULDBLOCK) return failed("lock", path, errno);
  return fail(StoreError{
      Kind::locked, path_.string() + " is in use by another tallystick; stop that one, or name another directory"});
}

StoreStatus DataDirectory::refuse_foreign() const {
  std::error_code error;
  if (fs::exists(path_ / "format", error) || fs::exists(path_ / "format.new", error)) return {};
  for (fs::directory_iterator entry(path_, error), end; !error && entry != end; entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    if (std::find(harmless_names.begin(), harmless_names.end(), name) != harmless_names.end()) continue;
    return fail(StoreError{Kind::not_ours, path_.string() + " holds " + name +
                                               " and is no data directory of tallystick; name an empty or a new one"});
  }
  if (error) return failed("read", path_, error.value());
  return {};
}

StoreStatus DataDirectory::check_format() {
  std::error_code error;
  const fs::path format = path_ / "format";
  const bool is_ours = fs::exists(format, error);
  // Only where there is certainly no format may a database be made anew.
  if (error) return failed("look at", format, error.value());
  if (!is_ours) return start_making();
  auto text = read_text(format);
  if (!text) return fail(text.error());
  const auto version = check_version(format, *text);
  if (!version) return fail(version.error());
  is_older_ = *version < format_version;
  if (fs::exists(database() / "CURRENT", error)) return {};
  return fail(StoreError{Kind::corrupt, database().string() + " is missing or incomplete; restore it from a backup"});
}

StoreStatus DataDirectory::start_making() {
  is_new_ = true;
  if (auto written = write_durably(path_ / "format.new", format_text()); !written) return written;
  std::error_code error;
  fs::remove_all(database(), error);
  if (error) return failed("remove", database(), error.value());
  return {};
}

StoreStatus DataDirectory::finish_making() {
  if (auto named = name_format(); !named) return named;
  is_new_ = false;
  for (fs::path parent = path_.parent_path(); !parent.empty(); parent = parent.parent_path()) {
    if (auto synced = sync_directory(parent); !synced) return synced;
    if (parent == first_parent_ || parent == parent.root_path()) break;
  }
  return {};
}

StoreStatus DataDirectory::finish_upgrade() {
  if (auto written = write_durably(path_ / "format.new", format_text()); !written) return written;
  if (auto named = name_format(); !named) return named;
  is_older_ = false;
  return {};
}

StoreStatus DataDirectory::name_format() {
  std::error_code error;
  fs::rename(path_ / "format.new", path_ / "format", error);
  if (error) return failed("rename", path_ / "format.new", error.value());
  return sync_directory(path_);
}

StoreStatus DataDirectory::empty_sealing() {
  std::error_code error;
  fs::remove_all(sealing(), error);
  if (!error) fs::create_directory(sealing(), error);
  if (error) return failed("empty", sealing(), error.value());
  return {};
}

std::uint64_t DataDirectory::bytes_on_disk() const {
  std::uint64_t bytes = 0;
  std::error_code error;
  // A file system's own lost+found is closed to us.
  constexpr auto options = fs::directory_options::skip_permission_denied;
  for (fs::recursive_directory_iterator entry(path_, options, error), end; !error && entry != end;
       entry.increment(error)) {
    // Files come and go in the background: one that has just gone has no bytes.
    std::error_code gone;
    const std::uint64_t size = entry->is_regular_file(gone) ? entry->file_size(gone) : 0;
    if (!gone) bytes += size;
  }
  return bytes;
}

}  // namespace tallystick::store::embedded
