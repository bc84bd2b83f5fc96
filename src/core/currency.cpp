#include "tallystick/core/currency.hpp"

#include <array>
#include <utility>

namespace tallystick::core {
namespace {

constexpr std::size_t code_length = 3;

// ISO 4217, list one, by the number of minor digits; codes of three letters side by side.
constexpr std::array<std::pair<int, std::string_view>, 4> codes_by_digits{{
    {0, "BIFCLPDJFGNFISKJPYKMFKRWPYGRWFUGXUYIVNDVUVXAFXOFXPF"},
    {2,
     "AEDAFNALLAMDANGAOAARSAUDAWGAZNBAMBBDBDTBGNBMDBNDBOBBRLBSDBTNBWPBYNBZDCADCDFCHFCNYCOPCRCCUPCVECZKDKKDOPDZDEGPERNET"
     "B"
     "EURFJDFKPGBPGELGHSGIPGMDGTQGYDHKDHNLHTGHUFIDRILSINRIRRJMDKESKGSKHRKPWKYDKZTLAKLBPLKRLRDLSLMADMDLMGAMKDMMKMNTMOPMR"
     "U"
     "MURMVRMWKMXNMYRMZNNADNGNNIONOKNPRNZDPABPENPGKPHPPKRPLNQARRONRSDRUBSARSBDSCRSDGSEKSGDSHPSLESOSSRDSSPSTNSVCSYPSZLTH"
     "B"
     "TJSTMTTOPTRYTTDTWDTZSUAHUSDUYUUZSVEDVESWSTXCDXCGYERZARZMWZWG"},
    {3, "BHDIQDJODKWDLYDOMRTND"},
    {4, "CLFUYW"},
}};

constexpr bool contains(std::string_view codes, std::string_view code) {
  for (std::size_t at = 0; at < codes.size(); at += code_length) {
    if (codes.substr(at, code_length) == code) return true;
  }
  return false;
}

}  // namespace

std::optional<int> minor_digits(std::string_view currency_code) {
  if (currency_code.size() != code_length) return std::nullopt;
  for (const auto& [digits, codes] : codes_by_digits) {
    if (contains(codes, currency_code)) return digits;
  }
  return std::nullopt;
}

}  // namespace tallystick::core
