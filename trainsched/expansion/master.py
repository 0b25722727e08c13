"""The master: what to buy, as far as is known so far; the trials say whether it will do.

Choices are counts of starters and of posts. Every choice that was proved not to do, rules out all
choices with no more of any post and no fewer of any starter (logic-based Benders cuts). So the
best choice that the master still allows is a proven bound, and once it will do, it is the answer.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from trainsched.domain.funding import HeiPlaces
from trainsched.expansion.money import most_extra_places
from trainsched.expansion.offer import Choice, Group, Offer, PostPlace
from trainsched.expansion.trial import Trials, Tried, is_monotone

MOST_ROUNDS = 200
Expression = cp_model.LinearExprT


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of a purchase. Weights by programme; money in pounds a year.

    Either every target is met (``all_targets``), or at least ``least_weight`` in all, or as much
    as ``budget`` allows.
    """

    all_targets: bool = True
    least_weight: int = 0
    budget: int | None = None
    with_salaries: bool = False
    weights: Mapping[str, int] = field(default_factory=dict)

    def weight(self, programme: str) -> int:
        """What one starter of the programme counts."""
        return self.weights.get(programme, 1)


@dataclass(frozen=True, slots=True)
class Bought:
    """A choice, what it costs, and how it was shared out."""

    choice: Choice
    posts_pounds: int
    places_pounds: int
    salaries_pounds: int
    places: tuple[tuple[HeiPlaces, int, int], ...]
    """Row of the workbook, places needed, and extra ones among them."""
    hosted: tuple[int, ...]
    """Starters for each target."""
    weight: int

    @property
    def pounds(self) -> int:
        """All of it."""
        return self.posts_pounds + self.places_pounds + self.salaries_pounds


@dataclass(frozen=True, slots=True)
class Result:
    """``bought`` is confirmed by ``tried``. The bounds are proved; they are of the whole wish.

    ``is_impossible``: no choice at all will do.
    """

    bought: Bought | None
    tried: Tried | None
    least_pounds: int
    most_weight: int
    is_impossible: bool = False
    is_proved: bool = False


@dataclass(slots=True)
class Master:
    """Keeps what is known of one offer, for one wish after another."""

    offer: Offer
    trials: Trials
    say: Callable[[str], None]
    refused: list[Choice] = field(default_factory=list)
    settled: dict[Choice, Tried] = field(default_factory=dict)
    open_choices: set[Choice] = field(default_factory=set)

    def fulfil(self, wish: Wish) -> Result:
        """The least money for the wish; for a budget, the most weight and then the least money."""
        if wish.budget is None:
            return self._search(wish)
        first = self._search(wish)
        if first.bought is None or not first.is_proved:
            return first
        cheaper = Wish(
            all_targets=False,
            least_weight=first.bought.weight,
            with_salaries=wish.with_salaries,
            weights=wish.weights,
        )
        second = self._search(cheaper)
        if second.bought is None:
            return first
        return Result(
            second.bought,
            second.tried,
            second.least_pounds,
            first.most_weight,
            is_proved=second.is_proved,
        )

    def _search(self, wish: Wish) -> Result:
        """Try the best choice that is still allowed, until one will do.

        A choice that could not be settled is set aside: its figures still count for the bound,
        and the search goes on for the best one that can be confirmed.
        """
        aside: list[Choice] = []
        bound: Bought | None = None
        for _ in range(MOST_ROUNDS):
            model = _MasterModel(self.offer, wish, [*self.refused], aside)
            bought = model.solve()
            if bought is None:
                none_left = not aside
                return Result(
                    None,
                    None,
                    bound.pounds if bound else 0,
                    bound.weight if bound else 0,
                    is_impossible=none_left,
                    is_proved=none_left,
                )
            if not aside:
                bound = bought
            assert bound is not None  # noqa: S101 - set in the first round
            tried = self.attempt(bought.choice)
            if tried.fits:
                return Result(bought, tried, bound.pounds, bound.weight, is_proved=not aside)
            if tried.fits is None:
                if self.trials.asker.engine.is_spent:
                    break
                aside.append(bought.choice)
        return Result(None, None, bound.pounds if bound else 0, bound.weight if bound else 0)

    def attempt(self, choice: Choice) -> Tried:
        """Try a choice, and learn from it if it will not do."""
        known = self.settled.get(choice)
        if known is not None:
            return known
        self.say(f"trying {described(choice)}")
        tried = self.trials.attempt(choice)
        if tried.fits is False:
            self.refused.append(self.trials.strengthened(choice))
        if tried.fits is not None:
            self.settled[choice] = tried
        return tried


def described(choice: Choice) -> str:
    """A choice in a few words, for progress."""
    who = sum(number for _, number in choice.starters)
    posts = ", ".join(f"{number} x {post} in {where}" for (post, where), number in choice.units)
    return f"{who} starters with {posts or 'no further posts'}"


