#include "demo/people.hpp"

#include <array>
#include <map>

namespace tallystick::demo {
namespace {

constexpr auto first_names = std::to_array<std::string_view>({
    "ana",    "wei",    "fatima", "lukas",   "priya", "kwame",  "sofia",  "hiroshi", "amara",  "jonas",
    "leila",  "mateo",  "ingrid", "omar",    "chloe", "tomasz", "aisha",  "daniel",  "yuki",   "nina",
    "carlos", "zanele", "emre",   "hannah",  "ravi",  "elena",  "samuel", "mei",     "ahmed",  "clara",
    "tariq",  "olga",   "minh",   "beatriz", "jack",  "nadia",  "pedro",  "anika",   "kofi",   "marta",
    "david",  "sana",   "luca",   "grace",   "ivan",  "siti",   "oliver", "rania",   "felix",  "thandi",
    "diego",  "maya",   "arjun",  "helena",  "noah",  "yasmin", "peter",  "linh",    "george", "zofia",
    "rahel",  "paulo",  "freya",  "hassan",  "julia", "kenji",  "esther", "nikolai", "laura",  "chidi",
});

constexpr auto last_names = std::to_array<std::string_view>({
    "silva",  "chen",    "haddad",    "weber",     "sharma",  "mensah",   "rossi",  "tanaka",  "okafor",  "lindqvist",
    "rahimi", "garcia",  "berg",      "farouk",    "dubois",  "nowak",    "khan",   "cohen",   "sato",    "petrov",
    "reyes",  "dlamini", "yilmaz",    "schneider", "iyer",    "ivanova",  "taylor", "lin",     "mansour", "vogel",
    "aziz",   "sokolov", "nguyen",    "costa",     "murphy",  "benali",   "santos", "keller",  "asante",  "kowalska",
    "levi",   "malik",   "ferrari",   "campbell",  "horvat",  "rahman",   "wright", "khoury",  "brandt",  "nkosi",
    "torres", "patel",   "menon",     "novak",     "bennett", "demir",    "jansen", "tran",    "clarke",  "zielinska",
    "abebe",  "almeida", "halvorsen", "saleh",     "fischer", "watanabe", "mwangi", "popescu", "moreau",  "eze",
});

}  // namespace

std::vector<std::string> make_addresses(Random& random, std::size_t count, std::string_view domain) {
  std::map<std::string, unsigned> namesakes;
  std::vector<std::string> addresses;
  addresses.reserve(count);
  while (addresses.size() < count) {
    std::string name;
    name.append(random.pick(first_names)).append(".").append(random.pick(last_names));
    const unsigned number = ++namesakes[name];
    if (number > 1) name += std::to_string(number);
    addresses.push_back(name.append("@").append(domain));
  }
  return addresses;
}

}  // namespace tallystick::demo
