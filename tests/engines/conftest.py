"""What do the tests of engines judge? Plans made of some tests, and the shipped catalogue."""

import os
from dataclasses import replace

import pytest

from matcher import Catalogue
from matcher.catalogue.plan import Plan, PlannedCriterion
from matcher.testing import group_of


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory):
    """A cache folder of this run alone; the folders of tests share it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))
        yield os.environ["XDG_CACHE_HOME"]


@pytest.fixture(scope="session")
def content():
    """The content of the shipped catalogue."""
    return Catalogue.load().content


@pytest.fixture
def catalogue(content):
    """A shipped catalogue that has answered nothing yet: its engine has compiled nothing."""
    return Catalogue(content)


@pytest.fixture(scope="session")
def plan_with():
    """A plan whose criteria are some tests, grouped like a group."""

    def plan(group, tests):
        whole = _put_in(group, tests)
        return Plan(None, None, whole, tuple(_leaves(whole)), (), (), (), (), {})

    return plan


@pytest.fixture(scope="session")
def plan_over(plan_with):
    """A plan that asks some tests, in one group."""

    def plan(*tests, connective="all", count=0):
        return plan_with(group_of((connective, count, (None,) * len(tests))), tests)

    return plan


def _put_in(group, tests):
    if isinstance(group, PlannedCriterion):
        return replace(group, test=tests[group.index], plain=tests[group.index])
    return replace(group, items=tuple(_put_in(item, tests) for item in group.items))


def _leaves(group):
    for item in group.items:
        yield from [item] if isinstance(item, PlannedCriterion) else _leaves(item)
