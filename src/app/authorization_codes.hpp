#pragma once
#include <chrono>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "app/secret.hpp"
#include "store/store.hpp"
#include "tallystick/core/time.hpp"

namespace tallystick::app {

/// What a log-in's code stands for.
struct AuthorizedLogIn {
  std::string client_id;
  std::string user_id;
  std::string fingerprint;      ///< of the secrets of client and person at the log-in
  std::string redirect_uri;     ///< as it was asked for
  std::string code_challenge;   ///< empty: none
  store::TokenFamily family{};  ///< of the tokens that the code is exchanged for
};

/// The codes of log-ins, in memory: a restart forgets them. Good once, for `lifetime`; a used one is recognized for
/// `remembered`. Any thread.
class AuthorizationCodes {
 public:
  /// A new code. The oldest codes of a person make room where there are more than `of_one_person_max`.
  [[nodiscard]] std::string issue(AuthorizedLogIn log_in, const RandomBytes& random, core::TimePoint now);

  struct Taken {
    AuthorizedLogIn log_in;
    bool was_used_before = false;
  };
  /// Uses up a code of that client. Absent: unknown, of another client (it stays good for its own), or too old.
  [[nodiscard]] std::optional<Taken> take(std::string_view code, std::string_view client_id, core::TimePoint now);

  static constexpr std::chrono::seconds lifetime{60};
  static constexpr std::chrono::minutes remembered{10};
  static constexpr std::size_t of_one_person_max = 10;

 private:
  struct Code {
    store::TokenHash hash{};
    core::TimePoint issued;
    AuthorizedLogIn log_in;
    bool is_used = false;
  };
  void make_room(const std::string& user_id, core::TimePoint now);

  std::mutex mutex_;
  std::deque<Code> codes_;  // the latest last
};

}  // namespace tallystick::app
