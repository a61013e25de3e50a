//! The seating of all rounds as the search changes it: flat lists of small numbers, with what they cost kept up to date.
//! Owns the bookkeeping; which change is tried, and whether it stays, is decided in `search`.

use super::Problem;
use super::rules::Rules;
use super::weights::{self, MEET, RETURN, Traits};

/// All rounds of a hall.
#[derive(Debug, Clone)]
pub struct Hall<'a> {
    pub rules: &'a Rules,
    pub people: usize,
    pub tables: usize,
    pub rounds: usize,
    /// How many seats a table's list has room for.
    room: usize,
    /// round × person → table
    table_of: Vec<u16>,
    /// round × person → place in the table's list
    place_of: Vec<u16>,
    /// round × table × place → person
    seats: Vec<u16>,
    /// round × table → people there
    sizes: Vec<u16>,
    /// round × person → has no choice in this round
    pub fixed: Vec<bool>,
    /// person × person → meetings
    met: Vec<u8>,
    /// person × table → rounds spent there; empty without hosts
    visits: Vec<u8>,
    traits: Traits,
    /// round × table × trait → bearers
    bearers: Vec<u16>,
    /// person → languages; empty when all share one
    speaks: Vec<u64>,
}

/// The meetings that a problem starts with.
#[must_use]
pub fn met_before(problem: &Problem) -> Vec<u8> {
    let people = problem.people.len();
    let mut met = vec![0_u8; people * people];
    for &(one, other) in &problem.met {
        if one != other {
            met[one as usize * people + other as usize] = 1;
            met[other as usize * people + one as usize] = 1;
        }
    }
    met
}

impl<'a> Hall<'a> {
    /// Takes over a seating that obeys the rules.
    #[must_use]
    pub fn new(problem: &Problem, rules: &'a Rules, seating: &[Vec<Vec<u32>>]) -> Self {
        let (people, tables, rounds) = (rules.people, rules.tables, rules.rounds);
        let largest = seating.iter().flatten().map(Vec::len).max().unwrap_or(0);
        let highest = (0..rounds.min(2)).flat_map(|round| rules.bounds(round));
        let highest = highest
            .map(|bounds| bounds.high as usize)
            .max()
            .unwrap_or(0);
        let clump = rules
            .clumps
            .iter()
            .map(|clump| clump.people.len())
            .max()
            .unwrap_or(1);
        let room = largest.max(highest) + clump + 1;
        let hosts = rules.clumps.iter().any(|clump| clump.host.is_some());
        let traits = Traits::of(problem, room);
        let fixed = (0..rounds)
            .flat_map(|round| (0..people).map(move |person| (round, person)))
            .map(|(round, person)| {
                rules
                    .fixed(rules.clump_of[person] as usize, round)
                    .is_some()
            })
            .collect();
        let mut hall = Self {
            rules,
            people,
            tables,
            rounds,
            room,
            table_of: vec![0; rounds * people],
            place_of: vec![0; rounds * people],
            seats: vec![0; rounds * tables * room],
            sizes: vec![0; rounds * tables],
            fixed,
            met: met_before(problem),
            visits: if hosts {
                vec![0; people * tables]
            } else {
                Vec::new()
            },
            bearers: vec![0; rounds * tables * traits.count],
            traits,
            speaks: weights::languages(problem),
        };
        for (round, seated) in seating.iter().enumerate() {
            for (table, seated) in seated.iter().enumerate() {
                for &person in seated {
                    hall.sit(round, person as usize, table);
                }
            }
        }
        hall
    }

    /// Whether anything but meetings costs.
    #[inline]
    #[must_use]
    pub fn is_mixed(&self) -> bool {
        self.traits.count > 0 || !self.speaks.is_empty()
    }

    #[inline]
    #[must_use]
    pub fn table_of(&self, round: usize, person: usize) -> usize {
        usize::from(self.table_of[round * self.people + person])
    }

