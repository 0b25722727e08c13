"""Capacity as a whole: hosting limits, what the targets take, and the plan that proves it."""

from dataclasses import dataclass, field
from pathlib import Path

from trainsched.declared import Costs
from trainsched.domain.capacity import (
    Capacity,
    HostingLimit,
)
from trainsched.domain.findings import Finding
from trainsched.domain.funding import Target
from trainsched.domain.organisation import Organisation
from trainsched.domain.plan import Plan
from trainsched.expansion.binding import binding_places, most_valuable_first
from trainsched.expansion.duties_only import cheapest_staffing, is_about_duties_only
from trainsched.expansion.facts import add_holders, add_starters
from trainsched.expansion.master import Bought, Master, Result, Wish
from trainsched.expansion.memory import Memory
from trainsched.expansion.money import PriceList
from trainsched.expansion.offer import Choice, Offer
from trainsched.expansion.proof import (
    FOR_THE_REST,
    FOR_THE_REST_OF_ONE_OF_MANY,
    prove,
    prove_cover,
)
from trainsched.expansion.questions import Asker
from trainsched.expansion.side_by_side import binding_limits, hosting_limits
from trainsched.expansion.trial import Trials, Tried
from trainsched.expansion.year_answer import (
    YearAnswer,
    annual_cost,
    dearest,
    hei_answers,
    post_answers,
    reasons_out_of_reach,
    target_answers,
)
from trainsched.planning.engine import Engine

SEPTEMBER = 9


@dataclass(slots=True)
class CapacityOutcome:
    """The answer, with the organisations and plans that prove it."""

    capacity: Capacity
    years: tuple[YearAnswer, ...]
    rejected: tuple[Finding, ...] = ()
    """What the checker found wrong with the plans behind hosting limits."""

    @property
    def proof(self) -> YearAnswer | None:
        """The dearest year, whose plan stands for the answer."""
        return dearest(self.years)


