"""What every error answer must be: the published ErrorBody, with the published sentence of its code (wire.md)."""

SENTENCE_STARTS = {
    "bad.request": "The request could not be understood by the server due to malformed syntax.",
    "invalid.date": "Dates must be specified as ISO-8601 strings. For example: yyyy-MM-ddTHH:mm:ss.SSSZ",
    "authentication.required": "No authentication bearer token specified in authorization header.",
    "bad.credentials": "Invalid login credentials.",
    "missing.any.permissions": "Unable to perform the requested action. You must have at least one of the following "
                               "permissions assigned: [",
    "not.authorized": "You are not authorized to perform the requested action.",
    "not.found": "The requested resource was not found.",
    "too.many.requests": "Rate limit exceeded the maximum [",
}
FAULTS_REPORTED_MAX = 100


def check_error_body(test, answer, status: int, code=None, *, fields=(), says=()):
    """`code`: one code, any of a tuple, or None for any. `fields`: fieldNames in details. `says`: parts of the text."""
    test.assertEqual(answer.status, status, str(answer))
    test.assertIn("application/json", answer.header("Content-Type") or "", "the type of an error answer")
    body = answer.json
    test.assertEqual(body.get("status"), status, "status in the ErrorBody")
    test.assertTrue(body.get("message"), f"an ErrorBody without a message: {answer}")
    test.assertTrue(body.get("code"), f"an ErrorBody without a code: {answer}")
    test.assertTrue(body.get("contextId"), f"an ErrorBody without contextId: {answer}")
    test.assertEqual(body["contextId"], answer.header("ININ-Correlation-Id"), "contextId is the correlation id")
    if code is not None:
        test.assertIn(body["code"], code if isinstance(code, tuple) else (code,), str(answer))
    start = SENTENCE_STARTS.get(body["code"])
    if start:
        test.assertTrue(body["message"].startswith(start), f"the message of {body['code']} is {body['message']!r}")
    details = body.get("details") or []
    test.assertLessEqual(len(details), FAULTS_REPORTED_MAX)
    named = [detail.get("fieldName") for detail in details]
    for field in fields:
        test.assertIn(field, named, f"details name {named}: {answer}")
    text = answer.body.decode("utf-8").casefold()
    for part in says:
        test.assertIn(part.casefold(), text)