    #[inline]
    #[must_use]
    pub fn size(&self, round: usize, table: usize) -> usize {
        usize::from(self.sizes[round * self.tables + table])
    }

    /// Who sits at a table.
    #[inline]
    #[must_use]
    pub fn seated(&self, round: usize, table: usize) -> &[u16] {
        let start = (round * self.tables + table) * self.room;
        &self.seats[start..start + self.size(round, table)]
    }

    /// Seats a person; gives what it costs in meetings.
    pub fn sit(&mut self, round: usize, person: usize, table: usize) -> i32 {
        let cost = self.arrival(round, person, table);
        for place in 0..self.size(round, table) {
            let other = usize::from(self.seats[(round * self.tables + table) * self.room + place]);
            self.met[person * self.people + other] += 1;
            self.met[other * self.people + person] += 1;
        }
        let place = self.size(round, table);
        self.seats[(round * self.tables + table) * self.room + place] = person as u16;
        self.sizes[round * self.tables + table] += 1;
        self.table_of[round * self.people + person] = table as u16;
        self.place_of[round * self.people + person] = place as u16;
        if !self.visits.is_empty() {
            self.visits[person * self.tables + table] += 1;
        }
        self.count_traits(round, person, table, 1);
        cost
    }

    /// Takes a person from their table; gives what it costs in meetings (below zero: saves).
    pub fn rise(&mut self, round: usize, person: usize) -> i32 {
        let table = self.table_of(round, person);
        let start = (round * self.tables + table) * self.room;
        let last = self.size(round, table) - 1;
        let place = usize::from(self.place_of[round * self.people + person]);
        let mover = self.seats[start + last];
        self.seats[start + place] = mover;
        self.place_of[round * self.people + usize::from(mover)] = place as u16;
        self.sizes[round * self.tables + table] -= 1;
        for place in 0..last {
            let other = usize::from(self.seats[start + place]);
            self.met[person * self.people + other] -= 1;
            self.met[other * self.people + person] -= 1;
        }
        if !self.visits.is_empty() {
            self.visits[person * self.tables + table] -= 1;
        }
        self.count_traits(round, person, table, -1);
        -self.arrival(round, person, table)
    }

    fn count_traits(&mut self, round: usize, person: usize, table: usize, step: i16) {
        let start = (round * self.tables + table) * self.traits.count;
        for own in self.traits.of_person(person) {
            let count = &mut self.bearers[start + usize::from(*own)];
            *count = count.wrapping_add_signed(step);
        }
    }

    /// What it would cost in meetings if this person, who sits nowhere, came to this table.
    fn arrival(&self, round: usize, person: usize, table: usize) -> i32 {
        let row = &self.met[person * self.people..][..self.people];
        let met: i32 = self
            .seated(round, table)
            .iter()
            .map(|other| i32::from(row[usize::from(*other)]))
            .sum();
        MEET * met + self.revisit(person, table)
    }

    #[inline]
    fn revisit(&self, person: usize, table: usize) -> i32 {
        if self.visits.is_empty() {
            return 0;
        }
        RETURN * i32::from(self.visits[person * self.tables + table])
    }

    /// How often a person has met those of a table, themselves left out (their own count is zero).
    #[inline]
    #[must_use]
    pub fn meetings(&self, round: usize, person: usize, table: usize) -> i32 {
        let row = &self.met[person * self.people..][..self.people];
        let mut sum = 0_u32;
        for other in self.seated(round, table) {
            sum = sum.wrapping_add(u32::from(row[usize::from(*other)]));
        }
        sum as i32
    }

    /// What this person's seat costs in meetings; above zero when a change could help.
    #[inline]
    #[must_use]
    pub fn unease(&self, round: usize, person: usize) -> i32 {
        let table = self.table_of(round, person);
        let others = self.size(round, table) as i32 - 1;
        let again = self.meetings(round, person, table) - others;
        let visits = if self.visits.is_empty() {
            0
        } else {
            i32::from(self.visits[person * self.tables + table]) - 1
        };
        again + visits
    }

