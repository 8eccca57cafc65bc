"""The phrase book of simulated participants. `{who}` and the like are places, filled with one of `WORDS`."""

NAMES = (
    "Ahmed", "Amira", "Anouk", "Bas", "Bilal", "Chantal", "Cor", "Daan", "Dilan", "Els", "Emre", "Esther", "Fatima",
    "Femke", "Floor", "Gijs", "Hanna", "Hatice", "Henk", "Ilse", "Imane", "Ineke", "Jamal", "Joris", "Karin", "Khalid",
    "Lieke", "Lotte", "Maarten", "Marloes", "Mo", "Nadia", "Noor", "Olaf", "Oya", "Petra", "Pim", "Quinten", "Rachid",
    "Roos", "Ruud", "Samira", "Sem", "Sjoerd", "Tess", "Thijs", "Umar", "Vera", "Wim", "Yara", "Youssef", "Zeynep",
)  # fmt: skip
PARTIES = (
    ("de corporatie", "verhuren zonder overlast"), ("de nachtopvang", "elke nacht een bed vrij"),
    ("het mbo", "iedereen een diploma"), ("de jongeren", "een eigen sleutel"), ("de huisarts", "minder spoedvragen"),
    ("de sportclub", "meer leden overdag"), ("de werkgevers", "personeel dat blijft"), ("de buurt", "rust op straat"),
    ("het wijkteam", "minder dossiers per persoon"), ("de politie", "minder meldingen in het weekend"),
    ("de zorgverzekeraar", "lagere kosten per verzekerde"), ("de kerk", "meer vrijwilligers"),
    ("de ouders", "weten waar je kind slaapt"), ("de wethouder", "een resultaat voor de verkiezingen"),
    ("de bank", "minder schulden die blijven liggen"), ("het jongerenwerk", "vast geld voor drie jaar"),
)  # fmt: skip
WORDS = {
    "who": NAMES,
    "org": ("de corporatie", "de nachtopvang", "het mbo", "het wijkteam", "de sportclub", "de huisartsenpost",
            "het jongerenwerk", "de kredietbank", "de afdeling Wonen", "het UWV"),
    "area": ("Malburgen", "Presikhaaf", "De Hoven", "de Spoorbuurt", "Klarendal", "Zuidoost", "het oude dorp"),
    "people": ("jongeren zonder woning", "ouderen die alleen wonen", "gezinnen met schulden", "thuiszitters",
               "statushouders", "mensen in de bijstand", "mantelzorgers"),
    "two": ("twee", "drie", "vier", "vijf"),
    "n": ("6", "8", "9", "11", "12", "14", "17", "20", "24", "35"),
    "many": ("140", "220", "310", "450", "600", "900"),
    "day": ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag"),
    "date": ("1 december", "15 januari", "1 februari", "de voorjaarsvakantie", "1 maart", "eind volgende maand"),
    "boss": ("mijn teamleider", "mijn afdelingshoofd", "de wethouder", "de directeur"),
    "meeting": ("het dinsdagoverleg", "de projectgroep", "het werkoverleg van {day}", "de stuurgroep",
                "het regieoverleg"),
    "list": ("de lijst met {n} namen", "de {two} adressen die vrijkomen", "het overzicht van {area}",
             "de cijfers van {area}"),
    "asked": ("welke {two} kamers vrij zijn", "welke {two} gezinnen morgen bezoek krijgen", "wie de sleutel heeft",
              "om {two} plekken voor {date}", "hoe laat we {day} langs mogen komen", "welk formulier weg kan"),
    "topic": ("flexwonen", "de samenwerking in de keten", "preventie", "de informatiepositie", "het draagvlak",
              "de integrale aanpak", "eigenaarschap", "de regierol"),
    "outcome": ("een eigen voordeur hebben", "elke week buiten komen", "weer naar school gaan",
                "hun post durven open te maken", "één vast gezicht kennen", "niet meer in een auto slapen"),
    "people_do": ("een eigen voordeur", "elke week bezoek", "een dagbesteding van drie dagen", "geen nieuwe schulden",
                  "een vast contactpersoon", "een plek op school"),
}  # fmt: skip
ACTS = (
    "bel {who} van {org} en vraag {asked}", "mail {who} {list} en vraag welke we eerst doen",
    "loop langs bij {org} en vraag {two} {people} wat ze nodig hebben", "zeg {meeting} af bij {who}",
    "vraag {boss} om een dag per week voor deze opgave: ja of nee", "app {who} en vraag {asked}",
    "print de kaart van {area} en hang hem op bij de koffie", "bel {who} en vraag {asked}",
    "schrap {two} vragen uit het intakeformulier en stuur het aan {who}",
    "tel hoeveel {people} in {area} wachten en app {who} het aantal",
    "nodig {who} van {org} uit om een uur mee te lopen in {area}",
)  # fmt: skip
INTENTIONS = (
    "ga meer aandacht geven aan {topic}", "neem {topic} mee in {meeting}", "kijk naar de mogelijkheden voor {topic}",
    "stem {topic} binnenkort af met de collega's van {org}", "probeer vaker opgavegestuurd te werken in {area}",
    "zorg voor meer draagvlak voor {topic}", "ga aan de slag met {topic}", "houd rekening met {people}",
)  # fmt: skip
EVIDENCE = (
    "ik weet ja of nee", "er staan {two} namen op papier", "{who} heeft geantwoord", "de lijst is verstuurd",
    "er hangt een kaart bij de koffie", "ik heb {two} antwoorden", "de afspraak met {org} staat in mijn agenda",
)  # fmt: skip
THEN = (
    "bel ik om 11:00 uur {who}", "doe ik alleen de eerste 10 minuten", "verzet ik het naar 15:00 uur",
    "vraag ik {who} om mee te gaan", "spreek ik de voicemail in en bel ik om 14:00 uur weer", "mail ik {who} één vraag",
)  # fmt: skip
CARDS = (
    "dat {people} in {area} {outcome}", "{n} {people} in {area} hebben {people_do}",
    "op {day} is de zaal in {area} vol", "minder dan {n} mensen op de wachtlijst van {org}",
    "mensen in {area} groeten elkaar bij naam 🙂", "{people} bellen zelf {org}",
)  # fmt: skip
FACTS = (
    "{n} van de {many} {people} staan op de wachtlijst", "in {area} wachten mensen {n} weken op {org}",
    "{many} {people} wonen in {area}", "vorig jaar kregen {n} {people} {people_do}",
)  # fmt: skip
NEEDS = (
    "een vast aanspreekpunt bij {org}", "mandaat om {two} kamers toe te wijzen", "één lijst met alle {people}",
    "een wijkcoach die {area} kent", "een ruimte in {area} op {day}", "een collega van {org} in het team",
    "cijfers over {people} in {area}", "een busje op {day}", "een besluit over het oude schoolgebouw in {area}",
    "iemand die {people} kent", "afspraken met {org} over {people}",
)  # fmt: skip
WISHES = ("meer capaciteit voor {topic}", "meer draagvlak bij {org}", "betere samenwerking met {org}",
          "duidelijkheid van {boss} over {topic}", "tijd voor {topic}", "geld voor {topic}")  # fmt: skip
