"""Tiny instances of each family, written for these tests, and plans and solutions of them.

Three activities for two people: `two` needs both people, `late` comes after `early`.

early: 3 units, anyone with cooking; late: 2 units after early, baking; two: 4 units, both skills.
Ann (1) can cook and bake, Bob (2) can cook. So `two` takes both for 4 units, `early` and `late`
follow one another: early with either for 3, late with Ann for 2. Together at least 4 + 3 + 2 = 9.
"""

MSPSP = """
% a comment = [1,2];
nActs = 5;
dur = [0,3,2,4,0];
nSkills = 2; % cook, bake
sreq = [| 0,0,
  | 1,0,
  | 0,1,
  | 1,1,
  | 0,0, |];
nResources = 2;
mastery = [| true,true,
  | true,false, |];
nPrecs = 6;
pred = [1,1,2,3,4,2];
succ = [2,4,3,5,5,5];
USEFUL_RES = [{}, {1,2}, {1}, {1,2}, {}];
"""

MSPSP_SOLUTION = {
    "instance": "tiny",
    "makespan": 9,
    "tasks": [
        {"task": 1, "start": 0, "people": []},
        {"task": 2, "start": 4, "people": [2]},
        {"task": 3, "start": 7, "people": [1]},
        {"task": 4, "start": 0, "people": [1, 2]},
        {"task": 5, "start": 9, "people": []},
    ],
}

IMOPSE = """==========
File name: tiny.def
==========
General characteristics:
Tasks: 3
Resources: 2
Precedence relations: 1
Number of skill types: 2
==========
ResourceID \t Salary \t Skills
1\t 10.0\t Q0: 0 \t Q1: 2
2\t 12.5\t Q0: 1
==========
TaskID \t Duration \t Skill \t Predecessor IDs
1\t 3\t Q0: 1
2\t 2\t Q1: 2\t 1
4\t 4\t Q0: 0
==========
"""
"""Task 1 only by resource 2, then task 2 only by resource 1: 5 units; task 4 by 1 before or by 2
after: 1 is free for 3 units only, so 4 by 1 makes task 2 wait until 4: 6; by 2 after task 1: 7."""

IMOPSE_SOLUTION = {
    "instance": "tiny",
    "makespan": 6,
    "tasks": [
        {"task": 1, "start": 0, "people": [2]},
        {"task": 2, "start": 4, "people": [1]},
        {"task": 4, "start": 0, "people": [1]},
    ],
}

SMPTSP = """# a comment
Type = 1
Jobs = 4
  10  20
  15  30
  20  40
  50  60
Qualifications = 3
 3: 0 2 3
 2: 1 3
 4: 0 1 2 3
"""
"""Jobs 0 and 1 overlap, 0 and 2 touch: two workers at least, and 0 or 2 with 1 or 2 suffice."""

SMPTSP_SOLUTION = {
    "instance": "tiny",
    "makespan": 60,
    "tasks": [
        {"task": 0, "start": 10, "people": [0]},
        {"task": 1, "start": 15, "people": [1]},
        {"task": 2, "start": 20, "people": [0]},
        {"task": 3, "start": 50, "people": [1]},
    ],
    "workers": 2,
}

MSLIB = """\\* Project Module *\\
5\t3\t2\t5

20

20

0\t2\t2 3
3\t1\t4
4\t1\t5
2\t1\t5
0\t0

\\* Workforce Module *\\
1\t1
1\t0
1\t0

\\* Workforce Module with Skill Levels *\\
5\t2
3\t0
1\t0

\\* Skill Requirements Module *\\
0\t0
2\t0
2\t0
0\t1
0\t0

\\* Skill Level Requirements Module *\\
-1
1 3
2 4
2
-1

\\* Cost Module
100\t1

0.07\t0.5
"""
"""Activities 2 (3 units) and 3 (4) both need a person of level 3 or above with another, so 1 and 2
are in different ones at best, and then 3 needs level 4 (person 1) with level 2 (person 2): one
after the other. 4 (2 units) needs person 1 after 2. In the order 2, 4, 3: 3 + 2 + 4 = 9, and as 4
can only be done by person 1, who is in 3 as well, no two of 3 and 4 overlap; 2 may go with
persons 2 and 3 while nothing else runs: 3 needs person 2 too. So 9."""

MSLIB_SOLUTION = {
    "instance": "tiny",
    "makespan": 9,
    "tasks": [
        {"task": 1, "start": 0, "people": []},
        {"task": 2, "start": 0, "people": [2, 3]},
        {"task": 3, "start": 5, "people": [1, 2]},
        {"task": 4, "start": 3, "people": [1]},
        {"task": 5, "start": 9, "people": []},
    ],
}

ROLLOUT = """
schema: rollout/1
name: tiny
timezone: UTC
currency: EUR
start: 2027-01-11
end: 2027-01-15
slot_minutes: 60
calendars:
  - {id: office, weekly: {mon: [08:00-16:00], tue: [08:00-16:00]}}
skills: [{id: cook}]
sites: [{id: here, calendar: office}]
people: [{id: ann, skills: [{skill: cook, level: 3}], site: here, cost_per_hour: 10}]
projects: [{id: p}]
tasks: [{id: t, project: p, crew: [{skill: cook, people: 1, hours: 2}]}]
"""
"""The cheapest plan costs 2 hours x 10 and its finish: 10 hours after Monday's midnight x 0.1."""

TEXTS = {
    "tiny.dzn": MSPSP,
    "tiny.def": IMOPSE,
    "tiny.dat": SMPTSP,
    "tiny.msrcp": MSLIB,
}

OPTIMA = {"tiny.dzn": 9, "tiny.def": 6, "tiny.dat": 2, "tiny.msrcp": 9}
