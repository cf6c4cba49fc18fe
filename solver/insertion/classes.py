"""Insertion of classes: heads of one site gathered into sessions, each where it costs least."""

from __future__ import annotations

from allocator.plan import Group, Session
from solver.candidates import bits
from solver.insertion.offers import Offers
from solver.insertion.policy import InsertionPolicy
from solver.insertion.rooms_and_trainers import Setting, Teacher
from solver.insertion.seating import Seating, named, without
from solver.ledger.ledger import Ledger

EVENTS = 16
"""Starts looked at for one session."""

RARE_FIRST = 0.6
"""How often, under noise, those go first whose language few trainers speak; else the most heads."""


class ClassPlacer:
    """Finds sessions for the heads that still need a seat."""

    def __init__(self, ledger: Ledger, offers: Offers) -> None:
        self.ledger = ledger
        self.offers = offers
        self.problem = ledger.problem
        self.seating = Seating(ledger, offers)
        candidates = ledger.candidates
        self.sites: dict[tuple[int, int], list[int]] = {}
        """(course, site) -> audiences that need the course there."""
        for audience, course in candidates.needs():
            self.sites.setdefault((course, candidates.site_of(audience)), []).append(audience)
        self.rooms = {
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

    def setting(self, course: int, site: int, policy: InsertionPolicy) -> Setting:
        """Rooms and trainers of a course at a site, as the ledger stands."""
        key = (course, site)
        return Setting(self.ledger, self.offers, key, self.rooms[key], policy)

    def place(self, course: int, site: int, policy: InsertionPolicy) -> None:
        """Seat as many heads of a site in a course as possible."""
        if not self.missing(course, site):
            return
        self.top_up(course, site, published=False)
        opens = self.opens(course)
        if opens is not None and self.missing(course, site):
            setting = self.setting(course, site, policy)
            while not self.only_one(course, site) and self.missing(course, site):
                session = self._next(setting, opens, policy)
                if session is None:
                    break
                self.ledger.add_session(session)
                rooms = () if session.room is None else (session.room,)
                setting.refresh({*session.trainers, *named(session.groups)}, rooms)
        if self.missing(course, site):
            self.top_up(course, site, published=True)

    def top_up(self, course: int, site: int, *, published: bool) -> None:
        """Fill empty seats of planned sessions with heads that still need one.

        A class is another one with more heads: of `published` ones only
        where there is no other way.
        """
        ledger = self.ledger
        for number in sorted(ledger.classes.at_site[course, site]):
            session = ledger.classes.sessions[number]
            if number in ledger.fixed_sessions or (
                not published and ledger.running.published_session(session)
            ):
                continue
            fuller = self.seating.fuller(session, self.sites[course, site])
            if fuller is not None:
                ledger.remove_session(number)
                ledger.add_session(fuller)
            if not self.missing(course, site):
                break

    def opens(self, course: int) -> int | None:
        """When the materials of a course are ready; None if they are left open."""
        materials = self.problem.courses[course].materials
        if materials is None or self.problem.tasks[materials].finished is not None:
            return 0
        booking = self.ledger.tasks[materials]
        return None if booking is None else booking.end

    def only_one(self, course: int, site: int) -> bool:
        """Whether a session is planned that may be so small only while it is the only one."""
        present = self.ledger.classes.at_site[course, site]
        smallest = self.problem.courses[course].smallest
        sessions = self.ledger.classes.sessions
        return any(sessions[number].heads < smallest for number in present)

    def _next(self, setting: Setting, opens: int, policy: InsertionPolicy) -> Session | None:
        """One more session, for whoever can be seated best."""
        course, need = setting.course, self.ledger.classes.need
        leads = [it for it in self.sites[course, setting.site] if need[it, course] > 0]
        weights = {
            it: need[it, course] * (1.0 + policy.noise * policy.rng.random()) for it in leads
        }
        rare = not policy.noise or policy.rng.random() < RARE_FIRST
        leads.sort(
            key=lambda it: (
                not self.problem.audiences[it].members,
                setting.speaking(it) if rare else 0,
                -weights[it],
            )
        )
        for lead in leads:
            session = self._session(setting, lead, opens, policy)
            if session is not None:
                return session
        return None

    # One session ----------------------------------------------------------------------------

    def _session(
        self, setting: Setting, lead: int, opens: int, policy: InsertionPolicy
    ) -> Session | None:
        classes = self.ledger.classes
        before = classes.before[lead, setting.course]
        opens = max([opens, *(classes.first_ended(lead, earlier) for earlier in before)])
        allowed = self.offers.group(lead, setting.course) >> opens << opens
        starts, events = setting.starts(lead, allowed)
        if not starts:
            return None
        for earlier in before:
            for _, end, _ in classes.of_cell[lead, earlier].values():
                events |= (1 << end) & starts
        return self._best(setting, lead, events, policy)

    def _best(
        self, setting: Setting, lead: int, events: int, policy: InsertionPolicy
    ) -> Session | None:
        best: Session | None = None
        least = float("inf")
        seen = 0
        first = -1
        day = 24 * self.problem.axis.slots_per_hour
        need, course = self.ledger.classes.need, setting.course
        others = [it for it in self.sites[course, setting.site] if it != lead and need[it, course]]
        others.sort(key=lambda it: -need[it, course])
        for start in bits.each(events):
            found = self.gathered(setting, lead, others, start)
            if found is None:
                continue
            session, price, seats = found
            if first < 0:
                first = start
            # An empty seat is worth its share of a session; so is a day of waiting, in part.
            price = price * (1.0 + policy.patience * (start - first) / day) / session.heads
            if policy.noise:
                price *= 1.0 + policy.noise * policy.rng.random()
            if price < least:
                best, least = session, price
            seen += 1
            if seen >= EVENTS or (session.heads >= seats and not policy.noise):
                break
        return best

    def gathered(
        self, setting: Setting, lead: int, others: list[int], start: int
    ) -> tuple[Session, float, int] | None:
        """The session that could start at a slot: (session, its price, seats it could have)."""
        course = self.problem.courses[setting.course]
        places = setting.at(start)
        seats = course.largest
        if not course.virtual:
            seats = max((place.seats for place in places), default=0)
        speakers = setting.speakers(start, lead)
        if speakers is None:
            return None
        groups, speakers = self._groups(setting, [lead, *others], start, seats, speakers)
        if not groups:
            return None
        total = self.missing(setting.course, setting.site)
        heads = sum(group.heads for group in groups)
        remains = total - heads
        if 0 < remains < course.smallest <= heads - (course.smallest - remains):
            # Nobody may be left over who could not form a class any more.
            groups = without(groups, course.smallest - remains)
            heads -= course.smallest - remains
        if heads < course.smallest and (
            remains or self.ledger.classes.at_site[setting.course, setting.site]
        ):
            return None
        trainers = setting.crew(speakers, start, named(groups))
        if trainers is None:
            return None
        price = sum(teacher.price for teacher in trainers)
        room = None
        if not course.virtual:
            room = next(place.room for place in places if place.seats >= heads)
            rate = self.problem.rooms[room].cents_per_hour
            price += rate * course.length * self.ledger.running.prices.cost
        people = tuple(sorted(teacher.offer.person for teacher in trainers))
        end = start + course.length
        session = Session(setting.course, room, start, end, people, tuple(groups))
        if not self.affordable(session):
            return None
        return session, price, min(seats, total)

    def _groups(
        self,
        setting: Setting,
        wanting: list[int],
        start: int,
        seats: int,
        speakers: list[list[Teacher]],
    ) -> tuple[list[Group], list[list[Teacher]]]:
        """The first audience, then others of the site; and trainers who speak to all of them.

        The trainers given speak to the first.
        """
        course, audiences, lead = setting.course, self.problem.audiences, wanting[0]
        spoken = {audiences[lead].language, None}
        spare: dict[int, int] = {}
        groups: list[Group] = []
        for audience in wanting:
            group = None
            if self.seating.meets(course, audience, start):
                group = self.seating.group(course, audience, start, seats, spare, named(groups))
            if group is None:
                if audience == lead:
                    break
                continue
            if audiences[audience].language not in spoken:
                narrowed = setting.narrowed(speakers, audience)
                if narrowed is None:
                    continue
                speakers = narrowed
                spoken.add(audiences[audience].language)
            groups.append(group)
            spare[audiences[audience].department] -= group.heads
            seats -= group.heads
            if not seats:
                break
        return groups, speakers

    def affordable(self, session: Session) -> bool:
        """Whether the project's budget has room for a session."""
        course = self.problem.courses[session.course]
        rate = sum(self.problem.people[person].cents_per_hour for person in session.trainers)
        if session.room is not None:
            rate += self.problem.rooms[session.room].cents_per_hour
        return self.ledger.running.affordable(course.project, rate * course.length)
