#include "tallystick/wire/concurrent_usage_report.hpp"

#include "wire/codec.hpp"

namespace tallystick::wire {

BOOST_DESCRIBE_STRUCT(ConcurrentUsageLevel, (), (count, milliseconds))
BOOST_DESCRIBE_STRUCT(ConcurrentUsageHour, (), (time, max))
BOOST_DESCRIBE_STRUCT(ConcurrentUsageResource, (), (name, date, milliseconds))
BOOST_DESCRIBE_STRUCT(ConcurrentUsageProduct, (), (name, part_number, peak, levels, hours, resources))
BOOST_DESCRIBE_STRUCT(ConcurrentUsageReport, (), (organization_id, start_date, end_date, products))

template std::string to_json<ConcurrentUsageProduct>(const ConcurrentUsageProduct&);
template Result<ConcurrentUsageProduct, DecodeFaults> from_json<ConcurrentUsageProduct>(std::string_view);
template std::string to_json<ConcurrentUsageReport>(const ConcurrentUsageReport&);
template Result<ConcurrentUsageReport, DecodeFaults> from_json<ConcurrentUsageReport>(std::string_view);

}  // namespace tallystick::wire
