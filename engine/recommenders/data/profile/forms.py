"""What data can be looked at as."""

from __future__ import annotations

from typing import Literal, get_args

Form = Literal["watches", "examples"]
FORMS: tuple[Form, ...] = get_args(Form)
