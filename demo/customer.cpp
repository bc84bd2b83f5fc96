#include "demo/customer.hpp"

namespace tallystick::demo {
namespace {

using namespace std::chrono;

core::OrganizationId organization(std::string_view text) {
  return core::Uuid::parse(text).value();
}

std::vector<Customer> make_customers() {
  const Zone berlin{hours{1}, sys_days{2026y / March / 29} + hours{1}, hours{2}};
  const Zone new_york{-hours{5}, sys_days{2026y / March / 8} + hours{7}, -hours{4}};
  const Zone singapore{hours{8}, core::TimePoint::max(), hours{8}};
  return {
      {.key = "blue-harbor-bank",
       .organization = organization("22222222-2222-4222-8222-222222222222"),
       .domain = "blueharbor.example",
       .region = "eu-1",
       .zone = berlin,
       .event_share = 52,
       .users = 214,
       .licence_weights = {30, 45, 25},
       .weekend_percent = 12,
       .stations_per_site = 48,
       .edges_per_site = 3,
       .channels_per_edge = 120,
       .sites = {"berlin", "hamburg", "zurich"},
       .api_clients = {"crm-sync", "fraud-alerts", "wallboard", "nightly-export", "mobile-banking",
                       "workforce-planner"},
       .message_senders = {"BLUEHARBOR", "BHB-SECURE"},
       .archives = {{"voice-recordings-eu", 1'842'500, 9'340},
                    {"screen-recordings-eu", 3'120'000, 21'875},
                    {"chat-transcripts-eu", 96'250, 410}}},
      {.key = "cedar-valley-health",
       .organization = organization("44444444-4444-4444-8444-444444444444"),
       .domain = "cedarvalley.example",
       .region = "us-1",
       .zone = new_york,
       .event_share = 27,
       .users = 118,
       .licence_weights = {55, 35, 10},
       .weekend_percent = 25,
       .stations_per_site = 36,
       .edges_per_site = 2,
       .channels_per_edge = 60,
       .sites = {"boston", "hartford"},
       .api_clients = {"patient-portal", "appointment-reminders", "wallboard", "claims-export"},
       .message_senders = {"CEDARVALLEY"},
       .archives = {{"voice-recordings-us", 742'125, 5'205}, {"fax-archive-us", 58'000, 95}}},
      {.key = "kestrel-airlines",
       .organization = organization("55555555-5555-4555-8555-555555555555"),
       .domain = "kestrelair.example",
       .region = "ap-1",
       .zone = singapore,
       .event_share = 21,
       .users = 92,
       .licence_weights = {15, 40, 45},
       .weekend_percent = 80,
       .stations_per_site = 20,
       .edges_per_site = 2,
       .channels_per_edge = 90,
       .sites = {"singapore", "kuala-lumpur", "perth"},
       .api_clients = {"booking-engine", "flight-status-bot", "crew-desk", "loyalty-sync", "wallboard"},
       .message_senders = {"KESTREL", "KESTREL-OPS"},
       .archives = {{"voice-recordings-ap", 1'205'750, 11'460}, {"chat-transcripts-ap", 310'400, 2'640}}},
  };
}

}  // namespace

core::TimePoint Zone::utc(core::TimePoint local) const {
  const core::TimePoint before = local - offset;
  return before < changes_at ? before : local - offset_afterwards;
}

std::span<const Customer> customers() {
  static const std::vector<Customer> all = make_customers();
  return all;
}

}  // namespace tallystick::demo
