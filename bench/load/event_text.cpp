#include "load/event_text.hpp"

#include <chrono>
#include <string_view>

namespace tallystick::bench {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";

void append_digits(std::string& text, std::uint64_t value, std::size_t digits) {
  const std::size_t end = text.size() + digits;
  text.resize(end);
  for (std::size_t i = 1; i <= digits; ++i) {
    text[end - i] = static_cast<char>('0' + value % 10);
    value /= 10;
  }
}

void append_hex(std::string& text, std::uint64_t value, std::size_t digits) {
  const std::size_t end = text.size() + digits;
  text.resize(end);
  for (std::size_t i = 1; i <= digits; ++i) {
    text[end - i] = hex_digits[value & 15U];
    value >>= 4U;
  }
}

void append_organization_id(std::string& text, std::uint16_t organization) {
  text += "7a11e57c-0000-4000-8000-";
  append_digits(text, organization, 12);
}

void append_product_key(std::string& text, std::uint16_t product) {
  text += "product-";
  append_digits(text, product, 2);
}

void append_resource(std::string& text, const LoadEvent& event) {
  text += "user-";
  append_digits(text, event.resource, 5);
  text += "@example.com";
}

void append_source(std::string& text, const LoadEvent& event) {
  text += "edge-";
  append_digits(text, event.organization % 16U, 2);
}

void append_id(std::string& text, const LoadEvent& event) {
  text += "evt-";
  append_hex(text, mix(event.identity), 16);
  append_hex(text, event.identity, 14);
}

void append_time(std::string& text, std::int64_t time_ms) {
  constexpr std::int64_t day_ms = 86'400'000;
  const std::int64_t day = time_ms / day_ms;
  const auto rest = static_cast<std::uint64_t>(time_ms % day_ms);
  const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{day}}};
  append_digits(text, static_cast<std::uint64_t>(static_cast<int>(date.year())), 4);
  text += '-';
  append_digits(text, static_cast<unsigned>(date.month()), 2);
  text += '-';
  append_digits(text, static_cast<unsigned>(date.day()), 2);
  text += 'T';
  append_digits(text, rest / 3'600'000, 2);
  text += ':';
  append_digits(text, rest / 60'000 % 60, 2);
  text += ':';
  append_digits(text, rest / 1'000 % 60, 2);
  text += '.';
  append_digits(text, rest % 1'000, 3);
  text += 'Z';
}

void append_quantity(std::string& text, std::uint32_t tenths) {
  text += std::to_string(tenths / 10);
  text += '.';
  text += static_cast<char>('0' + tenths % 10);
}

template <class Append>
std::string made(Append append) {
  std::string text;
  append(text);
  return text;
}

}  // namespace

std::string organization_id(std::uint16_t organization) {
  return made([&](std::string& text) { append_organization_id(text, organization); });
}
std::string organization_name(std::uint16_t organization) {
  return "Customer " + std::to_string(organization);
}
std::string product_key(std::uint16_t product) {
  return made([&](std::string& text) { append_product_key(text, product); });
}
std::string product_name(std::uint16_t product) {
  return made([&](std::string& text) {
    text = "Product ";
    append_digits(text, product, 2);
  });
}
std::string resource_name(const LoadEvent& event) {
  return made([&](std::string& text) { append_resource(text, event); });
}
std::string source_text(const LoadEvent& event) {
  return made([&](std::string& text) { append_source(text, event); });
}
std::string id_text(const LoadEvent& event) {
  return made([&](std::string& text) { append_id(text, event); });
}

void append_cloud_event(std::string& body, const LoadEvent& event) {
  body += R"({"specversion":"1.0","source":")";
  append_source(body, event);
  body += R"(","id":")";
  append_id(body, event);
  body += R"(","type":")";
  append_product_key(body, event.product);
  body += R"(","subject":")";
  append_resource(body, event);
  body += R"(","organization":")";
  append_organization_id(body, event.organization);
  body += R"(","time":")";
  append_time(body, event.time_ms);
  body += R"(","data":{"quantity":")";
  append_quantity(body, event.quantity_tenths);
  body += R"("}})";
}

void append_batch(std::string& body, const Load& load, std::uint64_t first, std::uint64_t count) {
  body += '[';
  for (std::uint64_t position = first; position < first + count; ++position) {
    if (position != first) body += ',';
    append_cloud_event(body, load.at(position));
  }
  body += ']';
}

}  // namespace tallystick::bench
