#pragma once
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/failure.hpp"
#include "cli/terminal.hpp"
#include "tallystick/core/uuid.hpp"
#include "tallystick/wire/trustee_billing_overview.hpp"

namespace tallystick::cli {

/// Which run it is: another one of these is the same command again.
struct OverviewRun {
  std::string base_url;
  std::string client_id;
  std::string organization;  ///< of the client
  std::vector<std::uint64_t> indexes;
  bool walk = false;
};

/// Keeps answers of `overview --all` as they come, in a file of the user's alone, so that an interrupted run goes on
/// where it was. An answer is believed for belief_time. Overviews that are not there count as answers, other failures
/// do not.
///
/// The file is JSON lines: first what the run is, then an answer each, `{"at", "organization", "index"}` with the
/// `overview` or the `error`. One thread at a time.
class OverviewLedger {
 public:
  using Answer = ApiResult<wire::TrusteeBillingOverview>;

  static constexpr std::chrono::minutes belief_time{60};

  /// `fresh`: without what earlier runs kept. Failure: a sentence that says why nothing is kept, such as that another
  /// such run is under way; absent where neither $XDG_STATE_HOME nor $HOME says where.
  [[nodiscard]] static Result<std::unique_ptr<OverviewLedger>, std::optional<std::string>> open(
      const OverviewRun& run, const Terminal& terminal, bool fresh);
  ~OverviewLedger();
  OverviewLedger(const OverviewLedger&) = delete;
  OverviewLedger& operator=(const OverviewLedger&) = delete;

  /// What earlier runs kept of it, while that is believed.
  [[nodiscard]] std::optional<Answer> find(const core::OrganizationId& organization, std::uint64_t index) const;
  /// How many answers there are, of earlier runs and this one.
  [[nodiscard]] std::size_t size() const { return kept_.size(); }
  /// How old the oldest one is.
  [[nodiscard]] std::chrono::milliseconds age() const;

  /// Keeps it where it is one of those that are kept. A file that cannot be written any more is left alone.
  void keep(const core::OrganizationId& organization, std::uint64_t index, const Answer& answer);
  /// The run is done; what was kept goes.
  void remove() const;

 private:
  struct Kept {
    core::TimePoint at;
    std::string json;  ///< the line
  };
  OverviewLedger(std::string path, int file, const Terminal& terminal);
  /// Takes the lines that are believed. Gives the size up to which the file is whole.
  [[nodiscard]] std::size_t read(const std::string& text, const std::string& head);

  std::string path_;
  int file_;
  const Terminal& terminal_;
  std::map<std::pair<std::string, std::uint64_t>, Kept> kept_;  ///< by organization and index
};

}  // namespace tallystick::cli
