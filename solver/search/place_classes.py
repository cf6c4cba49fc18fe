"""Insertion of classes: heads of one site gathered into sessions, each where it costs least."""

from __future__ import annotations

from dataclasses import dataclass

from allocator.plan import Group, Session
from solver.search import bits
from solver.search.diary import ANYWHERE
from solver.search.ledger import Ledger
from solver.search.matching import fill
from solver.search.offers import Offer, Offers
from solver.search.taste import Taste

EVENTS = 16
"""Starts looked at for one session."""


@dataclass(slots=True)
class _Teacher:
    """One person for one line of a course's trainers, at some starts."""

    offer: Offer
    starts: int
    price: float


@dataclass(slots=True)
class _Setting:
    """What sessions of one course at one site are made of, as the ledger stands."""

    course: int
    site: int
    audiences: list[int]
    rooms: list[tuple[int, int, int]]
    """(room, seats, starts), cheapest first."""
    lines: list[list[_Teacher]]
    opens: int


class ClassPlacer:
    """Finds sessions for the heads that still need a seat."""

    def __init__(self, ledger: Ledger, offers: Offers) -> None:
        self.ledger = ledger
        self.offers = offers
        self.problem = ledger.problem
        candidates = ledger.candidates
        self.sites: dict[tuple[int, int], list[int]] = {}
        """(course, site) -> audiences that need the course there."""
        for audience, course in candidates.needs():
            self.sites.setdefault((course, candidates.site_of(audience)), []).append(audience)
        self._rooms = {
            key: sorted(
                candidates.rooms(*key),
                key=lambda room: (self.problem.rooms[room].cents_per_hour, room),
            )
            for key in self.sites
        }

    def missing(self, course: int, site: int) -> int:
        """Heads without a seat in a course at a site."""
        need = self.ledger.classes.need
        return sum(need[audience, course] for audience in self.sites[course, site])

    def place(self, course: int, site: int, taste: Taste) -> None:
        """Seat as many heads of a site in a course as possible."""
        if self.missing(course, site):
            self.top_up(course, site)
        while self.missing(course, site):
            session = self.find(course, site, taste)
            if session is None:
                break
            self.ledger.add_session(session)
        if self.missing(course, site):
            self.top_up(course, site)

    def find(self, course: int, site: int, taste: Taste) -> Session | None:
        """One more session of a course at a site, for whoever can be seated best."""
        setting = self._setting(course, site, taste)
        if setting is None:
            return None
        need = self.ledger.classes.need
        leads = [it for it in setting.audiences if need[it, course] > 0]
        named = {it for it in leads if self.problem.audiences[it].members}
        weights = {it: need[it, course] * (1.0 + taste.noise * taste.rng.random()) for it in leads}
        leads.sort(key=lambda it: (it not in named, -weights[it]))
        for lead in leads:
            session = self._session(setting, lead, taste)
            if session is not None:
                return session
        return None

    def _setting(self, course: int, site: int, taste: Taste) -> _Setting | None:
        ledger, what = self.ledger, self.problem.courses[course]
        opens = 0
        if what.materials is not None and self.problem.tasks[what.materials].finished is None:
            booking = ledger.tasks[what.materials]
            if booking is None:
                return None
            opens = booking.end
        present = ledger.classes.at_site[course, site]
        if len(present) == 1:
            only = ledger.classes.sessions[next(iter(present))]
            if only.heads < what.smallest:
                return None
        rooms = []
        for room in self._rooms[course, site]:
            starts = self.offers.room(room, what.length) & ~ledger.rooms[room].blocked(what.length)
            rooms.append((room, min(what.largest, self.problem.rooms[room].seats), starts))
        at = ANYWHERE if what.virtual else site
        lines = []
        for offers, line in zip(self.offers.teachers(course), what.trainers, strict=True):
            able = []
            for offer in offers:
                diary = ledger.diaries[offer.person]
                starts = offer.starts & ~diary.blocked(what.length, at, False)
                if starts and not (taste.blink and taste.rng.random() < taste.blink):
                    able.append(_Teacher(offer, starts, self._price(offer.person, course, taste)))
            if len(able) < line.people:
                return None
            lines.append(sorted(able, key=lambda teacher: teacher.price))
        return _Setting(course, site, self.sites[course, site], rooms, lines, opens)

    def _price(self, person: int, course: int, taste: Taste) -> float:
        running, length = self.ledger.running, self.problem.courses[course].length
        price = length * self.problem.people[person].cents_per_hour * running.prices.cost
        price += running.unfair_price(person, length)
        if taste.scarce:
            price += taste.scarce * length * taste.scarcity[person]
        if taste.noise:
            price *= 1.0 + taste.noise * taste.rng.random()
        return price

    # One session ----------------------------------------------------------------------------

    def _session(self, setting: _Setting, lead: int, taste: Taste) -> Session | None:
        course = self.problem.courses[setting.course]
        starts = self.offers.group(lead, setting.course) & ~bits.span(0, setting.opens)
        for earlier in self.ledger.classes.before[lead, setting.course]:
            starts &= ~bits.span(0, self._first_ended(lead, earlier))
        if not course.virtual:
            free = 0
            for _, _, open_at in setting.rooms:
                free |= open_at
            starts &= free
        for teachers, line in zip(setting.lines, course.trainers, strict=True):
            speakers = [
                teacher.starts
                for teacher in teachers
                if self.ledger.candidates.speaks(teacher.offer.person, lead)
            ]
            if len(speakers) < line.people:
                return None
            starts &= bits.at_least(speakers, line.people)
        if not starts:
            return None
        events = bits.run_starts(starts)
        for teachers in setting.lines:
            for teacher in teachers:
                events |= bits.run_starts(teacher.starts & starts)
        for _, _, open_at in setting.rooms:
            events |= bits.run_starts(open_at & starts)
        for earlier in self.ledger.classes.before[lead, setting.course]:
            for _, end, _ in self.ledger.classes.of_cell[lead, earlier].values():
                events |= (1 << end) & starts
        return self._best(setting, lead, events, taste)

    def _first_ended(self, audience: int, course: int) -> int:
        """When the first heads of an audience have ended a course."""
        cells = self.ledger.classes.of_cell[audience, course].values()
        group = self.problem.audiences[audience]
        ends = [end for _, end, _ in cells]
        ends += [record.at for record in group.trained if record.course == course]
        return max(0, min(ends, default=self.problem.horizon))

    def _best(self, setting: _Setting, lead: int, events: int, taste: Taste) -> Session | None:
        best: Session | None = None
        least = float("inf")
        seen = 0
        first = -1
        day = 24 * self.problem.axis.slots_per_hour
        for start in bits.each(events):
            found = self._gathered(setting, lead, start)
            if found is None:
                continue
            session, price, seats = found
            if first < 0:
                first = start
            # An empty seat is worth its share of a session; so is a day of waiting, in part.
            price = price * (1.0 + taste.patience * (start - first) / day) / session.heads
            if taste.noise:
                price *= 1.0 + taste.noise * taste.rng.random()
            if price < least:
                best, least = session, price
            seen += 1
            if seen >= EVENTS or (session.heads >= seats and not taste.noise):
                break
        return best

    def _gathered(
        self, setting: _Setting, lead: int, start: int
    ) -> tuple[Session, float, int] | None:
        """The session that could start at a slot: (session, its price, seats it could have)."""
        ledger, course = self.ledger, self.problem.courses[setting.course]
        end = start + course.length
        rooms = [room for room in setting.rooms if room[2] >> start & 1]
        seats = course.largest
        if not course.virtual:
            seats = max((room[1] for room in rooms), default=0)
        speakers = self._speakers(setting.course, setting.lines, lead, start, end)
        if speakers is None:
            return None
        total = self.missing(setting.course, setting.site)
        spare: dict[int, int] = {}
        groups: list[Group] = []
        left = seats
        others = sorted(
            (it for it in setting.audiences if it != lead),
            key=lambda it: -ledger.classes.need[it, setting.course],
        )
        for audience in [lead, *others]:
            if not left:
                break
            if ledger.classes.need[audience, setting.course] <= 0:
                continue
            group = self._group(setting.course, audience, start, left, spare)
            if group is None:
                if audience == lead:
                    return None
                continue
            if audience != lead:
                narrowed = self._speakers(setting.course, speakers, audience, start, end)
                if narrowed is None:
                    continue
                speakers = narrowed
            groups.append(group)
            spare[self.problem.audiences[audience].department] -= group.heads
            left -= group.heads
        heads = seats - left
        remains = total - heads
        if 0 < remains < course.smallest <= heads - (course.smallest - remains):
            groups = _without(groups, course.smallest - remains)
            heads -= course.smallest - remains
        if heads < course.smallest and (
            remains or ledger.classes.at_site[setting.course, setting.site]
        ):
            return None
        learners = {person for group in groups for person in group.members}
        trainers = self._crew(setting.course, speakers, learners)
        if trainers is None:
            return None
        price = sum(teacher.price for teacher in trainers)
        room = None
        if not course.virtual:
            room = next(number for number, size, _ in rooms if size >= heads)
            rate = self.problem.rooms[room].cents_per_hour
            price += rate * course.length * ledger.running.prices.cost
        people = tuple(sorted(teacher.offer.person for teacher in trainers))
        session = Session(setting.course, room, start, end, people, tuple(groups))
        if not self.in_budget(session):
            return None
        return session, price, min(seats, total)

    def _crew(
        self, course: int, lines: list[list[_Teacher]], learners: set[int]
    ) -> list[_Teacher] | None:
        """The cheapest trainers, all different and none of them a learner of the class."""
        seats = [
            [t.offer.person for t in teachers if t.offer.person not in learners]
            for teachers, line in zip(lines, self.problem.courses[course].trainers, strict=True)
            for _ in range(line.people)
        ]
        people = fill(seats)
        if people is None:
            return None
        known = {teacher.offer.person: teacher for teachers in lines for teacher in teachers}
        return [known[person] for person in people]

    def in_budget(self, session: Session) -> bool:
        """Whether the project's budget has room for a session."""
        course = self.problem.courses[session.course]
        rate = sum(self.problem.people[person].cents_per_hour for person in session.trainers)
        if session.room is not None:
            rate += self.problem.rooms[session.room].cents_per_hour
        return self.ledger.running.affordable(course.project, rate * course.length)

    def _speakers(
        self, course: int, lines: list[list[_Teacher]], audience: int, start: int, end: int
    ) -> list[list[_Teacher]] | None:
        """Trainers free at a start who speak an audience's language too."""
        found = []
        for teachers, line in zip(lines, self.problem.courses[course].trainers, strict=True):
            able = [
                teacher
                for teacher in teachers
                if teacher.starts >> start & 1
                and self.ledger.candidates.speaks(teacher.offer.person, audience)
                and self.ledger.diaries[teacher.offer.person].fits(start, end, "trainer")
                and (
                    not teacher.offer.earns
                    or self.ledger.masters(teacher.offer.person, line.skill, line.level, start, end)
                )
            ]
            if len(able) < line.people:
                return None
            found.append(able)
        return found

    def _group(
        self, course: int, audience: int, start: int, left: int, spare: dict[int, int]
    ) -> Group | None:
        """Heads of an audience for a session at a start: at most `left`."""
        classes = self.ledger.classes
        end = start + self.problem.courses[course].length
        if not self.offers.group(audience, course) >> start & 1:
            return None
        department = self.problem.audiences[audience].department
        if department not in spare:
            spare[department] = classes.room_in_department(department, start, end)
        left = min(left, spare[department])
        if left <= 0:
            return None
        if self.problem.audiences[audience].members:
            members = self._members(course, audience, start, end)[:left]
            return Group(audience, len(members), tuple(members)) if members else None
        heads = min(left, classes.admissible(audience, course, start, end))
        return Group(audience, heads) if heads > 0 else None

    def _members(self, course: int, audience: int, start: int, end: int) -> list[int]:
        """Named learners who can attend a course in [start, end)."""
        what = self.problem.courses[course]
        site = ANYWHERE if what.virtual else self.ledger.candidates.site_of(audience)
        found = []
        for person in self.ledger.candidates.untrained_members(audience, course):
            diary = self.ledger.diaries[person]
            if (
                self.offers.learner(person, what.length) >> start & 1
                and not diary.blocked(what.length, site, False) >> start & 1
                and diary.fits(start, end, "learner")
                and self.ledger.classes.may_attend(audience, course, person, start, end)
            ):
                found.append(person)
        return found

    # More heads in sessions that are there --------------------------------------------------

    def top_up(self, course: int, site: int) -> None:
        """Fill empty seats of planned sessions with heads that still need one."""
        ledger = self.ledger
        for number in sorted(ledger.classes.at_site[course, site]):
            if number in ledger.fixed_sessions:
                continue
            session = ledger.classes.sessions[number]
            fuller = self._fuller(session, site)
            if fuller is not None:
                ledger.remove_session(number)
                ledger.add_session(fuller)
            if not self.missing(course, site):
                break

    def _fuller(self, session: Session, site: int) -> Session | None:
        course = self.problem.courses[session.course]
        seats = course.largest
        if session.room is not None:
            seats = min(seats, self.problem.rooms[session.room].seats)
        left = seats - session.heads
        groups = {group.audience: group for group in session.groups}
        spare: dict[int, int] = {}
        for audience in self.sites[session.course, site]:
            if left <= 0:
                break
            if self.ledger.classes.need[audience, session.course] <= 0 or not all(
                self.ledger.candidates.speaks(person, audience) for person in session.trainers
            ):
                continue
            more = self._group(session.course, audience, session.start, left, spare)
            if more is None or set(more.members) & set(session.trainers):
                continue
            known = groups.get(audience, Group(audience, 0))
            groups[audience] = Group(
                audience, known.heads + more.heads, known.members + more.members
            )
            spare[self.problem.audiences[audience].department] -= more.heads
            left -= more.heads
        if left == seats - session.heads:
            return None
        return Session(
            session.course,
            session.room,
            session.start,
            session.end,
            session.trainers,
            tuple(groups.values()),
        )


def _without(groups: list[Group], heads: int) -> list[Group]:
    """Groups with so many heads fewer, taken from the last ones."""
    kept = list(groups)
    while heads:
        last = kept.pop()
        fewer = min(heads, last.heads)
        heads -= fewer
        if last.heads > fewer:
            members = last.members[: len(last.members) - fewer] if last.members else ()
            kept.append(Group(last.audience, last.heads - fewer, members))
    return kept