CONDITIONS = (
    "elke {day} {two} uur zonder overleg", "ja of nee van {boss} op één A4", "{meeting} om de week",
    "zelf een kamer mogen toewijzen", "één budget samen met {org}", "inzage in het systeem van {org}",
    "een plek in {area} om te werken op {day}", "mogen stoppen met {meeting}",
)  # fmt: skip
OBSTACLES = (
    "{meeting} liep een uur uit", "{who} nam niet op", "er kwam een vraag van {boss} tussen", "ik zag op tegen {who}",
    "mijn mailbox liep vol op {day}", "{who} was ziek", "het systeem van {org} lag plat",
    "ik moest eerst {boss} vragen",
)  # fmt: skip
WHO = ("{n} van de {many} {people}", "alle {people}", "{many} {people}")
"""Of a sentence with a place in it: the people that it is about."""
FIELDS: dict[str, tuple[tuple[str, ...], tuple[str, ...] | None]] = {
    "act": (ACTS, INTENTIONS),
    "evidence": (EVIDENCE, None),
    "then": (THEN, None),
    "who": (("{who}", "{who} van {org}"), None),
    "place": (("op kantoor", "thuis", "bij {org}", "telefonisch", "in {area}"), None),
    "detail": (("{n} uur per week", "{two} dagen", "{n} plekken", "telling in oktober", "cijfers van {org}"), None),
    "by_date": (("vóór {date}", "{date}", "komende {day}"), ("zo snel mogelijk", "ooit", "nader te bepalen")),
    "word": (("alle", "dakloze", "woonplek", "overlast", "doelgroep", "eigen", "2027", "moeten"), None),
    "words": (("alle", "eigen", "2027", "dakloze", "woonplek"), None),
    "obstacle_text": (OBSTACLES, None),
    "brought": (("{who} heeft ja gezegd", "ik weet nu {asked}"), None),
    "needed": (("een uur zonder overleg", "het nummer van {who}"), None),
    "when": (("december 2027", "1 september 2027", "de zomer van 2028", "januari 2029"), ("de toekomst", "")),
    "where": (("{area}",), ("de hele stad", "onze organisatie", "")),
    "what": (("hebben {people_do}", "{people_do}"), ("worden integraal geholpen", "staan centraal", "")),
    "now": (("{n}", "er {n}", "nog niemand"), ("onbekend", "")),
}
"""By the name of a field: what somebody wise writes, and somebody vague; None: the same."""
OPTIONAL = ("words", "obstacle_text", "brought", "needed", "place", "detail", "by_date", "now")
"""People leave these now and then, where they may."""
