//! What the simulated hall asks: real-sounding questions in four languages, and near-duplicates of them.

use super::chance::Chance;

/// A question of the hall.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    /// BCP 47.
    pub language: &'static str,
    /// The question.
    pub text: String,
}

struct Speech {
    language: &'static str,
    /// Put before a question, so that two people ask nearly the same.
    openings: &'static [&'static str],
    questions: &'static [&'static str],
    /// Added by an author who thinks again.
    afterthought: &'static str,
}

const HALL: [Speech; 4] = [
    Speech {
        language: "en",
        openings: &[
            "",
            "",
            "",
            "One thing: ",
            "Please tell us: ",
            "Again, because it matters: ",
        ],
        afterthought: "And from when on?",
        questions: &[
            "How will teachers be prepared for classes where every child learns differently?",
            "Who pays for the ramps and lifts in village schools?",
            "Can a parent visit a lesson before choosing a school?",
            "What happens when there are thirty children and one teacher?",
            "Is there a sign language interpreter in every district?",
            "How long does it take to get an assistant for a child?",
            "Which schools in our town already work this way?",
            "Will exams be adapted, and who decides how?",
            "What can we do about bullying on the way to school?",
            "How are the other parents told about it?",
            "Where do we complain if the school says no?",
            "Do the textbooks exist in large print and in Braille?",
            "What did you try that did not work?",
            "How many psychologists work in schools today?",
            "Can the transport be organised for children in wheelchairs?",
            "What will be different one year from now?",
        ],
    },
    Speech {
        language: "az",
        openings: &[
            "",
            "",
            "",
            "Xahiş edirəm deyin: ",
            "Bir sualım var: ",
            "Bir daha soruşuram: ",
        ],
        afterthought: "Bəs nə vaxtdan?",
        questions: &[
            "Müəllimlər inklüziv siniflər üçün necə hazırlanacaq?",
            "Kənd məktəblərində panduslar üçün pulu kim ödəyəcək?",
            "Valideyn məktəb seçməzdən əvvəl dərsdə iştirak edə bilərmi?",
            "Sinifdə otuz uşaq və bir müəllim olanda nə edək?",
            "Hər rayonda işarət dili tərcüməçisi varmı?",
            "Uşağa köməkçi almaq üçün nə qədər gözləməliyik?",
            "Şəhərimizdə hansı məktəblər artıq belə işləyir?",
            "İmtahanlar uyğunlaşdırılacaqmı və bunu kim həll edir?",
            "Məktəb yolunda incitmə hallarına qarşı nə edə bilərik?",
            "Məktəb imtina etsə, hara şikayət edək?",
            "Dərsliklərin iri şriftli və Brayl variantı varmı?",
            "Əlil arabasında olan uşaqlar üçün nəqliyyat təşkil olunacaqmı?",
        ],
    },
    Speech {
        language: "ru",
        openings: &[
            "",
            "",
            "",
            "Скажите, пожалуйста: ",
            "Один вопрос: ",
            "Ещё раз спрошу: ",
        ],
        afterthought: "И с какого времени?",
        questions: &[
            "Как будут готовить учителей к работе в инклюзивных классах?",
            "Кто заплатит за пандусы и лифты в сельских школах?",
            "Может ли родитель побывать на уроке до выбора школы?",
            "Что делать, когда в классе тридцать детей и один учитель?",
            "Есть ли в каждом районе переводчик жестового языка?",
            "Сколько времени нужно, чтобы ребёнку дали тьютора?",
            "Какие школы нашего города уже так работают?",
            "Будут ли экзамены адаптированы и кто это решает?",
            "Как бороться с травлей по дороге в школу?",
            "Куда жаловаться, если школа отказала?",
            "Есть ли учебники крупным шрифтом и шрифтом Брайля?",
            "Что вы пробовали, но не получилось?",
        ],
    },
    Speech {
        language: "ka",
        openings: &[
            "",
            "",
            "",
            "გთხოვთ, გვითხრათ: ",
            "ერთი კითხვა: ",
            "კიდევ ერთხელ ვიკითხავ: ",
        ],
        afterthought: "და როდიდან?",
        questions: &[
            "როგორ მოამზადებენ მასწავლებლებს ინკლუზიური კლასებისთვის?",
            "ვინ გადაიხდის პანდუსების ფულს სოფლის სკოლებში?",
            "შეუძლია მშობელს გაკვეთილზე დასწრება სკოლის არჩევამდე?",
            "რა ვქნათ, როცა კლასში ოცდაათი ბავშვი და ერთი მასწავლებელია?",
            "არის თუ არა ჟესტური ენის თარჯიმანი ყველა რაიონში?",
            "რამდენ ხანს უნდა ველოდოთ ასისტენტს?",
            "ჩვენს ქალაქში რომელი სკოლები მუშაობს უკვე ასე?",
            "სად ვიჩივლოთ, თუ სკოლა უარს გვეტყვის?",
            "არსებობს სახელმძღვანელოები მსხვილი შრიფტით და ბრაილით?",
        ],
    },
];

const NAMES: [&str; 24] = [
    "Aysel", "Rəşad", "Günel", "Elçin", "Nigar", "Tural", "Leyla", "Orxan", "Nino", "Giorgi",
    "Mariam", "Luka", "Anna", "Dmitri", "Olga", "Sergei", "Ruth", "Samuel", "Maya", "Tom", "Fidan",
    "Ketevan", "Irina", "Kamran",
];

/// Something this hall asks; more often than not nobody asked it before in these words.
pub fn ask(chance: &mut Chance) -> Phrase {
    let speech = &HALL[[0, 0, 1, 1, 2, 2, 3][chance.below(7)]];
    let opening = chance.pick(speech.openings).copied().unwrap_or_default();
    let question = chance.pick(speech.questions).copied().unwrap_or_default();
    let mut text = String::from(opening);
    if opening.is_empty() {
        text.push_str(question);
    } else {
        let mut letters = question.chars();
        text.extend(letters.next().into_iter().flat_map(char::to_lowercase));
        text.push_str(letters.as_str());
    }
    Phrase {
        language: speech.language,
        text,
    }
}

/// The same, with what its author thought of afterwards.
#[must_use]
pub fn thought_over(phrase: &Phrase) -> String {
    let speech = HALL
        .iter()
        .find(|speech| speech.language == phrase.language);
    format!(
        "{} {}",
        phrase.text,
        speech.map_or("", |speech| speech.afterthought)
    )
    .trim_end()
    .to_owned()
}

/// A first name; many give none.
pub fn name(chance: &mut Chance) -> Option<&'static str> {
    if chance.percent(45) {
        chance.pick(&NAMES).copied()
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_hall_speaks_four_languages_and_sometimes_repeats_itself() {
        let mut chance = Chance::new(1, 1);
        let asked: Vec<_> = (0..300).map(|_| ask(&mut chance)).collect();
        let languages: BTreeSet<_> = asked.iter().map(|phrase| phrase.language).collect();
        assert_eq!(languages, BTreeSet::from(["az", "en", "ka", "ru"]));
        let texts: BTreeSet<_> = asked.iter().map(|phrase| &phrase.text).collect();
        assert!(texts.len() > 80 && texts.len() < 300);
        assert!(asked.iter().all(|phrase| phrase.text.chars().count() < 200));
    }
}
