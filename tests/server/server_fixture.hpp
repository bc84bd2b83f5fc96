#pragma once
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/authenticate.hpp"
#include "app/billing_questions.hpp"
#include "app/closing.hpp"
#include "app/figures.hpp"
#include "app/ingest.hpp"
#include "app/report_jobs.hpp"
#include "app/serial_worker.hpp"
#include "app/service_fixture.hpp"
#include "app/settlements.hpp"
#include "app/usage_questions.hpp"
#include "server/billing_texts.hpp"
#include "server/person_grants_stub.hpp"
#include "server/server.hpp"
#include "server/socket_client.hpp"
#include "tallystick/wire/error_body.hpp"
#include "tallystick/wire/token.hpp"

namespace tallystick::test {

/// `seeded_bytes` for several threads.
inline app::RandomBytes shared_seeded_bytes() {
  return [mutex = std::make_shared<std::mutex>(), bytes = seeded_bytes()](std::span<std::uint8_t> buffer) {
    const std::lock_guard lock(*mutex);
    bytes(buffer);
  };
}

/// The whole server over the in-memory store, asked over the loopback.
class ServerTest : public ServiceTest {
 protected:
  ServerTest() {
    settings.listen = {"127.0.0.1", 0};
    add_client("reader", bank, {"billing:subscription:view"});
    add_client("meter", bank, {"tallystick:event:add", "tallystick:report:view"});
    add_client("nobody", bank, {});
    add_client("root", core::operator_organization_id, {"*:*:*", "tallystick:*:*"});
  }
  ~ServerTest() override {
    if (server) server->stop();
  }

  void add_client(const std::string& id, core::OrganizationId organization, std::vector<std::string> permissions) {
    core::OAuthClient made = client(id, organization, std::move(permissions));
    // Known as verified, so that no log-in costs an argon2id computation.
    secrets_.remember(id, made.secret_hash, secret_of(id));
    store::CatalogChange change;
    change.put.clients.push_back(std::move(made));
    EXPECT_TRUE(store_.save_catalog(change));
  }
  static std::string secret_of(const std::string& id) { return "secret-of-" + id; }

  void start() {
    current_ = std::make_unique<app::CurrentCatalog>(app::load_current_catalog(store_, operator_client()).value());
    writer_ = std::make_unique<app::Writer>(store_, writer_settings);
    ingest_ = std::make_unique<app::Ingest>(*writer_, *current_, clock_);
    authentication_ = std::make_unique<app::Authentication>(store_, *current_, shared_seeded_bytes(), secrets_,
                                                            app::Authentication::Settings{});
    reports_ = std::make_unique<app::ReportJobs>(store_, *current_, clock_, report_settings);
    usage_questions_ = std::make_unique<app::UsageQuestions>(store_, *current_, clock_, usage_question_settings);
    apply_ = std::make_unique<app::ApplyCatalog>(store_, *writer_, *current_, secrets_, clock_);
    billing_ = std::make_unique<app::BillingQuestions>(store_, *current_, clock_, *usage_questions_);
    billing_worker_ = std::make_unique<app::SerialWorker>(16);
    closing_ = std::make_unique<app::Closing>(store_, *writer_, *current_, texts_, clock_, *billing_worker_);
    settlements_ = std::make_unique<app::Settlements>(store_, *current_, texts_, clock_, *billing_worker_);
    server::UseCases use_cases{.authentication = *authentication_,
                               .person_grants = person_grants,
                               .catalog = *current_,
                               .ingest = *ingest_,
                               .reports = *reports_,
                               .usage_questions = *usage_questions_,
                               .billing = *billing_,
                               .closing = *closing_,
                               .settlements = *settlements_,
                               .apply = *apply_,
                               .figures = [this] { return app::service_figures(store_, *writer_); },
                               .clock = clock_,
                               .test_clock = &clock_,
                               .random = shared_seeded_bytes(),
                               .wake_closing = [this] { ++closing_wakes; },
                               .signing_key = signing_key};
    server = std::make_unique<server::Server>(settings, std::move(use_cases));
    const auto address = server->start();
    ASSERT_TRUE(address) << address.error();
    port = address->port;
  }

  struct Ask {
    std::string method = "GET";
    std::string target;
    std::string token;  ///< empty: no Authorization
    std::string content_type;
    std::string body;
    std::string headers;  ///< whole lines
  };
  [[nodiscard]] WireAnswer ask(const Ask& ask) const { return ask_at(port, ask); }
  [[nodiscard]] static WireAnswer ask_at(std::uint16_t at_port, const Ask& ask) {
    std::string request = ask.method + " " + ask.target + " HTTP/1.1\r\nHost: localhost\r\n" + ask.headers;
    if (!ask.token.empty()) request += "Authorization: Bearer " + ask.token + "\r\n";
    if (!ask.content_type.empty()) request += "Content-Type: " + ask.content_type + "\r\n";
    if (!ask.body.empty()) request += "Content-Length: " + std::to_string(ask.body.size()) + "\r\n";
    SocketClient connection(at_port);
    connection.send(request + "\r\n" + ask.body);
    return connection.read_answer(ask.method != "HEAD");
  }
  [[nodiscard]] WireAnswer get(std::string target, std::string token = {}) const {
    return ask({.method = "GET",
                .target = std::move(target),
                .token = std::move(token),
                .content_type = {},
                .body = {},
                .headers = {}});
  }
  [[nodiscard]] WireAnswer post(std::string target, std::string token, std::string content_type,
                                std::string body) const {
    return ask({.method = "POST",
                .target = std::move(target),
                .token = std::move(token),
                .content_type = std::move(content_type),
                .body = std::move(body),
                .headers = {}});
  }
  [[nodiscard]] WireAnswer log_in(const std::string& id, const std::string& secret) const {
    return post("/oauth/token", "", "application/x-www-form-urlencoded",
                "grant_type=client_credentials&client_id=" + id + "&client_secret=" + secret);
  }
  [[nodiscard]] std::string token_of(const std::string& id) const {
    const WireAnswer answer = log_in(id, secret_of(id));
    EXPECT_EQ(answer.status, 200) << answer.body;
    return wire::from_json<wire::AccessToken>(answer.body).value().access_token;
  }

  static wire::ErrorBody error_of(const WireAnswer& answer) {
    auto body = wire::from_json<wire::ErrorBody>(answer.body);
    EXPECT_TRUE(body) << answer.body;
    return body ? *body : wire::ErrorBody{};
  }

  PersonGrantsStub person_grants;
  server::Settings settings;
  app::Writer::Settings writer_settings;
  app::ReportJobs::Settings report_settings;
  app::UsageQuestions::Settings usage_question_settings;
  std::unique_ptr<server::Server> server;
  std::uint16_t port = 0;
  std::atomic<int> closing_wakes = 0;
  const server::SigningKey signing_key = [] {
    server::SigningKey key;
    shared_seeded_bytes()(key);
    return key;
  }();

 private:
  std::unique_ptr<app::Writer> writer_;
  std::unique_ptr<app::Ingest> ingest_;
  std::unique_ptr<app::Authentication> authentication_;
  std::unique_ptr<app::ReportJobs> reports_;
  std::unique_ptr<app::UsageQuestions> usage_questions_;
  std::unique_ptr<app::ApplyCatalog> apply_;
  server::CanonicalBillingTexts texts_;
  std::unique_ptr<app::BillingQuestions> billing_;
  std::unique_ptr<app::Closing> closing_;
  std::unique_ptr<app::Settlements> settlements_;
  std::unique_ptr<app::SerialWorker> billing_worker_;  // ends before what works on it
};

}  // namespace tallystick::test
