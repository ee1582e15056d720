"""The same list, detail and comment workloads against another server of the same shape.

It signs in with COMPARE_EMAIL and COMPARE_PASSWORD at COMPARE_SIGN_IN (default /api/auth/login), and takes a cookie or a `token`
from the answer. COMPARE_LIST, COMPARE_DETAIL and COMPARE_COMMENT name other paths, `{id}` is a request's.
"""

import json
import os
from typing import Any

import httpx

from workloads import Call, Workload

LIST, DETAIL, COMMENT = "/api/requests?limit=100", "/api/requests/{id}", "/api/requests/{id}/comments"


def _path(name: str, default: str) -> str:
    return os.environ.get(f"COMPARE_{name}", default)


def workloads(base: str) -> list[Workload]:
    """Raises SystemExit where nobody can be signed in or no request is found."""
    account = {"email": os.environ.get("COMPARE_EMAIL", ""), "password": os.environ.get("COMPARE_PASSWORD", "")}
    with httpx.Client(base_url=base, timeout=60) as client:
        answer = client.post(_path("SIGN_IN", "/api/auth/login"), json=account)
        if answer.status_code >= 400:
            raise SystemExit(f"Nobody can sign in at {base}: {answer.status_code}. Set COMPARE_EMAIL and COMPARE_PASSWORD.")
        token = _find(answer.json(), "token") or _find(answer.json(), "accessToken")
        cookie = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
        header = cookie or f"\r\nAuthorization: Bearer {token}"
        if token:
            client.headers["Authorization"] = f"Bearer {token}"
        listed = client.get(_path("LIST", LIST)).json()
    rows = listed if isinstance(listed, list) else next((v for v in listed.values() if isinstance(v, list)), [])
    if not rows:
        raise SystemExit(f"{base} lists no request.")
    # Comments are not written where details are read: those would grow with each round.
    ids, talked = ([row["id"] for row in rows[half::2]] or [rows[0]["id"]] for half in (0, 1))
    said = json.dumps({"content": "Spot 12 is out of reach by 30 mm with the current gun."})
    return [
        Workload("list of 100", [Call("GET", _path("LIST", LIST), header)]),
        Workload("detail", [Call("GET", _path("DETAIL", DETAIL).format(id=one), header) for one in ids]),
        Workload("comment", [Call("POST", _path("COMMENT", COMMENT).format(id=one), header, said) for one in talked]),
    ]


def _find(value: Any, name: str) -> Any:
    """The first value of that name, however deep."""
    if isinstance(value, dict):
        return value.get(name) or next((found for part in value.values() if (found := _find(part, name))), None)
    return None
