"""The words that made-up requests are made of. `{n}`-like places are filled with plausible values."""

from typing import NamedTuple


class Study(NamedTuple):
    """A kind of work: how it is called, what is asked for, and what is talked about meanwhile."""

    titles: tuple[str, ...]
    goals: tuple[str, ...]
    talk: tuple[str, ...]
    kind: str | None = None
    """The type of study in `definitions.py`; none for work that has no form."""


STUDIES = (
    Study(
        ("Reach study for {place}", "Robot reach at {place}", "Riser height and reach, {place}"),
        (
            "Please check whether {robot} reaches all {count} weld spots from one base position.",
            "We need the base position and riser height for {robot}; a riser of {mm} mm is already on order.",
            "Can {robot} reach both sides of the fixture without a track?",
        ),
        (
            "Spot {count} is out of reach by {mm} mm with the current gun.",
            "With the riser at {mm} mm every point is reachable, wrist limits included.",
            "Joint 5 comes within {degrees}° of singularity on the left side.",
        ),
        "reach",
    ),
    Study(
        ("Cycle time study, {place}", "Can {place} run at {seconds} s?", "Cycle time of {place} at full variant mix"),
        (
            "Target cycle time is {seconds} s at {percent} % availability. Where do we lose time?",
            "The customer asks for {seconds} s instead of 58 s. Please tell us what it would take.",
            "Please simulate the sequence with {robot} and list waiting times for each station.",
        ),
        (
            "We are at {seconds}.4 s now; the tool change alone costs 3.1 s.",
            "Blending the approach points saves 1.8 s.",
            "The clamp times in the sheet are from the old fixture. Do you have measured ones?",
        ),
        "cycle-time",
    ),
    Study(
        ("Collision check, {place}", "Interference zones of two robots at {place}", "Dress pack clearance, {place}"),
        (
            "{robot} shares its workspace with its neighbour. Please define the interlock zones.",
            "The dress pack rubbed on the fixture during commissioning. Please check clearance on all {count} paths.",
            "New light curtain posts come into the cell. Is there still {mm} mm everywhere?",
        ),
        (
            "Only {millimetres} mm clearance at pose {count}, that is tight.",
            "Swept volume attached; the zone gets {mm} mm larger towards the fence.",
            "The gripper CAD is missing its cable guide, so I cannot judge that side yet.",
        ),
        "collision",
    ),
    Study(
        ("Line balancing, {place}", "Station split for {place}", "Move two operations out of {place}"),
        (
            "Station 40 is the bottleneck at {seconds} s. Please propose a split over {count} operations.",
            "We add a variant next year. Can the line keep {seconds} s with the same number of robots?",
            "Please balance the line for {percent} % left-hand and the rest right-hand drive.",
        ),
        (
            "Moving the stud welding to station 50 brings us to {percent} % utilisation.",
            "The precedence graph in the file is older than the last release.",
            "Two proposals are on the share. B needs one more end effector.",
        ),
        "line-balancing",
    ),
    Study(
        (
            "Virtual commissioning, {place}",
            "PLC test against the model of {place}",
            "Safety logic of {place} in the model",
        ),
        (
            "Please run the PLC program against the model before the site visit, emergency stops included.",
            "We want to find sequence errors before the trial week. The PLC project is on the share.",
            "Please test restart after a power loss in each of the {count} sequence steps.",
        ),
        (
            "The handshake with the turntable hangs in step {count}; signal list attached.",
            "Restart works except with a part on the gripper.",
            "Which firmware has the safety controller on site?",
        ),
        "virtual-commissioning",
    ),
    Study(
        (
            "CAE: stiffness of the gripper, {place}",
            "Gripper payload check, {place}",
            "FE analysis of the frame at {place}",
        ),
        (
            "The gripper weighs {count} kg with the part. Please check inertia against the limits of {robot}.",
            "Deflection at the locating pins must stay below 0.{degrees} mm at full acceleration.",
            "We would like to save weight on the frame. Where can material go?",
        ),
        (
            "Payload is fine, inertia about axis 6 is at {percent} %.",
            "First natural frequency is {count} Hz, above what the motion excites.",
            "Which alloy is the bracket? The drawing says both 6061 and 6082.",
        ),
        "cae",
    ),
    Study(
        (
            "Offline program, {place}",
            "Offline programming of {count} paths, {place}",
            "Path update after model change, {place}",
        ),
        (
            "Please prepare the program for {robot} with {count} paths; the tool data are measured.",
            "After the model change {count} weld spots moved by up to {mm} mm. Please update the paths.",
            "Program in the customer's standard, please, with their folder structure.",
        ),
        (
            "Program uploaded; base 3 still needs to be measured on site.",
            "The standard forbids the UFRAME we used. I change it tomorrow.",
            "Speed is limited to {percent} % in the first run.",
        ),
    ),
    Study(
        ("Buffer sizing, {place}", "Throughput of {place} over a week", "Material flow around {place}"),
        (
            "How many carriers do we need before the sealer so that a {count}-minute stop does not starve it?",
            "Please simulate a week with the failure data of last year. Target is {percent} % of planned output.",
            "The AGV route changes. Does the buffer of {count} parts still suffice?",
        ),
        (
            "With {count} places we reach {percent} % in nine of ten runs.",
            "The repair times follow no exponential distribution; I took the measured ones.",
            "Warm-up of one shift is cut off in the results.",
        ),
    ),
)