@dataclass(slots=True)
class Inquiry:
    """One run of capacity or funding: the engine, what is remembered, and who is told."""

    organisation: Organisation
    costs: Costs
    engine: Engine
    cache: Path | None = None
    asker: Asker = field(init=False)

    def __post_init__(self) -> None:
        """Set up."""
        self.asker = Asker(self.engine, Memory(self.cache))

    def say(self, message: str) -> None:
        """Tell whoever listens."""
        self.engine.say(message)

    def offer(self, year: int, targets: tuple[Target, ...]) -> Offer:
        """What may be bought for these targets."""
        return Offer(self.organisation, year, targets, PriceList(self.costs))

    def master(self, offer: Offer) -> Master:
        """A search for what to buy."""
        return Master(offer, Trials(offer, self.asker), self.say)

    def years(self) -> list[int]:
        """The academic years of the targets, or the one in which the plan begins."""
        return sorted({t.year for t in self.organisation.targets}) or [
            academic_year(self.organisation)
        ]

    # The answers

    def capacity(self, *, with_hosting: bool = True, with_limits: bool = True) -> CapacityOutcome:
        """Everything that `trainsched capacity` shows."""
        found: list[HostingLimit] = []
        is_asked = self.organisation.asks_for_more
        if with_hosting and not is_asked:
            found = hosting_limits(self.organisation, self.asker, self.cache, self.say)
        years = tuple(self.answer_for(year) for year in self.years())
        if with_hosting and is_asked and not self.engine.is_spent:
            found = hosting_limits(self.organisation, self.asker, self.cache, self.say)
        binding = binding_places(years) if with_limits else []
        if with_limits and found:
            binding += binding_limits(self.organisation, found, self.asker, self.cache, self.say)
        return CapacityOutcome(
            Capacity(
                hosting=tuple(sorted(found, key=lambda h: (h.department, h.programme, h.view))),
                targets=tuple(answer for year in years for answer in target_answers(year)),
                posts=tuple(answer for year in years for answer in post_answers(year)),
                hei_places=tuple(answer for year in years for answer in hei_answers(year)),
                annual_cost=annual_cost(years),
                binding_limits=most_valuable_first(binding),
            ),
            years,
            tuple(self.asker.rejected),
        )

    def answer_for(self, year: int) -> YearAnswer:
        """The least cost of all targets of one year; if they cannot all be met, of the most."""
        targets = tuple(t for t in self.organisation.targets if t.year == year)
        offer = self.offer(year, targets)
        if is_about_duties_only(offer):
            return self._duties_only(offer)
        master = self.master(offer)
        self.say(f"least cost for {year}")
        result = master.fulfil(Wish())
        if result.bought is None and result.is_impossible and any(t.intake for t in targets):
            self.say(f"most starters for {year}, whatever it costs")
            most = master.fulfil(Wish(all_targets=False, budget=everything(offer)))
            answer = self.proved(offer, most, f"{year}")
            answer.is_impossible = True
            answer.reasons = reasons_out_of_reach(answer)
            return answer
        if targets and result.bought is not None:
            self.say(_cost_in_words(year, result.bought.pounds, result.least_pounds))
        return self.proved(offer, result, f"{year}")

    def proved(
        self, offer: Offer, result: Result, name: str, *, is_one_of_many: bool = False
    ) -> YearAnswer:
        """The result with its plan; one of many plans may leave more of what need not be placed."""
        answer = YearAnswer(
            offer.year,
            offer,
            result.bought,
            result.least_pounds,
            is_impossible=result.is_impossible,
            is_proved=result.is_proved,
        )
        if result.bought is None or result.tried is None:
            return answer
        self.say(f"the plan that proves {name}")
        answer.holders = result.tried.holders
        with_posts = add_holders(offer.organisation, offer.posts, answer.holders)
        answer.scenario = add_starters(with_posts, result.bought.choice.people())
        most = FOR_THE_REST_OF_ONE_OF_MANY if is_one_of_many else FOR_THE_REST
        answer.plan = self.plan_of(answer.scenario, result.tried, most)
        if is_one_of_many:
            return answer
        answer.fails_without = self._fails_without(offer, answer, result.bought.choice)
        return answer

    def _fails_without(self, offer: Offer, answer: YearAnswer, choice: Choice) -> dict[str, str]:
        """For each post, what fails with one unit fewer; its days stay those of the others."""
        found: dict[str, str] = {}
        for (post, department), _ in choice.units:
            if self.engine.is_spent:
                break
            mine = [h for h in answer.holders if (h.post, h.department) == (post, department)]
            left = [h for h in answer.holders if h != mine[-1]]
            with_posts = add_holders(offer.organisation, offer.posts, left)
            self.say(f"without one {post} in {department}")
            words = self.asker.what_fails(add_starters(with_posts, choice.people()))
            if words:
                found[f"{post} in {department}"] = words
        return found

    def plan_of(self, scenario: Organisation, tried: Tried, most: float) -> Plan:
        """The whole plan of a scenario all of whose musts can be placed."""
        placing = tried.placing
        if placing is None or placing.problem is None:
            begin = self.asker.standing(self.organisation)
            placing = self.asker.every_must(scenario, with_sessions=True, begin=begin)
        if placing.problem is None:
            raise RuntimeError("what was proved to fit could not be planned again")
        return prove(scenario, placing.problem, placing.sessions, self.engine, most=most)

    def _duties_only(self, offer: Offer) -> YearAnswer:
        self.say("fewest posts for all duties")
        staffing = cheapest_staffing(offer, self.engine)
        answer = YearAnswer(
            offer.year,
            offer,
            None,
            staffing.least_pounds,
            is_impossible=staffing.is_impossible,
            is_proved=staffing.is_proved,
            reasons=(staffing.reason,) if staffing.reason else (),
        )
        if staffing.pounds is None or staffing.problem is None:
            return answer
        answer.bought = Bought(
            staffing.choice, staffing.pounds, 0, 0, (), (0,) * len(offer.targets), 0
        )
        answer.holders = staffing.holders
        answer.scenario = add_holders(offer.organisation, offer.posts, staffing.holders)
        if staffing.is_proved:
            fails = f"no posts for less than £{staffing.pounds:,} a year fill every duty"
            answer.fails_without = {
                f"{post} in {department}": fails
                for (post, department), _ in staffing.choice.units
                if offer.prices.of_post(offer.posts[post])
            }
        answer.plan = prove_cover(answer.scenario, staffing.problem, staffing.filled, self.engine)
        return answer


def _cost_in_words(year: int, pounds: int, least: int) -> str:
    """What the targets of a year cost, for those who wait for the rest."""
    if least >= pounds:
        return f"{year}: £{pounds:,} a year is the least cost, proved"
    return f"{year}: £{pounds:,} a year found, at least £{least:,}"


def everything(offer: Offer) -> int:
    """More money than can be spent."""
    posts = sum(
        offer.prices.of_post(offer.posts[post]) * most for (post, _), most in offer.places.items()
    )
    starters = sum(
        target.intake * (offer.money_for_starter(target.programme) + 1) for target in offer.targets
    )
    places = sum(
        t.intake * max(offer.prices.of_place(row, is_extra=False),
                       offer.prices.of_place(row, is_extra=True))
        for t in offer.targets
        for row in offer.rows(t.programme).values()
    )  # fmt: skip
    return posts + starters + places


def academic_year(organisation: Organisation) -> int:
    """The academic year in which the plan begins."""
    day = organisation.calendar.start_date
    return day.year if day.month >= SEPTEMBER else day.year - 1
