#pragma once
#include <deque>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "tallystick/client/configuration.hpp"
#include "tallystick/client/http_transport.hpp"

namespace tallystick::client {

inline constexpr std::string_view redacted_mark = "[redacted]";

/// The secrets of one client, so that they can be taken out of what servers say: they may echo what they were sent.
/// Known are a secret's own bytes and what it looks like percent-encoded, form-encoded, escaped as JSON and in base64,
/// as a part of a longer text too. Any thread.
class KnownSecrets {
 public:
  /// Knows what the configuration holds: secret, grant, passwords, its headers' values.
  explicit KnownSecrets(const Configuration& configuration);

  /// From now on this is a secret too. What is shorter than length_min is not: it would take harmless text out. Of
  /// these the latest kept_max are known.
  void learn(std::string_view secret);
  /// Learns what a request proves itself by: the credential of Authorization, the secret fields of a token request.
  void learn_from(const HttpRequest& request);
  /// Learns the secret fields of a body in JSON or YAML, such as a catalog with its clients.
  void learn_fields_from(std::string_view body);
  /// Learns the query of an address that lets anyone fetch what it names, and each value in it.
  void learn_query_of(std::string_view address);
  /// Learns the tokens in an answer of a token address.
  void learn_tokens_from(const HttpResponse& response);

  /// The text with redacted_mark in place of each secret.
  [[nodiscard]] std::string redacted(std::string text) const;
  /// The same for every text of an answer.
  [[nodiscard]] HttpResponse redacted(HttpResponse response) const;

  static constexpr std::size_t length_min = 4;
  static constexpr std::size_t kept_max = 64;

 private:
  struct Secret {
    std::string text;
    std::vector<std::string> forms;  ///< the longest first
  };
  [[nodiscard]] static Secret secret_of(std::string_view text);
  static void replace(std::string& text, const Secret& secret);

  std::vector<Secret> configured_;
  mutable std::mutex mutex_;
  std::deque<Secret> learned_;  ///< the latest last
};

/// Whether a field of that name, of a form, a query or a JSON object, holds a secret.
[[nodiscard]] bool is_secret_field(std::string_view name);

}  // namespace tallystick::client
