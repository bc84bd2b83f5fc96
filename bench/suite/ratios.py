"""How many times a peer's rate ours takes, each time over as many events as the peer took."""


def seconds_for(curve: list, events: int) -> float:
    """How long the first `events` of a run took."""
    seconds, before = 0.0, 0
    for point in curve:
        own = min(point["events"], events) - before
        if own <= 0:
            break
        seconds += own / point["events_per_second"]
        before += own
    return seconds * events / before if before else float("inf")


def ratios_of(results: dict) -> dict:
    ours = {"over_http": results.get("http", {}).get("curve"), "store": results["contenders"].get("store", {}).get("curve")}
    ratios = {}
    for name, peer in results["contenders"].items():
        if name == "store":
            continue
        events = peer["curve"][-1]["events"]
        taken = seconds_for(peer["curve"], events)
        # A shorter run of ours says nothing about a longer one of the peer's.
        ratios[name] = {which: taken / seconds_for(curve, events) for which, curve in ours.items()
                        if curve and curve[-1]["events"] >= events}
        if ours["over_http"]:
            last = ours["over_http"][-1]["events"]
            ratios[name]["over_http_whole_run"] = last / seconds_for(ours["over_http"], last) / (events / taken)
    return ratios


def flatness(curve: list) -> float:
    """The rate of the last quarter of a run, of that of its first quarter."""
    quarter = max(len(curve) // 4, 1)

    def rate(points):
        return len(points) / sum(1 / point["events_per_second"] for point in points)

    return rate(curve[-quarter:]) / rate(curve[:quarter])
