"""What simulated participants type, in Dutch: good sentences and good intentions, names and cards."""

from random import Random

NAMES = (
    "Ahmed", "Noor", "Bas", "Chantal", "Els", "Fatima", "Gijs", "Hanna", "Ilse", "Joris", "Karin", "Lotte", "Mo",
    "Nadia", "Olaf", "Petra", "Quinten", "Roos", "Sem", "Tess", "Umar", "Vera", "Wim", "Yara",
)  # fmt: skip
ACTS = (
    "bel Karin van de corporatie en vraag welke twee kamers vrij zijn",
    "loop langs bij de nachtopvang en vraag drie jongeren wat ze nodig hebben",
    "zeg het dinsdagoverleg af bij Tom",
    "mail Noor de lijst met 12 namen en vraag welke twee we eerst doen",
    "vraag mijn teamleider om een dag per week voor deze opgave: ja of nee",
    "tel hoeveel jongeren er vandaag bij de opvang staan en app Mo het aantal",
    "print de kaart van Malburgen en hang hem op bij de koffie",
    "schrap twee vragen uit het intakeformulier en stuur het aan Els",
    "bel de school en vraag naar de drie leerlingen die wegbleven",
    "nodig Fatima uit om een uur mee te lopen in de wijk",
)
INTENTIONS = (
    "ga hier meer aandacht aan geven",
    "neem dit mee in het MT",
    "kijk naar de mogelijkheden voor flexwonen",
    "stem het binnenkort af met de collega's",
    "probeer vaker opgavegestuurd te werken",
    "zorg voor meer draagvlak",
)
EVIDENCE = (
    "ik weet ja of nee", "er staan twee namen op papier", "Tom heeft geantwoord", "de lijst is verstuurd",
    "er hangt een kaart", "ik heb drie antwoorden",
)  # fmt: skip
THEN = (
    "bel ik om 11:00 uur Peter", "doe ik alleen de eerste 10 minuten", "verzet ik het naar 12:00 uur",
    "vraag ik mijn buurvrouw om mee te gaan", "spreek ik de voicemail in",
)  # fmt: skip
CARDS = (
    "een vast aanspreekpunt bij de corporatie", "twee uur per week zonder overleg", "mandaat om kamers toe te wijzen",
    "één lijst met alle namen", "een busje", "een collega van zorg in het team", "cijfers per wijk",
    "rust in de agenda 🙂", "een besluit over het oude schoolgebouw", "iemand die de jongeren kent",
)  # fmt: skip
WORDS = ("alle", "eigen", "2027", "dakloze", "woonplek")
PARTS = {
    "when": ("december 2027", "1 september 2027", ""), "who": ("140 dakloze jongeren", "alle jongeren", ""),
    "where": ("Malburgen", "de hele stad", ""), "what": ("een eigen woonplek", "een sleutel en een begeleider"),
    "now": ("dat er 55", ""),
}  # fmt: skip


def line_for(field: str, chance: Random, wise: bool, name: str) -> str:
    """What somebody types in a field of this name; empty: they leave it."""
    last = field.rpartition(".")[2]
    if last in PARTS:
        return chance.choice(PARTS[last])
    pools = {"act": ACTS if wise else INTENTIONS, "evidence": EVIDENCE, "then": THEN, "text": CARDS, "who": NAMES}
    if last in pools:
        return chance.choice(pools[last])
    if last == "name":
        return name
    if last in ("obstacle_text", "brought", "needed"):
        return chance.choice(("", "het liep uit", "niemand nam op"))
    if last == "address":
        return f"{name.lower()}{chance.randint(1, 999)}@rehearsal.invalid"
    if field.startswith("words."):
        return chance.choice(WORDS) if chance.random() < 0.7 else ""
    return ""
