"""The types of study of demo mode: their forms, the criteria that they propose, and what is measured for these."""

from typing import NamedTuple

from simflow.study.models import Comparison, Kind, NewField, NewTemplate, Required, StudyTypeChange

SUBMISSION, COMPLETION, NEVER = Required.SUBMISSION, Required.COMPLETION, Required.NEVER
Span = tuple[float, float]


class Yardstick(NamedTuple):
    """A criterion that a type proposes, with what is measured where it is met, and where it is missed."""

    template: NewTemplate
    met: Span | None
    missed: Span | None


class Definition(NamedTuple):
    name: str
    description: str
    fields: tuple[NewField, ...]
    yardsticks: tuple[Yardstick, ...]

    def change(self, position: int) -> StudyTypeChange:
        return StudyTypeChange(
            name=self.name,
            description=self.description,
            fields=list(self.fields),
            criteria=[yardstick.template for yardstick in self.yardsticks],
            position=position,
        )


def _text(name: str, label: str, required: Required = NEVER, help_text: str = "") -> NewField:
    return NewField(name, label, Kind.TEXT, required, help=help_text)


def _number(
    name: str, label: str, unit: str | None, maximum: float, required: Required = NEVER, help_text: str = ""
) -> NewField:
    return NewField(name, label, Kind.NUMBER, required, unit=unit, minimum=0, maximum=maximum, help=help_text)


def _choice(
    name: str, label: str, *choices: str, required: Required = NEVER, vendor: str | None = None, help_text: str = ""
) -> NewField:
    return NewField(name, label, Kind.CHOICE, required, vendor, choices=list(choices), help=help_text)


STATION = _text("station", "Station", SUBMISSION, "As in the layout, such as 40R.")
ROBOT = _text("robot_model", "Robot model", SUBMISSION)
CONTROLLERS = (
    _choice("controller", "Controller", "R-30iB Plus", "R-30iB Mate Plus", "R-50iA", vendor="FANUC"),
    _choice("controller", "Controller", "KR C4", "KR C5", vendor="KUKA"),
    _choice("controller", "Controller", "IRC5", "OmniCore", vendor="ABB"),
    _choice("controller", "Controller", "DX200", "YRC1000", "YRC1000micro", vendor="Yaskawa"),
    _choice("controller", "Controller", "S7-1500", "S7-1500F", vendor="Siemens"),
)
SOFTWARE = _text("software_version", "Software version", COMPLETION, "Of the controller on site.")
PAYLOAD = _number("payload", "Payload", "kg", 3000, SUBMISSION, "Tool and part together.")
REACH = _number("reach", "Reach", "mm", 20_000)
TOOL = _text("tool", "Tool", NEVER, "Gun, gripper or nozzle, with its number.")
FIXTURE = _text("fixture_revision", "Fixture revision", COMPLETION)
CYCLE = _number("cycle_time", "Cycle-time target", "s", 3600, SUBMISSION)
AVAILABILITY = _number("availability", "Availability", "%", 100)
CAD = NewField("cad", "CAD data", Kind.FILE, help="Where they are: an address, or a path on the share.")
FREEZE = NewField("layout_freeze", "Layout is frozen on", Kind.DATE)
CONTACT = NewField("contact", "Contact for the line", Kind.PERSON)


def _limit(
    name: str,
    comparison: Comparison,
    target: float,
    unit: str | None,
    met: Span,
    missed: Span,
    upper: float | None = None,
) -> Yardstick:
    return Yardstick(NewTemplate(name, comparison, target, upper, unit), met, missed)


def _judged(name: str, *, required: bool = True) -> Yardstick:
    return Yardstick(NewTemplate(name, Comparison.JUDGED, required=required), None, None)


