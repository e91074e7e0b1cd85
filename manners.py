"""How a crawl treats websites, and how often it comes: the settings that a person may change."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Manners:
    """How websites are treated, and how often.

    `delay` is in seconds between requests to a site, `contact` is sent to it. In days: for `blocked_days` a site that
    refused us is left alone; meetings within `window_days` of today are always asked for, older ones for `minutes_days`
    as long as their minutes are missing, everything again each `sweep_days`.
    """

    delay: float = 1.0
    contact: str | None = None
    blocked_days: float = 7
    window_days: int = 35
    minutes_days: int = 91
    sweep_days: float = 7
