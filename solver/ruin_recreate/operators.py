"""Neighbourhoods: related work that is taken out together, to be placed anew."""

from __future__ import annotations

import random
from collections.abc import Callable

from solver.insertion.inserter import Inserter, Work
from solver.ruin_recreate.class_operators import (
    classes_from_a_day_on,
    few_sessions,
    few_shifts,
    one_course,
    open_class,
    window_classes,
)
from solver.ruin_recreate.task_operators import (
    late_chain,
    late_materials,
    open_task,
    random_tasks,
    same_people,
    window_tasks,
)

Ruin = Callable[[Inserter, random.Random], Work]

RUINS: tuple[Ruin, ...] = (
    late_chain,
    open_task,
    late_materials,
    window_tasks,
    same_people,
    random_tasks,
    open_class,
    one_course,
    window_classes,
    classes_from_a_day_on,
    few_sessions,
    few_shifts,
)
"""All neighbourhoods."""

OPEN_RUINS: tuple[Ruin, ...] = (
    open_task,
    late_materials,
    open_class,
    classes_from_a_day_on,
    few_shifts,
)
"""Those that begin with open work, where there is some."""
