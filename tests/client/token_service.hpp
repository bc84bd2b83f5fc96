#pragma once
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "client/fake_transport.hpp"
#include "client/token_source.hpp"
#include "client/url.hpp"

namespace tallystick::client_test {

/// The fields of a form, decoded, in their order.
[[nodiscard]] inline std::vector<std::pair<std::string, std::string>> fields_of(const HttpRequest& request) {
  std::vector<std::pair<std::string, std::string>> fields;
  std::string_view form = request.body;
  while (!form.empty()) {
    const auto field = form.substr(0, form.find('&'));
    form.remove_prefix(std::min(field.size() + 1, form.size()));
    const auto equals = field.find('=');
    fields.emplace_back(client::form_decode(field.substr(0, equals)), client::form_decode(field.substr(equals + 1)));
  }
  return fields;
}

[[nodiscard]] inline std::string field_of(const HttpRequest& request, std::string_view name) {
  for (const auto& [field, value] : fields_of(request)) {
    if (field == name) return value;
  }
  return "(absent)";
}

/// A token address: numbers its tokens, rotates refresh tokens, each of which works once, and takes a code or an
/// assertion once.
class TokenService {
 public:
  int life_s = 300;
  bool gives_refresh_tokens = true;
  bool rotates = true;
  std::optional<ApiError> failure;  ///< answered instead, before anything is used up
  bool loses_answers = false;       ///< what was asked is done, and its answer lost

  [[nodiscard]] ApiResult<HttpResponse> answer(const HttpRequest& request) {
    if (failure) return fail(*failure);
    asked.push_back(field_of(request, "grant_type"));
    const std::string kind = asked.back();
    std::string refresh_token;
    if (kind == "refresh_token") {
      refresh_token = field_of(request, "refresh_token");
      if (refresh_tokens.count(refresh_token) == 0) return refusal();
    } else if (kind != "client_credentials") {
      const std::string once = field_of(request, kind == "authorization_code" ? "code" : "assertion");
      if (!used_up.insert(once).second) return refusal();
    }
    std::string body = R"({"access_token":"token-)" + std::to_string(++given) +
                       R"(","token_type":"bearer","expires_in":)" + std::to_string(life_s);
    if (gives_refresh_tokens && kind != "client_credentials" && (rotates || refresh_token.empty())) {
      refresh_tokens.erase(refresh_token);
      refresh_token = "refresh-" + std::to_string(given);
      refresh_tokens.insert(refresh_token);
      body += R"(,"refresh_token":")" + refresh_token + "\"";
    }
    if (loses_answers) return fail(ApiError{.message = "cut", .transient = true});
    return HttpResponse{.status = 200, .headers = {}, .body = body + "}"};
  }

  std::vector<std::string> asked;
  std::set<std::string> refresh_tokens;
  std::set<std::string> used_up;
  int given = 0;

 private:
  [[nodiscard]] static HttpResponse refusal() {
    return {.status = 400, .headers = {}, .body = R"({"error":"invalid_grant","error_description":"It is used up."})"};
  }
};

/// A store in memory that writes down what it was asked.
class MemoryStore : public TokenStore {
 public:
  std::optional<StoredTokens> tokens;
  bool can_write = true;
  std::function<void()> before_hold = [] {};  ///< what another process does meanwhile
  std::vector<std::string> steps;

  std::optional<StoredTokens> load() override {
    steps.emplace_back("load");
    return tokens;
  }
  void save(const StoredTokens& given) override {
    steps.emplace_back("save");
    if (can_write) tokens = given;
  }
  void clear() override {
    steps.emplace_back("clear");
    tokens.reset();
  }
  Hold hold() override {
    before_hold();
    steps.emplace_back("hold");
    return {this, [](MemoryStore* store) { store->steps.emplace_back("release"); }};
  }
};

/// A source before a TokenService.
struct GrantBench {
  explicit GrantBench(Grant grant, std::string secret = "s3cret", std::shared_ptr<MemoryStore> with = nullptr)
      : store(std::move(with)) {
    configuration = loopback_configuration();
    configuration.client_secret = std::move(secret);
    configuration.grant = std::move(grant);
    configuration.token_store = store;
  }

  std::string token() {
    const auto got = source().get();
    return got ? *got : "error: " + got.error().message;
  }
  ApiError error() { return source().get().error(); }
  /// Its life begins with the first question.
  client::TokenSource& source() {
    if (!made) {
      made = std::make_unique<client::TokenSource>(
          "http://127.0.0.1:8080/oauth/token", configuration,
          [this](const HttpRequest& request) { return transport.send(request); }, clock.pacing());
    }
    return *made;
  }
  /// As another process would begin.
  void restart() { made.reset(); }
  [[nodiscard]] HttpRequest last_request() const { return transport.requests().back(); }

  TokenService service;
  std::shared_ptr<MemoryStore> store;
  FakePacing clock;
  FakeTransport transport{[this](const HttpRequest& request) { return service.answer(request); }};
  Configuration configuration;
  std::unique_ptr<client::TokenSource> made;
};

}  // namespace tallystick::client_test
