"""Compares every overview of an organization, by index until 404, with what the rating model makes of it."""

from datetime import date

from harness.error_body import check_error_body
from harness.http import HttpClient
from harness.rating_model import RatingModel


def compare_overviews(test, http: HttpClient, path_of, model: RatingModel, organization: str, today: date) -> int:
    """`path_of(index)`: the address to ask. The number of overviews that there were."""
    expected = model.indexed(organization, today)
    for index in range(max(expected, default=0) + 2):
        answer = http.get(path_of(index))
        with test.subTest(organization=organization, billingPeriodIndex=index):
            if index not in expected:
                check_error_body(test, answer, 404, "not.found")
                continue
            test.assertEqual(answer.status, 200, str(answer))
            overview = answer.json
            overview.pop("selfUri")
            overview["organization"] = {name: overview["organization"][name] for name in ("id", "name")}
            test.assertEqual(overview, model.overview(organization, *expected[index]))
    return len(expected)
