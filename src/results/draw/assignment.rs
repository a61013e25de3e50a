//! The cheapest way to give every place a different person (the assignment problem), by shortest augmenting paths. Exact, in at
//! most places² × people steps. Knows numbers alone.

/// For each place the person it gets. There must be at least as many people as places.
pub(super) fn assign(
    places: usize,
    people: usize,
    cost: &dyn Fn(usize, usize) -> i64,
) -> Vec<usize> {
    let mut search = Search {
        places,
        people,
        place_price: vec![0; places],
        person_price: vec![0; people],
        holder: vec![None; people],
    };
    for place in 0..places.min(people) {
        search.admit(place, cost);
    }
    let mut chosen = vec![0; places];
    for (person, place) in search.holder.iter().enumerate() {
        if let Some(place) = place {
            chosen[*place] = person;
        }
    }
    chosen
}

/// Invariant: no place could get a person for less than the two prices together, and each holder pays exactly them.
struct Search {
    places: usize,
    people: usize,
    place_price: Vec<i64>,
    person_price: Vec<i64>,
    /// The place that holds a person.
    holder: Vec<Option<usize>>,
}

impl Search {
    /// Finds a person for one more place, moving others along the cheapest chain.
    fn admit(&mut self, newcomer: usize, cost: &dyn Fn(usize, usize) -> i64) {
        let mut distance = vec![i64::MAX; self.people];
        let mut before: Vec<Option<usize>> = vec![None; self.people];
        let mut settled = vec![false; self.people];
        let mut reached = vec![None; self.places];
        reached[newcomer] = Some(0);
        let (mut place, mut way, mut last) = (newcomer, 0, None);
        let free = loop {
            for person in (0..self.people).filter(|person| !settled[*person]) {
                let step =
                    cost(place, person) - self.place_price[place] - self.person_price[person];
                if way + step < distance[person] {
                    (distance[person], before[person]) = (way + step, last);
                }
            }
            let nearest = (0..self.people)
                .filter(|person| !settled[*person])
                .min_by_key(|person| distance[*person]);
            let Some(person) = nearest else {
                return;
            };
            settled[person] = true;
            (way, last) = (distance[person], Some(person));
            match self.holder[person] {
                Some(holder) => {
                    reached[holder] = Some(way);
                    place = holder;
                }
                None => break person,
            }
        };
        for (place, reached) in reached.iter().enumerate() {
            if let Some(reached) = reached {
                self.place_price[place] += way - reached;
            }
        }
        for person in (0..self.people).filter(|person| settled[*person]) {
            self.person_price[person] -= way - distance[person];
        }
        let mut person = free;
        while let Some(earlier) = before[person] {
            self.holder[person] = self.holder[earlier];
            person = earlier;
        }
        self.holder[person] = Some(newcomer);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn brute(
        place: usize,
        places: usize,
        free: &[usize],
        cost: &dyn Fn(usize, usize) -> i64,
    ) -> i64 {
        if place == places {
            return 0;
        }
        let with = |at: usize| {
            let mut others = free.to_vec();
            let person = others.remove(at);
            cost(place, person) + brute(place + 1, places, &others, cost)
        };
        (0..free.len()).map(with).min().unwrap()
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

        #[test]
        fn nobody_could_be_placed_for_less(
            costs in prop::collection::vec(0..50_i64, 36),
            places in 1..6_usize,
        ) {
            let cost = |place: usize, person: usize| costs[place * 6 + person];
            let chosen = assign(places, 6, &cost);
            let mut once = chosen.clone();
            once.sort_unstable();
            once.dedup();
            prop_assert_eq!(once.len(), places);
            let sum: i64 = chosen.iter().enumerate().map(|(place, person)| cost(place, *person)).sum();
            prop_assert_eq!(sum, brute(0, places, &[0, 1, 2, 3, 4, 5], &cost));
        }
    }
}
