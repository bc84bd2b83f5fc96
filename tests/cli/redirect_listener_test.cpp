#include "cli/redirect_listener.hpp"

#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <thread>
#include <vector>

#include "cli/browser.hpp"
#include "cli/browser_visitor.hpp"
#include "cli/redirect_page.hpp"

namespace tallystick::cli {
namespace {

using cli_test::port_of;
using cli_test::Visitor;

RedirectListener::Wait long_wait(std::stop_token stop = {}) {
  return {.now = [] { return std::chrono::steady_clock::now(); },
          .until = std::chrono::steady_clock::now() + std::chrono::minutes(5),
          .stop = std::move(stop)};
}

bool is_ours(std::string_view query) {
  return query == "code=c&state=s";
}

/// The query of the visit that counted, which is shown a page.
std::future<std::string> listen(const RedirectListener& listener, std::stop_token stop = {}) {
  return std::async(std::launch::async, [&listener, stop] {
    auto visit = listener.wait(is_ours, long_wait(stop));
    if (!visit) return "failure: " + visit.error().message;
    visit->answer(page_of_success("<app> & \"more\""));
    return visit->query();
  });
}

TEST(RedirectListener, TakesTheRedirectAndShowsAPage) {
  const auto listener = RedirectListener::open(0).value();
  const std::uint16_t port = port_of(listener.redirect_uri());
  EXPECT_EQ(listener.redirect_uri(), "http://127.0.0.1:" + std::to_string(port) + "/callback");
  auto query = listen(listener);
  const Visitor browser(port);
  browser.get("/callback?code=c&state=s");
  const std::string answer = browser.read_all();
  EXPECT_EQ(query.get(), "code=c&state=s");
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 200 OK\r\n")) << answer;
  EXPECT_NE(answer.find("You are logged in"), std::string::npos);
  EXPECT_NE(answer.find("&lt;app&gt; &amp; &quot;more&quot; may act"), std::string::npos) << answer;
  EXPECT_NE(answer.find("Content-Security-Policy: default-src 'none'"), std::string::npos);
  const auto head_end = answer.find("\r\n\r\n");
  EXPECT_NE(answer.find("Content-Length: " + std::to_string(answer.size() - head_end - 4) + "\r\n"), std::string::npos);
}

TEST(RedirectListener, WhoeverElseComesChangesNothing) {
  const auto listener = RedirectListener::open(0).value();
  const std::uint16_t port = port_of(listener.redirect_uri());
  auto query = listen(listener);
  struct Row {
    const char* request;
    const char* answer;  ///< its beginning; empty: the connection is closed without one
  };
  const std::string endless = "GET /callback?" + std::string(20'000, 'a');
  const Row rows[] = {{"GET / HTTP/1.1\r\n\r\n", "HTTP/1.1 404"},
                      {"GET /favicon.ico HTTP/1.1\r\n\r\n", "HTTP/1.1 404"},
                      {"GET /callbackx?code=c&state=s HTTP/1.1\r\n\r\n", "HTTP/1.1 404"},
                      {"POST /callback?code=c&state=s HTTP/1.1\r\n\r\n", "HTTP/1.1 404"},
                      {"GET /callback HTTP/1.1\r\n\r\n", "HTTP/1.1 400"},
                      {"GET /callback?code=c&state=forged HTTP/1.1\r\n\r\n", "HTTP/1.1 400"},
                      {"\r\n\r\n", "HTTP/1.1 404"},
                      {endless.c_str(), ""}};
  for (const Row& row : rows) {
    const Visitor visitor(port);
    visitor.send(row.request);
    EXPECT_EQ(visitor.read_all().substr(0, 12), row.answer) << std::string(row.request).substr(0, 60);
  }
  { const Visitor gone(port); }
  const Visitor browser(port);
  // In pieces, as a network may bring it.
  for (const char* piece : {"GE", "T /callback?code=c&st", "ate=s HTTP/1.1\r\nHost: x\r\n", "\r", "\n"})
    browser.send(piece);
  EXPECT_EQ(browser.read_all().substr(0, 12), "HTTP/1.1 200");
  EXPECT_EQ(query.get(), "code=c&state=s");
}

// Browsers open connections ahead and say nothing on them.
TEST(RedirectListener, SilentConnectionsDoNotHoldItUp) {
  const auto listener = RedirectListener::open(0).value();
  const std::uint16_t port = port_of(listener.redirect_uri());
  auto query = listen(listener);
  std::vector<std::unique_ptr<Visitor>> silent;
  for (int i = 0; i < 40; ++i) silent.push_back(std::make_unique<Visitor>(port));
  const Visitor browser(port);
  browser.get("/callback?code=c&state=s");
  EXPECT_EQ(browser.read_all().substr(0, 12), "HTTP/1.1 200");
  EXPECT_EQ(query.get(), "code=c&state=s");
}

TEST(RedirectListener, EndsWhenItsTimeIsOverOrItIsStopped) {
  const auto listener = RedirectListener::open(0).value();
  auto now = std::chrono::steady_clock::time_point(std::chrono::hours(1));
  const auto until = now + std::chrono::seconds(3);
  const auto late =
      listener.wait(is_ours, {.now = [&] { return now += std::chrono::seconds(1); }, .until = until, .stop = {}});
  EXPECT_EQ(late.error().message, "no browser came back in time: log in again");
  EXPECT_EQ(late.error().code, ExitCode::failed);

  std::stop_source stop;
  auto query = listen(listener, stop.get_token());
  stop.request_stop();
  EXPECT_EQ(query.get(), "failure: interrupted");
}

TEST(RedirectListener, SaysWhichPortIsTaken) {
  const auto listener = RedirectListener::open(0).value();
  const std::uint16_t port = port_of(listener.redirect_uri());
  const auto second = RedirectListener::open(port);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().message, "cannot listen on 127.0.0.1:" + std::to_string(port) +
                                        " for the browser: Address already in use; choose another --redirect-port");
}

TEST(Browser, IsTheOneThatThePersonChose) {
  using Command = std::vector<std::string>;
  struct Row {
    const char* browser;
    const char* display;
    std::optional<Command> command;
  };
  const Row rows[] = {{"", "", std::nullopt},
                      {"", ":0", Command{"xdg-open", "http://a/?b"}},
                      {"firefox", "", Command{"firefox", "http://a/?b"}},
                      {"firefox --new-window %s:w3m", ":0", Command{"firefox", "--new-window", "http://a/?b"}},
                      {"  ", ":0", std::nullopt}};
  std::ostringstream out;
  std::istringstream in;
  for (const Row& row : rows) {
    const Terminal terminal{.out = out, .err = out, .in = in, .environment = [&](const std::string& name) {
                              if (name == "BROWSER") return std::optional<std::string>(row.browser);
                              return name == "DISPLAY" ? std::optional<std::string>(row.display) : std::nullopt;
                            }};
    EXPECT_EQ(browser_command("http://a/?b", terminal), row.command) << row.browser;
  }
}

}  // namespace
}  // namespace tallystick::cli
