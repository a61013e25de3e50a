//! How long views take in a large hall. The figures are printed; the bounds leave room for a busy machine.

#[cfg(test)]
mod tests {
    use super::super::sample::*;
    use super::super::*;
    use crate::meeting::fact::{Author, Fact};
    use crate::meeting::role::Actor;

    const HALL: Presence = Presence { here: 3 };

    /// Eight words out of a hundred, different for each number.
    fn words(n: u128) -> String {
        let word = |place: u128| {
            let number = (n + 1) * (2 * place + 7919) % 101;
            format!(
                "{}{}",
                [
                    "play", "school", "road", "teach", "garden", "light", "water"
                ][usize::try_from(number % 7).unwrap()],
                number
            )
        };
        (0..8).map(word).collect::<Vec<_>>().join(" ")
    }

    /// A hall of a thousand questions and three thousand seats.
    fn large() -> Meeting {
        let mut meeting = meeting();
        for n in 0..3000 {
            sit(&mut meeting, n, "", &["teacher"]);
        }
        for n in 0..1000 {
            let text = words(n);
            let id = ask(&mut meeting, n, Author::Nobody, &text);
            change(&mut meeting, id, |one| {
                one.voters = (0..n).map(seat).collect()
            });
        }
        meeting
    }

    /// How long `work` takes at best, in µs.
    fn micros(mut work: impl FnMut()) -> u128 {
        let run = |_| {
            let began = std::time::Instant::now();
            work();
            began.elapsed().as_micros()
        };
        (0..4).map(run).min().unwrap()
    }

    #[test]
    fn a_vote_among_a_thousand_questions_rewrites_one() {
        let mut meeting = large();
        let mut floor = build(&meeting, &HALL, &Audience::Floor);
        let mut desk = build(&meeting, &HALL, &Audience::Desk);
        let mut dirty = Dirty::default();
        let id = question(500);
        let mut n = 2000;
        let mut sizes = Vec::new();
        let vote = micros(|| {
            n += 1;
            change(&mut meeting, id, |one| _ = one.voters.insert(seat(n)));
            dirty.clear();
            dirty.note(
                &meeting,
                &Fact::QuestionVoted {
                    question: id,
                    seat: seat(n),
                    on: true,
                },
            );
            let patch = refresh(&mut floor, &meeting, &HALL, &Audience::Floor, &dirty);
            sizes.push(patch.unwrap().to_string().len());
            assert_eq!(
                refresh(&mut desk, &meeting, &HALL, &Audience::Desk, &dirty),
                None
            );
        });
        let build_floor = micros(|| drop(build(&meeting, &HALL, &Audience::Floor)));
        let build_desk = micros(|| drop(build(&meeting, &HALL, &Audience::Desk)));
        let own = micros(|| drop(mine(&meeting, Actor::Seat(seat(1)))));
        let mut next = 5000;
        let ask_one = micros(|| {
            next += 1;
            let asked = ask(
                &mut meeting,
                next,
                Author::Nobody,
                "When does the new school open its doors to parents?",
            );
            let mut dirty = Dirty::default();
            dirty.note(&meeting, &Fact::QuestionListed { question: asked });
            let before = desk.clone();
            refresh(&mut floor, &meeting, &HALL, &Audience::Floor, &dirty);
            refresh(&mut desk, &meeting, &HALL, &Audience::Desk, &dirty);
            drop(before);
        });
        println!(
            "vote {vote} µs, ask {ask_one} µs, build floor {build_floor} µs, desk {build_desk} µs, mine {own} µs"
        );
        assert!(sizes.iter().all(|size| *size < 100));
        // The aims are 50 µs and 5 ms; the bounds leave room for a busy machine.
        assert!(
            vote < 10_000 && build_floor < 500_000,
            "vote {vote} µs, build {build_floor} µs"
        );
    }
}
