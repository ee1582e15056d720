"""The table in the code against the one in the product description."""

from itertools import product

from simflow.requests import workflow
from simflow.requests.workflow import TRANSITIONS, Status, Who, waiting, waits_for
from tests.requests.table import FINAL, STATUSES, TABLE, plain_move

WHO = {
    Who.MANAGER: "manager",
    Who.ASSIGNED_ENGINEER: "engineer",
    Who.REQUESTER: "requester",
}


def test_statuses_are_those_of_the_product() -> None:
    assert [status.value for status in Status] == STATUSES


def test_transitions_are_those_of_the_product() -> None:
    written = {(r.action, frozenset(r.sources), r.to, frozenset(r.who), r.reason) for r in TABLE}
    coded = {
        (t.action, frozenset(t.sources), t.to.value, frozenset(WHO[w] for w in t.who), t.needs_reason)
        for t in TRANSITIONS
    }
    assert coded == written
    assert len(TRANSITIONS) == len(TABLE)


def test_no_source_is_told_twice() -> None:
    assert all(len(set(t.sources)) == len(t.sources) for t in TRANSITIONS)


def test_two_statuses_name_at_most_one_move() -> None:
    """A change of status says only where to; were two moves possible, who may make it would be a matter of luck."""
    for source, target in product(Status, Status):
        moves = [t for t in TRANSITIONS if source in t.sources and t.to == target and t.action != "assign"]
        assert len(moves) <= 1, (source, target)
        found = workflow.find_move(source, target)
        expected = plain_move(source, target)
        assert (found and found.action) == (expected and expected.action)


def test_final_statuses_are_those_without_a_way_on() -> None:
    assert {status.value for status in workflow.FINAL} == FINAL


def test_who_has_the_ball() -> None:
    told = {status: waits_for(status) for status in Status}
    assert told == {
        Status.SUBMITTED: "manager",
        Status.FEASIBILITY_REVIEW: "manager",
        Status.INFORMATION_NEEDED: "requester",
        Status.RESOURCE_ALLOCATION: "manager",
        Status.ENGINEERING_REVIEW: "engineer",
        Status.DISCUSSION: "manager",
        Status.IN_PROGRESS: "engineer",
        Status.ON_HOLD: "engineer",
        Status.COMPLETED: "requester",
        Status.REVISION_REQUESTED: "manager",
        Status.ACCEPTED: None,
        Status.DENIED: None,
        Status.CANCELLED: None,
    }
    for whom in set(told.values()) - {None}:
        assert set(waiting(whom)) == {status for status, who in told.items() if who == whom}
