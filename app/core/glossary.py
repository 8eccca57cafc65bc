"""The words of the method, each in plain language: one tap away for who is in the room."""

from dataclasses import dataclass

from app.core.text import Text


@dataclass(frozen=True, slots=True)
class Term:
    """`key` is the anchor of the word on its page."""

    key: str
    word: Text
    meaning: Text


def _term(key: str, word: tuple[str, str], nl: str, en: str) -> Term:
    return Term(key, Text(nl=word[0], en=word[1]), Text(nl=nl, en=en))


DRIVEN = "opgavegestuurd"
"""The key of the way of working, which an organisation may call by a word of its own."""
USUAL = "opgavegestuurd werken"

GLOSSARY: tuple[Term, ...] = (
    _term(
        "opgave",
        ("opgave", "opgave (a task for society)"),
        "Alles wat nodig is om van nu naar straks te komen. In één zin staat wat er voor wie anders wordt, waar en "
        "wanneer. Een opgave is dus meer dan een doel: het werk hoort erbij.",
        "All it takes to get from how things are to how we want them. One sentence says what changes, for whom, where"
        " and by when. So an opgave is more than a goal: the work is part of it.",
    ),
    _term(
        DRIVEN,
        (USUAL, "opgave-driven work (opgavegestuurd werken)"),
        "De opgave bepaalt wat je doet, met wie, en wat je laat liggen. De agenda, de afdeling of het systeem bepaalt"
        " dat niet. Je merkt het aan je eigen werkdag: die ziet er anders uit.",
        "The opgave decides what you do, with whom, and what you leave. The calendar, the department or the system "
        "does not decide that. You notice it in your own working day: it looks different.",
    ),
    _term(
        "opgavegericht",
        ("opgavegericht werken", "opgave-oriented work (opgavegericht werken)"),
        "Je kent de opgave en je houdt haar in het oog. Dat is een goed begin, maar nog niet genoeg. Zolang je "
        "werkdag hetzelfde blijft, stuurt de opgave nog niet.",
        "You know the opgave and you keep it in sight. That is a good start, but not enough yet. As long as your "
        "working day stays the same, the opgave is not in charge.",
    ),
    _term(
        "gericht-gestuurd",
        ("gericht en gestuurd", "gericht and gestuurd"),
        "De twee delen van de workshop. Eerst gericht: wat is de opgave, en hoe ver is het nog? Dan gestuurd: wat "
        "vraagt dat, en wat doe jij morgen?",
        "The two parts of the workshop. First gericht (aimed): what is the opgave, and how far is it still? Then "
        "gestuurd (driven): what does that take, and what will you do tomorrow?",
    ),
    _term(
        "ijkpunt",
        ("ijkpunt", "yardstick"),
        "De vraag waar je telkens op terugkomt: wie buiten de organisatie merkt hier iets van? Is dat niemand, dan "
        "hoort het niet bij de opgave.",
        "The question you keep coming back to: who outside the organisation notices this? If nobody does, it is not "
        "part of the opgave.",
    ),
    _term(
        "neutrale-vlag",
        ("neutrale vlag", "neutral flag"),
        "Een opgave waar elke partij onder kan staan, met haar eigen doel. Daarom noemt de zin geen oplossing, geen "
        "schuldige en niet één organisatie.",
        "An opgave that every party can stand under, with its own goal. That is why the sentence names no solution, "
        "nobody to blame and no single organisation.",
    ),
    _term(
        "kloof",
        ("kloof", "gap"),
        "Het verschil tussen nu en straks. Iedereen geeft twee cijfers van 0 tot 10. Zo zie je hoe groot de kloof is,"
        " en of je het daarover eens bent.",
        "The difference between now and later. Everyone gives two numbers from 0 to 10. They show how wide the gap "
        "is, and whether you agree on it.",
    ),
    _term(
        "behoefte",
        ("behoefte", "need"),
        "Wat de opgave vraagt en er nog niet is. Denk aan mensen, tijd, geld, een partner of het recht om te "
        "beslissen. Zet erbij hoeveel, anders blijft het een wens.",
        "What the opgave takes and what is not there yet. Think of people, time, money, a partner or the right to "
        "decide. Say how much, or it stays a wish.",
    ),
    _term(
        "voorwaarde",
        ("voorwaarde", "condition"),
        "Wat jij nodig hebt om zo te kunnen werken, en wat een ander moet regelen. Er staat bij wie dat kan en "
        "wanneer het klaar is.",
        "What you need to be able to work like this, and what somebody else has to arrange. It says who can do that "
        "and when it is ready.",
    ),
    _term(
        "afspraak",
        ("afspraak", "commitment"),
        "Eén ding dat je zelf doet op je volgende werkdag, op een vaste tijd. Het is zo klein dat het lukt, en zo "
        "duidelijk dat een ander het kan zien.",
        "One thing that you do yourself on your next working day, at a fixed time. It is small enough to get done, "
        "and clear enough for somebody else to see.",
    ),
    _term(
        "goede-bedoeling",
        ("goede bedoeling", "good intention"),
        "Je wilt iets, maar je zegt nog niet wat je doet. ‘Ik ga meer met de wijk praten’ is een goede bedoeling. ‘Ik"
        " bel morgen om 9 uur met Samira’ is een afspraak.",
        "You want something, but you do not say yet what you will do. “I will talk to the neighbourhood more” is a "
        "good intention. “I call Samira tomorrow at 9” is a commitment.",
    ),
    _term(
        "vrijblijvend",
        ("vrijblijvend", "without obligation (vrijblijvend)"),
        "Doe je het niet, dan merkt niemand het. Er is geen dag, geen tijd en niemand die erop wacht. Vaak is dat "
        "geen onwil: de zin is gewoon nog niet af.",
        "If you do not do it, nobody notices. There is no day, no time and nobody who waits for it. Often that is not"
        " bad will: the sentence is just not finished.",
    ),
    _term(
        "zeg-doe-kloof",
        ("zeg-doe-kloof", "say-do gap"),
        "Het verschil tussen wat een groep zegt te gaan doen en wat er de dag erna gebeurt. We tellen het voor de "
        "hele groep en wijzen niemand aan.",
        "The difference between what a group says it will do and what happens the day after. We count it for the "
        "whole group and point at nobody.",
    ),
    _term(
        "maatje",
        ("maatje", "buddy"),
        "Iemand uit de workshop die je vraagt of het gelukt is, en aan wie jij dat ook vraagt. Jullie kiezen elkaar: "
        "allebei typ je de code van de ander.",
        "Somebody from the workshop who asks you whether it worked, and whom you ask too. You choose each other: both"
        " of you type the code of the other.",
    ),
    _term(
        "draaiboek",
        ("draaiboek", "draaiboek (script)"),
        "Het plan van de workshop: welke stappen er komen, in welke volgorde, en hoelang elke stap duurt. Je trainer "
        "kiest het en kan het aanpassen.",
        "The plan of the workshop: which steps come, in which order, and how long each step takes. Your trainer "
        "chooses it and can change it.",
    ),
)
