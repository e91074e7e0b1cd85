"""Every rule of language finds the examples that taught it, and nothing else."""

from importlib import import_module

import pytest

from minutebook.extract.rules import Rule

MODULES = (
    "people", "attendance", "layout", "speaking", "decisions", "motions", "reports", "actions", "dues", "notices", "interests", "sitting", "packs",
)  # fmt: skip
RULES = [
    pytest.param(rule, id=f"{name}-{number}-{rule.name}")
    for name in MODULES
    for number, rule in enumerate(import_module(f"minutebook.extract.rules.{name}").RULES)
]


@pytest.mark.parametrize("rule", RULES)
def test_rule_finds_its_examples(rule: Rule) -> None:
    """Each example that taught a rule is found by it."""
    assert [] == [example for example in rule.finds if not rule.search(example)]


@pytest.mark.parametrize("rule", RULES)
def test_rule_misses_its_counterexamples(rule: Rule) -> None:
    """Each trap that stands with a rule is left alone by it."""
    assert [] == [example for example in rule.misses if rule.search(example)]


@pytest.mark.parametrize("rule", RULES)
def test_rule_was_taught_by_an_example(rule: Rule) -> None:
    """A rule without an example is a guess."""
    assert rule.finds