AT_LEAST, AT_MOST, BETWEEN = Comparison.AT_LEAST, Comparison.AT_MOST, Comparison.BETWEEN
DEFINITIONS: dict[str, Definition] = {
    "reach": Definition(
        "Reach",
        "Does the robot get to every point, and from which base position?",
        (STATION, ROBOT, *CONTROLLERS, PAYLOAD, REACH, TOOL, FIXTURE, SOFTWARE, FREEZE, CAD),
        (
            _limit("Points reached", AT_LEAST, 100, "%", (100, 100), (91, 99)),
            _limit("Distance to axis limits", AT_LEAST, 5, "deg", (5.2, 14), (1.5, 4.8)),
            _judged("Seen with the tool planner", required=False),
        ),
    ),
    "cycle-time": Definition(
        "Cycle time",
        "Does the station run at the target, and where is time lost?",
        (STATION, ROBOT, *CONTROLLERS, CYCLE, AVAILABILITY, TOOL, FIXTURE, SOFTWARE, CONTACT, CAD),
        (
            _limit("Cycle time", AT_MOST, 52, "s", (46.5, 51.8), (52.6, 57)),
            _limit("Robot utilisation", BETWEEN, 70, "%", (72, 94), (95.5, 99), upper=95),
            _judged("Waiting times are listed for each station"),
        ),
    ),
    "collision": Definition(
        "Collision",
        "Is there room enough between robots, tools, fixtures and people?",
        (
            STATION,
            ROBOT,
            *CONTROLLERS,
            _text("neighbours", "Neighbouring robots", NEVER, "Which ones share the workspace."),
            TOOL,
            FIXTURE,
            SOFTWARE,
            FREEZE,
            CAD,
        ),
        (
            _limit("Least clearance", AT_LEAST, 20, "mm", (20.5, 60), (6, 19)),
            _judged("Interlock zones are defined"),
        ),
    ),
    "line-balancing": Definition(
        "Line balancing",
        "How is the work split over the stations?",
        (
            CYCLE,
            AVAILABILITY,
            _number("stations", "Number of stations", None, 200, SUBMISSION),
            _text("variants", "Variants and their mix"),
            CONTACT,
            FREEZE,
            CAD,
        ),
        (
            _limit("Cycle time of the slowest station", AT_MOST, 60, "s", (53, 59.6), (60.8, 68)),
            _limit("Balance efficiency", AT_LEAST, 85, "%", (85.4, 93), (77, 84)),
        ),
    ),
    "virtual-commissioning": Definition(
        "Virtual commissioning",
        "Does the control program run against the model, faults included?",
        (
            STATION,
            *CONTROLLERS,
            SOFTWARE,
            _choice(
                "test_depth",
                "Test depth",
                "Sequence",
                "Sequence and faults",
                "Sequence, faults and emergency stops",
                required=SUBMISSION,
            ),
            NewField("plc_project", "PLC project", Kind.FILE, SUBMISSION, help="Where the archive is."),
            _number("io_points", "Signals", None, 100_000, COMPLETION, "Inputs and outputs together."),
            CONTACT,
        ),
        (
            _limit("Steps that ran without a fault", AT_LEAST, 100, "%", (100, 100), (88, 98)),
            _limit("Open control errors", AT_MOST, 0, None, (0, 0), (1, 6)),
            _judged("Restart after an emergency stop"),
        ),
    ),
    "cae": Definition(
        "CAE",
        "Is it stiff, strong and light enough?",
        (
            _choice("analysis", "Analysis", "Static", "Modal", "Fatigue", "Payload and inertia", required=SUBMISSION),
            TOOL,
            ROBOT,
            PAYLOAD,
            _text("material", "Material", COMPLETION),
            FIXTURE,
            CAD,
        ),
        (
            _limit("Deflection at the locating pins", AT_MOST, 0.3, "mm", (0.11, 0.29), (0.32, 0.6)),
            _limit("First natural frequency", AT_LEAST, 25, "Hz", (26, 48), (14, 24)),
            _judged("Report has load cases and mesh study", required=False),
        ),
    ),
}
"""By the ids of the types, in the order in which they are offered."""
