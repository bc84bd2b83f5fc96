#include "cli/resume_file.hpp"

#include <sys/stat.h>

#include <charconv>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <system_error>

#include "cli/output.hpp"
#include "cli/state_folder.hpp"
#include "tallystick/core/uuid.hpp"

namespace tallystick::cli {
namespace {

namespace fs = std::filesystem;

// The namespace of the names below; any fixed UUID does.
constexpr core::Uuid resume_names{
    {0x5b, 0x1e, 0x0a, 0x4c, 0x3d, 0x52, 0x4f, 0x0f, 0x9a, 0x61, 0x77, 0x0c, 0x2e, 0x84, 0xd3, 0x19}};
constexpr unsigned private_mode = 0600;

}  // namespace

std::optional<ResumeFile> ResumeFile::of(const std::string& file, const std::string& base_url,
                                         const Terminal& terminal) {
  const auto folder = state_folder(terminal);
  struct stat status {};
  std::error_code error;
  const fs::path path = fs::canonical(file, error);
  if (!folder || error || ::stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
  std::string head = "tallystick ingest, version 1\nfile " + path.string() + "\nserver " + base_url + "\n";
  const std::string name = core::Uuid::from_name(resume_names, head).to_string();
  head += "size " + std::to_string(status.st_size) + "\nchanged " + std::to_string(status.st_mtim.tv_sec) + "." +
          std::to_string(status.st_mtim.tv_nsec) + "\nline ";
  return ResumeFile((*folder / "ingest" / name).string(), std::move(head));
}

std::optional<std::uint64_t> ResumeFile::read() const {
  std::ifstream stream(path_, std::ios::binary);
  std::stringstream content;
  content << stream.rdbuf();
  const std::string text = content.str();
  if (!stream || !text.starts_with(head_)) return std::nullopt;
  std::uint64_t line = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data() + head_.size(), end, line);
  if (error != std::errc() || std::string_view(rest, static_cast<std::size_t>(end - rest)) != "\n" || line == 0) {
    return std::nullopt;
  }
  return line;
}

Status<Failure> ResumeFile::write(std::uint64_t line) const {
  std::error_code error;
  fs::create_directories(fs::path(path_).parent_path(), error);
  return replace_file(path_, head_ + std::to_string(line) + "\n", private_mode);
}

void ResumeFile::remove() const {
  std::error_code ignored;
  fs::remove(path_, ignored);
}

}  // namespace tallystick::cli