    /// What it would change in meetings if two people of different tables changed places.
    #[inline]
    #[must_use]
    pub fn swap_cost(&self, round: usize, one: usize, other: usize) -> i32 {
        let (here, there) = (self.table_of(round, one), self.table_of(round, other));
        let between = i32::from(self.met[one * self.people + other]);
        let away =
            self.meetings(round, one, there) + self.meetings(round, other, here) - 2 * between;
        let home = self.meetings(round, one, here) - (self.size(round, here) as i32 - 1)
            + self.meetings(round, other, there)
            - (self.size(round, there) as i32 - 1);
        let mut cost = MEET * (away - home);
        if !self.visits.is_empty() {
            cost += self.revisit(one, there) + self.revisit(other, here) + 2 * RETURN;
            cost -= self.revisit(one, here) + self.revisit(other, there);
        }
        cost
    }

    /// What it would change in company (tags, languages) if two people of different tables changed places.
    pub fn swap_company(&mut self, round: usize, one: usize, other: usize) -> i32 {
        let (here, there) = (self.table_of(round, one), self.table_of(round, other));
        let before = self.company(round, here) + self.company(round, there);
        self.trade_traits(round, (one, here), (other, there));
        let mut after = self.by_trait(round, here) + self.by_trait(round, there);
        self.trade_traits(round, (other, here), (one, there));
        if !self.speaks.is_empty() {
            after +=
                self.speech_if(round, here, one, other) + self.speech_if(round, there, other, one);
        }
        after - before
    }

    fn trade_traits(&mut self, round: usize, one: (usize, usize), other: (usize, usize)) {
        self.count_traits(round, one.0, one.1, -1);
        self.count_traits(round, other.0, other.1, -1);
        self.count_traits(round, one.0, other.1, 1);
        self.count_traits(round, other.0, one.1, 1);
    }

    fn by_trait(&self, round: usize, table: usize) -> i32 {
        if self.traits.count == 0 {
            return 0;
        }
        let size = self.size(round, table);
        let start = (round * self.tables + table) * self.traits.count;
        self.traits
            .cost(&self.bearers[start..start + self.traits.count], size)
    }

    fn speech_if(&self, round: usize, table: usize, leaves: usize, comes: usize) -> i32 {
        weights::speech(self.seated(round, table).iter().map(|person| {
            let person = usize::from(*person);
            self.speaks[if person == leaves { comes } else { person }]
        }))
    }

    /// What the company of a table costs.
    pub fn company(&self, round: usize, table: usize) -> i32 {
        let mut cost = self.by_trait(round, table);
        if !self.speaks.is_empty() {
            cost += self.speech_if(round, table, self.people, self.people);
        }
        cost
    }

    /// What everything costs; zero is the best there can be, and not always possible.
    #[must_use]
    pub fn cost(&self) -> i32 {
        let mut cost = 0;
        for one in 0..self.people {
            for other in one + 1..self.people {
                let met = i32::from(self.met[one * self.people + other]);
                if met > 1 && !self.rules.always_meet(one, other) {
                    cost += MEET * met * (met - 1) / 2;
                }
            }
        }
        for (place, times) in self.visits.iter().enumerate() {
            let times = i32::from(*times);
            if times > 1 && self.rules.host(place / self.tables).is_none() {
                cost += RETURN * times * (times - 1) / 2;
            }
        }
        for round in 0..self.rounds {
            for table in 0..self.tables {
                cost += self.company(round, table);
            }
        }
        cost
    }

    /// The seating: round, table, people.
    #[must_use]
    pub fn seating(&self) -> Vec<Vec<Vec<u32>>> {
        let people = |round, table| {
            self.seated(round, table)
                .iter()
                .map(|person| u32::from(*person))
                .collect()
        };
        (0..self.rounds)
            .map(|round| (0..self.tables).map(|table| people(round, table)).collect())
            .collect()
    }
}