PLACES = (
    "door hem cell", "press line 3", "body side framer", "paint sealer booth", "battery pack marriage",
    "tyre mounting line", "palletiser cell", "kitting area", "roof laser cell", "underbody respot line",
    "seat assembly", "glazing cell", "axle assembly", "engine decking", "cockpit station", "castings deburring cell",
    "stator winding line", "wheel arch rolling", "tailgate geo station", "module stacking line",
)  # fmt: skip

ROBOTS = {
    "FANUC": ("R-2000iC/210F", "M-20iD/25", "M-900iB/360", "CRX-25iA"),
    "KUKA": ("KR 210 R2700", "KR 120 R3100", "KR FORTEC 500", "LBR iiwa 14"),
    "ABB": ("IRB 6700-235", "IRB 4600-40", "IRB 7600-340", "GoFa 12"),
    "Yaskawa": ("GP225", "AR1440", "GP180-120", "HC20DTP"),
    "Siemens": ("the line model in Process Simulate", "the S7-1500 with ET 200SP", "the Plant Simulation model"),
    "Other": ("the TX2-90", "the BX200L", "the UR20", "the NJ-220"),
}
ROBOT_LIMITS = {
    "R-2000iC/210F": (210, 2655), "M-20iD/25": (25, 1831), "M-900iB/360": (360, 2655), "CRX-25iA": (25, 1889),
    "KR 210 R2700": (210, 2696), "KR 120 R3100": (120, 3100), "KR FORTEC 500": (500, 2830), "LBR iiwa 14": (14, 820),
    "IRB 6700-235": (235, 2650), "IRB 4600-40": (40, 2550), "IRB 7600-340": (340, 2800), "GoFa 12": (12, 1270),
    "GP225": (225, 2702), "AR1440": (12, 1440), "GP180-120": (120, 3058), "HC20DTP": (20, 1700),
    "TX2-90": (14, 1000), "BX200L": (200, 2597), "UR20": (20, 1750), "NJ-220": (220, 2700),
}  # fmt: skip
"""Payload in kg and reach in mm."""
VENDOR_WEIGHTS = (30, 22, 18, 14, 9, 7)
"""How often each of `ROBOTS` appears."""

CONTEXT = (
    "CAD is on the share, folder {count:03}.",
    "Fixture drawing revision {degrees} applies.",
    "We need the result before the tooling kick-off.",
    "The cell has a fence on three sides and a door on the fourth.",
    "Layout is frozen except for the position of the cabinet.",
    "Please talk to plant maintenance before you change anything at the base plates.",
    "A similar study was done two years ago for the sister plant; it may save you time.",
    "The part weighs {count} kg, the gripper another {degrees} kg.",
    "Results as a short report with pictures, please.",
    "The customer takes part in the review.",
    "Shift model is two shifts of eight hours.",
    "Ambient temperature goes up to {warm} °C in summer.",
)

