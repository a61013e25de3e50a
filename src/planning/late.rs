//! Where somebody who comes late sits down: the smallest table that the rules allow, among those the one that costs the mix least.
//! Nobody who sits already is moved.

use super::{Person, Table};

/// Somebody who comes late, and what the choice depends on.
#[derive(Debug, Clone, Copy)]
pub struct Late<'a> {
    /// Everybody who is named in `tables`, by number.
    pub people: &'a [Person],
    /// What the tables are like; an absent one has no conditions.
    pub places: &'a [Table],
    /// Who comes.
    pub person: &'a Person,
    /// With whom they sit if there is a place.
    pub together: &'a [u32],
    /// With whom they never sit if there is another place.
    pub apart: &'a [u32],
    /// Whom they have met in earlier rounds.
    pub met: &'a [u32],
    /// Tags to spread; of every other tag nobody shall be the only one.
    pub balance: &'a [u16],
}

/// The table for somebody who comes late; 0 when there is none at all. Rules that no table keeps give way in this order:
/// capacity, apart, step-free, their own fixed table.
#[must_use]
pub fn place_late(tables: &[Vec<u32>], late: &Late<'_>) -> u32 {
    let smallest = tables.iter().map(Vec::len).min().unwrap_or(0);
    let cost = |table: usize| {
        let seated = &tables[table];
        let elsewhere = late
            .person
            .host
            .or(late.person.at)
            .is_some_and(|own| own as usize != table);
        let place = late.places.get(table);
        let steps = late.person.step_free && place.is_some_and(|place| !place.step_free);
        let most = place.and_then(|place| place.most);
        let full = most.is_some_and(|most| seated.len() >= most as usize);
        let near = |some: &[u32]| seated.iter().filter(|person| some.contains(person)).count();
        let friends = near(late.together);
        (
            (elsewhere, steps, near(late.apart), full),
            usize::MAX - friends,
            seated.len() - smallest,
            near(late.met) * 4 + late.strangeness(seated),
            table as u32,
        )
    };
    (0..tables.len()).map(cost).min().map_or(0, |best| best.4)
}

impl Late<'_> {
    /// How badly this company fits: no common language, alone with a tag, or one more of a spread tag.
    fn strangeness(&self, seated: &[u32]) -> usize {
        let company = || {
            seated
                .iter()
                .filter_map(|person| self.people.get(*person as usize))
        };
        let shares = |other: &Person| {
            other.languages.is_empty()
                || other
                    .languages
                    .iter()
                    .any(|one| self.person.languages.contains(one))
        };
        let known = !self.person.languages.is_empty() && !seated.is_empty();
        let foreign = if known && !company().any(shares) {
            6
        } else {
            0
        };
        let tags = self.person.tags.iter();
        let by_tag = tags.map(|tag| {
            let bearers = company().filter(|other| other.tags.contains(tag)).count();
            match (self.balance.contains(tag), bearers) {
                (true, bearers) => 2 * bearers,
                (false, 0) => 1,
                (false, _) => 0,
            }
        });
        foreign + by_tag.sum::<usize>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn late<'a>(people: &'a [Person], person: &'a Person) -> Late<'a> {
        Late {
            people,
            places: &[],
            person,
            together: &[],
            apart: &[],
            met: &[],
            balance: &[1],
        }
    }

    #[test]
    fn a_latecomer_goes_to_the_smallest_table() {
        let people = vec![Person::default(); 7];
        let tables = [vec![0, 1, 2], vec![3, 4], vec![5, 6]];
        let mut late = late(&people, &people[0]);
        assert_eq!(place_late(&tables, &late), 1);
        late.met = &[3];
        assert_eq!(place_late(&tables, &late), 2);
        late.apart = &[5];
        assert_eq!(
            place_late(&tables, &late),
            1,
            "a rule counts more than an acquaintance"
        );
        late.together = &[0];
        assert_eq!(
            place_late(&tables, &late),
            0,
            "who belongs together finds each other"
        );
    }

    #[test]
    fn a_latecomer_who_needs_it_gets_a_step_free_table() {
        let people = vec![Person::default(); 3];
        let person = Person {
            step_free: true,
            ..Person::default()
        };
        let places = [
            Table::default(),
            Table {
                step_free: true,
                most: None,
            },
        ];
        let late = Late {
            places: &places,
            ..late(&people, &person)
        };
        assert_eq!(place_late(&[vec![], vec![0, 1, 2]], &late), 1);
    }

    #[test]
    fn a_latecomer_finds_a_language_and_spreads_a_tag() {
        let speaker = |language, tag| Person {
            tags: vec![tag],
            languages: vec![language],
            ..Person::default()
        };
        let people = [speaker(1, 1), speaker(2, 2), speaker(2, 1)];
        let person = speaker(2, 1);
        let tables = [vec![0], vec![1], vec![2]];
        assert_eq!(place_late(&tables, &late(&people, &person)), 1);
    }
}