class _MasterModel:
    """One small model over counts."""

    def __init__(
        self, offer: Offer, wish: Wish, refused: list[Choice], aside: list[Choice]
    ) -> None:
        self.offer = offer
        self.wish = wish
        self.model = cp_model.CpModel()
        model = self.model
        most: dict[Group, int] = dict.fromkeys(offer.groups, 0)
        for target in offer.targets:
            for group in most:
                if group[0] == target.programme and group[1] in offer.departments_of(target):
                    most[group] += target.intake
        self.starters = {g: model.new_int_var(0, n, f"starters[{g}]") for g, n in most.items()}
        self.units = {p: model.new_int_var(0, n, f"units[{p}]") for p, n in offer.places.items()}
        for post in offer.organisation.posts:
            if post.max_posts is not None:
                mine = [u for (name, _), u in self.units.items() if name == post.post]
                model.add(sum(mine) <= post.max_posts)
        self.shares = self._share_targets()
        self.rows: list[tuple[HeiPlaces, cp_model.IntVar, cp_model.IntVar]] = []
        self._take_places()
        for choice in refused:
            self._refuse(choice, with_more_starters_too=is_monotone(offer))
        for choice in aside:
            self._refuse(choice, with_more_starters_too=False, with_fewer_posts_too=False)

    def _share_targets(self) -> dict[tuple[int, str], cp_model.IntVar]:
        shares: dict[tuple[int, str], cp_model.IntVar] = {}
        for number, target in enumerate(self.offer.targets):
            for department in self.offer.departments_of(target):
                shares[number, department] = self.model.new_int_var(
                    0, target.intake, f"share[{number},{department}]"
                )
            mine = [v for (n, _), v in shares.items() if n == number]
            if self.wish.all_targets:
                self.model.add(sum(mine) == target.intake)
            elif mine:
                self.model.add(sum(mine) <= target.intake)
        for programme, department in {(g[0], g[1]) for g in self.starters}:
            there = [v for g, v in self.starters.items() if g[:2] == (programme, department)]
            wanted = [
                v
                for (n, d), v in shares.items()
                if d == department and self.offer.targets[n].programme == programme
            ]
            self.model.add(sum(there) == sum(wanted))
        return shares

    def _take_places(self) -> None:
        for programme in sorted({target.programme for target in self.offer.targets}):
            rows = self.offer.rows(programme)
            wanted = sum(t.intake for t in self.offer.targets if t.programme == programme)
            for group in self.offer.universities(programme):
                taken: list[cp_model.LinearExprT] = []
                for hei in group:
                    used, extra = self._take_row(rows[hei], wanted)
                    self.rows.append((rows[hei], used, extra))
                    taken += [used, extra]
                going = [
                    v for g, v in self.starters.items() if g[0] == programme and g[2] == group[0]
                ]
                self.model.add(sum(taken) == sum(going))

    def _take_row(self, row: HeiPlaces, wanted: int) -> tuple[cp_model.IntVar, cp_model.IntVar]:
        limit = most_extra_places(row)
        most = wanted if limit is None else min(limit, wanted)
        used = self.model.new_int_var(0, min(row.places, wanted), f"places[{row.hei}]")
        extra = self.model.new_int_var(0, most, f"extra[{row.hei}]")
        # Extra places come only once the ordinary ones are gone, whichever are dearer.
        buys = self.model.new_bool_var(f"buys[{row.hei}]")
        self.model.add(extra <= most * buys)
        self.model.add(used >= min(row.places, wanted + 1) * buys)
        return used, extra

    def _refuse(
        self, choice: Choice, *, with_more_starters_too: bool, with_fewer_posts_too: bool = True
    ) -> None:
        """At least one post more, or one starter fewer.

        Else, if the others are not refused with it: or one starter more, or one post fewer.
        """
        units, starters = dict(choice.units), dict(choice.starters)
        ways: list[cp_model.IntVar] = []
        for place, unit in self.units.items():
            ways.append(self._holds(unit, units.get(place, 0), more=True))
            if not with_fewer_posts_too:
                ways.append(self._holds(unit, units.get(place, 0), more=False))
        for group, starter in self.starters.items():
            ways.append(self._holds(starter, starters.get(group, 0), more=False))
            if not with_more_starters_too:
                ways.append(self._holds(starter, starters.get(group, 0), more=True))
        self.model.add_bool_or(ways)

    def _holds(self, count: cp_model.IntVar, number: int, *, more: bool) -> cp_model.IntVar:
        literal = self.model.new_bool_var("")
        condition = count >= number + 1 if more else count <= number - 1
        self.model.add(condition).only_enforce_if(literal)
        return literal

    def solve(self) -> Bought | None:
        """The best choice; None when no choice is left."""
        posts = sum(
            self.offer.prices.of_post(self.offer.posts[post]) * unit
            for (post, _), unit in self.units.items()
        )
        prices = self.offer.prices
        places = sum(
            prices.of_place(row, is_extra=False) * used
            + prices.of_place(row, is_extra=True) * extra
            for row, used, extra in self.rows
        )
        salaries = sum(
            self.offer.money_for_starter(group[0]) * starter
            for group, starter in self.starters.items()
        )
        weight = sum(self.wish.weight(g[0]) * starter for g, starter in self.starters.items())
        pounds = posts + places + (salaries if self.wish.with_salaries else 0)
        if self.wish.least_weight:
            self.model.add(weight >= self.wish.least_weight)
        if self.wish.budget is not None:
            self.model.add(pounds <= self.wish.budget)
            self.model.maximize(weight)
        else:
            self.model.minimize(pounds)
        solver = cp_model.CpSolver()
        solver.parameters.catch_sigint_signal = False
        solver.parameters.num_workers = 1
        status = solver.solve(self.model)
        if status == cp_model.INFEASIBLE:
            return None
        if status != cp_model.OPTIMAL:  # no limit was set
            raise RuntimeError("the choice of starters and posts was not proved best")
        value = solver.value
        return Bought(
            choice=Choice.of(
                {g: value(v) for g, v in self.starters.items()},
                {p: value(v) for p, v in self.units.items()},
            ),
            posts_pounds=value(posts),
            places_pounds=value(places),
            salaries_pounds=value(salaries) if self.wish.with_salaries else 0,
            places=tuple((row, value(u) + value(e), value(e)) for row, u, e in self.rows),
            hosted=tuple(
                sum(value(v) for (n, _), v in self.shares.items() if n == number)
                for number in range(len(self.offer.targets))
            ),
            weight=value(weight),
        )


def post_place_words(place: PostPlace) -> str:
    """A post and where it is."""
    return f"{place[0]} in {place[1]}"
