#include "tallystick/wire/error_body.hpp"

#include "wire/codec.hpp"

namespace tallystick::wire {

BOOST_DESCRIBE_STRUCT(Detail, (), (error_code, field_name, entity_id, entity_name))
BOOST_DESCRIBE_STRUCT(Limit, (), (key, name_space, value))
BOOST_DESCRIBE_STRUCT(ErrorBody, (),
                      (message, code, status, entity_id, entity_name, message_with_params, message_params, context_id,
                       details, errors, limit))

// A member cannot be called by a word of C++.
template <>
inline constexpr std::array<std::pair<std::string_view, std::string_view>, 1> renamed_members<Limit>{
    {{"name_space", "namespace"}}};

template std::string to_json<Detail>(const Detail&);
template Result<Detail, DecodeFaults> from_json<Detail>(std::string_view);
template std::string to_json<Limit>(const Limit&);
template Result<Limit, DecodeFaults> from_json<Limit>(std::string_view);
template std::string to_json<ErrorBody>(const ErrorBody&);
template Result<ErrorBody, DecodeFaults> from_json<ErrorBody>(std::string_view);

}  // namespace tallystick::wire
