#include "cli/overview_ledger.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <string_view>
#include <system_error>

#include "cli/kept_overview.hpp"
#include "cli/state_folder.hpp"
#include "tallystick/wire/error_body.hpp"
#include "wire/json_writer.hpp"

namespace tallystick::cli {
namespace {

constexpr int status_not_found = 404;
constexpr unsigned private_mode = 0600;
constexpr const char* overview_field = "overview";
constexpr const char* error_field = "error";
// The namespace of the file names; any fixed UUID does.
constexpr core::Uuid ledger_names{
    {0x0d, 0x6f, 0x52, 0x9e, 0x41, 0x7b, 0x4c, 0x6d, 0x8e, 0x35, 0x1a, 0xb0, 0x74, 0xc8, 0x2f, 0x63}};

std::string head_of(const OverviewRun& run) {
  std::string text;
  wire::JsonWriter writer(text);
  writer.begin_object();
  const auto add = [&](std::string_view name, std::string_view value) {
    writer.plain_key(name);
    writer.string(value);
  };
  add("command", "overview --all");
  add("server", run.base_url);
  add("client", run.client_id);
  add("organization", run.organization);
  writer.plain_key("walk");
  writer.boolean(run.walk);
  writer.plain_key("periods");
  writer.begin_array();
  for (const std::uint64_t index : run.indexes) writer.integer(static_cast<std::int64_t>(index));
  writer.end_array();
  writer.end_object();
  return text + "\n";
}

std::string words_of(const std::string& path, int error) {
  return path + ": cannot be written (" + std::generic_category().message(error) +
         "), so an interrupted run cannot go on where it was";
}

std::string read_all(int file) {
  std::string text;
  std::array<char, 65'536> piece{};
  ::lseek(file, 0, SEEK_SET);
  for (ssize_t bytes = 0; (bytes = ::read(file, piece.data(), piece.size())) > 0;) {
    text.append(piece.data(), static_cast<std::size_t>(bytes));
  }
  return text;
}

bool write_all(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t bytes = ::write(file, text.data(), text.size());
    if (bytes < 0 && errno == EINTR) continue;
    if (bytes <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(bytes));
  }
  return true;
}

std::optional<OverviewLedger::Answer> answer_of(const KeptOverview& line) {
  for (const auto& [name, json] : line.unknown.fields) {
    if (name == overview_field) {
      auto overview = wire::from_json<wire::TrusteeBillingOverview>(json);
      if (overview) return *std::move(overview);
    }
    if (name == error_field) {
      auto body = wire::from_json<wire::ErrorBody>(json);
      if (!body) continue;
      ApiError error;
      error.kind = ApiError::Kind::status;
      error.status = status_not_found;
      error.code = body->code.value_or("");
      error.message = body->message.value_or("");
      error.context_id = body->context_id.value_or("");
      error.body = *std::move(body);
      return OverviewLedger::Answer(fail(std::move(error)));
    }
  }
  return std::nullopt;
}

}  // namespace

OverviewLedger::OverviewLedger(std::string path, int file, const Terminal& terminal)
    : path_(std::move(path)), file_(file), terminal_(terminal) {}

OverviewLedger::~OverviewLedger() {
  ::close(file_);
}

Result<std::unique_ptr<OverviewLedger>, std::optional<std::string>> OverviewLedger::open(const OverviewRun& run,
                                                                                         const Terminal& terminal,
                                                                                         bool fresh) {
  const auto folder = state_folder(terminal);
  if (!folder) return fail(std::optional<std::string>());
  const std::string head = head_of(run);
  const auto path = *folder / "overview" / (core::Uuid::from_name(ledger_names, head).to_string() + ".jsonl");
  std::error_code ignored;
  std::filesystem::create_directories(path.parent_path(), ignored);
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, private_mode);
  if (file < 0) return fail(std::optional(words_of(path.string(), errno)));
  std::unique_ptr<OverviewLedger> ledger(new OverviewLedger(path.string(), file, terminal));
  if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
    return fail(std::optional<std::string>(
        "the same command is running elsewhere, so this run cannot go on where it was if it is interrupted"));
  }
  const std::size_t whole = fresh ? 0 : ledger->read(read_all(file), head);
  if (::ftruncate(file, static_cast<off_t>(whole)) != 0 || (whole == 0 && !write_all(file, head))) {
    return fail(std::optional(words_of(path.string(), errno)));
  }
  return ledger;
}

std::size_t OverviewLedger::read(const std::string& text, const std::string& head) {
  if (!text.starts_with(head)) return 0;
  const core::TimePoint now = terminal_.now();
  std::size_t begin = head.size();
  // A last line without an end was being written when the run was killed.
  for (std::size_t end = 0; (end = text.find('\n', begin)) != std::string::npos; begin = end + 1) {
    std::string json = text.substr(begin, end - begin);
    const auto line = read_kept_overview(json);
    if (!line || line->index < 0) break;
    const std::pair key(line->organization, static_cast<std::uint64_t>(line->index));
    if (line->at <= now && now - line->at < belief_time) {
      kept_.insert_or_assign(key, Kept{line->at, std::move(json)});
    } else {
      kept_.erase(key);
    }
  }
  return kept_.empty() ? 0 : begin;
}

std::optional<OverviewLedger::Answer> OverviewLedger::find(const core::OrganizationId& organization,
                                                           std::uint64_t index) const {
  const auto kept = kept_.find({organization.to_string(), index});
  if (kept == kept_.end()) return std::nullopt;
  const auto line = read_kept_overview(kept->second.json);
  return line ? answer_of(*line) : std::nullopt;
}

std::chrono::milliseconds OverviewLedger::age() const {
  const core::TimePoint now = terminal_.now();
  core::TimePoint oldest = now;
  for (const auto& [key, kept] : kept_) oldest = std::min(oldest, kept.at);
  return now - oldest;
}

void OverviewLedger::keep(const core::OrganizationId& organization, std::uint64_t index, const Answer& answer) {
  if (!answer && answer.error().status != status_not_found) return;
  KeptOverview line{terminal_.now(), organization.to_string(), static_cast<std::int64_t>(index), {}};
  line.unknown.fields.emplace_back(answer ? overview_field : error_field,
                                   answer ? wire::to_json(*answer) : error_json(answer.error()));
  std::string json = kept_overview_line(line);
  if (!write_all(file_, json + "\n")) return;
  kept_.insert_or_assign({line.organization, index}, Kept{line.at, std::move(json)});
}

void OverviewLedger::remove() const {
  ::unlink(path_.c_str());
}

}  // namespace tallystick::cli