FOREIGN = (
    (
        "Erreichbarkeit prüfen: Türfalzzelle",
        "Bitte prüfen, ob der Roboter alle Schweißpunkte größer als Ø 12 mm erreicht. Maße laut Zeichnung.",
    ),
    (
        "Étude de temps de cycle, îlot de collage",
        "Objectif : 45 s par pièce à 85 % de disponibilité. Où perd-on du temps ?",
    ),
    ("溶接ロボットの干渉チェック", "治具とロボットの干渉を確認してください。図面は共有フォルダーにあります。"),
    (
        "Estudio de colisiones, célula de paletizado",
        "¿Hay suficiente espacio entre la pinza y la valla? Adjunto el diseño de la célula.",
    ),
    ("机器人可达性分析:车门包边工位", "请确认机器人能否到达全部焊点,并给出底座高度建议。"),
    ("Analiza czasu cyklu, linia montażu osi", "Proszę sprawdzić, czy linia osiągnie 52 s przy obecnym podziale."),
    ("Проверка досягаемости, пост остекления", "Нужно положение основания робота и высота подставки."),
)

SMALL_TALK = (
    "Thanks, that helps.",
    "I will look at it on Thursday.",
    "Which tool centre point do we use?",
    "Moved to next week, the gripper model is missing.",
    "The new CAD is in the folder.",
    "Can we have a short call about this?",
    "Agreed with production, please go ahead.",
    "Pictures are in the report, page {degrees}.",
    "R&D agreed to the new riser.",
    "Please use revision {degrees}, the older one is void.",
)

INTERNAL_TALK = (
    "Estimate looks low to me: the last one of this kind took {count} h.",
    "The licence for the solver is taken until Wednesday.",
    "Not for the customer yet: the layout may change again.",
    "We could reuse the model of the sister plant.",
    "Let us ask for the tool data before we start.",
)

REASONS = {
    "ask_information": (
        "Which software version has the controller? Without it we would guess the motion planning.",
        "Please add the payload with the tool, and where its centre of gravity is.",
        "Is the target for the whole line or for this cell alone?",
        "The model shows two variants of the fixture. Which one is to be simulated?",
    ),
    "give_information": (
        "It is in the description now, with the drawing number.",
        "For this cell alone. The line has its own target.",
        "The second variant; the first one is no longer built.",
        "Asked the supplier: same as in the last project, nothing has changed.",
    ),
    "discuss": (
        "The estimate does not cover the second variant.",
        "Tool data are missing; without them the result would be a guess.",
        "I propose to split this in two.",
    ),
    "resolve": (
        "Second variant is dropped for now; keep the estimate.",
        "Tool data are on the share now.",
        "Agreed: do the left side first.",
    ),
    "unassign": ("Needed on the launch team for two weeks.", "On leave; somebody else takes over."),
    "hold": (
        "Waiting for the fixture drawing.",
        "Layout is being changed; we go on once it is frozen.",
        "Customer postponed the review.",
    ),
    "request_revision": (
        "Please also cover the long-wheelbase variant.",
        "The gun has changed since; please repeat with the new one.",
        "Clearance to the light curtain is missing in the report.",
    ),
    "rescope": ("That is a new question; we judge it again.", "Three variants more are another scope."),
    "decline_revision": ("The report covers this on page 7.", "Outside of what was asked; please open a new request."),
    "deny": (
        "No capacity before the start of production.",
        "The supplier does this study as part of the contract.",
        "Not enough data to begin with.",
    ),
    "reopen": ("The supplier does not do it after all.", "Data have arrived."),
    "cancel": (
        "The project was stopped.",
        "Solved on site.",
        "Double of an older request.",
    ),
}
"""For each move that needs one."""
