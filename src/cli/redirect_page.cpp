#include "cli/redirect_page.hpp"

#include <string_view>

namespace tallystick::cli {
namespace {

constexpr std::string_view style =
    ":root{color-scheme:light dark}"
    "body{font:1.1rem/1.5 system-ui,sans-serif;max-width:32rem;margin:15vh auto;padding:0 1.5rem}"
    "h1{font-size:1.5rem}";

std::string escaped(std::string_view text) {
  std::string html;
  for (const char c : text) {
    switch (c) {
      case '&':
        html += "&amp;";
        break;
      case '<':
        html += "&lt;";
        break;
      case '>':
        html += "&gt;";
        break;
      case '"':
        html += "&quot;";
        break;
      default:
        html += c;
    }
  }
  return html;
}

std::string_view reason_of(int status) {
  if (status == 200) return "OK";
  return status == 404 ? "Not Found" : "Bad Request";
}

}  // namespace

BrowserPage page_of_success(const std::string& client_id) {
  return {.heading = "You are logged in",
          .text = client_id + " may act for you now. You can close this page and go back to the terminal."};
}

BrowserPage page_of_failure(const std::string& message) {
  return {.status = 400, .heading = "The log-in did not work", .text = message};
}

BrowserPage page_of_stranger() {
  return {.status = 400,
          .heading = "Not the log-in that is waited for",
          .text = "Nothing was taken from this address. Use the one that the terminal shows."};
}

BrowserPage page_of_nothing() {
  return {.status = 404, .heading = "There is nothing here", .text = "A log-in of tallystick is waited for."};
}

std::string http_answer(const BrowserPage& page) {
  const std::string heading = escaped(page.heading);
  const std::string body =
      "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
      "<meta name=\"viewport\" content=\"width=device-width\"><title>" +
      heading + "</title><style>" + std::string(style) + "</style></head>\n<body><h1>" + heading + "</h1><p>" +
      escaped(page.text) + "</p></body></html>\n";
  return "HTTP/1.1 " + std::to_string(page.status) + " " + std::string(reason_of(page.status)) +
         "\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\nCache-Control: no-store\r\nReferrer-Policy: no-referrer\r\nX-Content-Type-Options: nosniff"
         "\r\nContent-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
         "\r\nConnection: close\r\n\r\n" +
         body;
}

}  // namespace tallystick::cli
