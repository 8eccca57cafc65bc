"""What is thrown at the doors."""

MARKUP = (
    "<script src=//evil.example/x></script>",
    '"><img src=x onerror=alert(1)>',
    "' autofocus onfocus=alert(1) x='",
    "</textarea></title></script><svg/onload=alert(1)>",
    "{{ 7*7 }}{% raw %}${7*7}",
    "javascript:alert(1)",
    '<hx-partial hx-target="body"><b>x</b></hx-partial>',
    "<!--[if gte mso 4]><p>x</p><![endif]-->",
    "<a href=data:text/html,x data-hx-get=/x hx-on:click=alert(1)>x</a>",
)
NUMBERS = (
    "nan",
    "inf",
    "-inf",
    "1e999",
    "9" * 400,
    "-1",
    "0x10",
    "1_000",
    "٣",
    "²",
    "1.5",
    "9" * 19,
    "9223372036854775808",
)
STRANGE = (
    "\x00",
    "a\x00b",
    "\ud800",
    "\udfff\ud800",
    "\u202egnp.exe",
    "\u2028\u2029",
    "\ufeff",
    "\U000e0041\U000e0042",
    "Z" + "\u0335\u0321\u0348" * 60,
    "\U0001f469\u200d\U0001f52c",
    "é" * 5000,
    "\r\nBcc: all@example.nl\r\n\r\nx",
    "../../../../etc/passwd",
    "..%2f..%2fetc%2fpasswd",
    "%00%0d%0a",
    "=cmd|' /C calc'!A0",
    "[" * 5000,
    '{"a":' * 2000,
    "*" + "&x" * 50,
    "None",
    "true",
    "[]",
    "{}",
)
DATES = (
    "0000-00-00",
    "9999-12-31",
    "10000-01-01",
    "2026-02-30",
    "2026-11-25T25:61",
    "25:61",
    "24:00",
    "-1:-1",
    "0001-01-01",
)
ALL = (*MARKUP, *NUMBERS, *STRANGE, *DATES)

_FIELDS = """
act activity add_after add_from address alone answer answer_by answers as at blank back became brought by_date card
code commissioner commissioner_language commit_at cut day days_off deed detail different dropped email evidence
extra_days_off file goal helped instead into k keep key language later leads_to leave leaves liberation_day logo
look_up looks_for may_call minutes more move name needed new_kind next note now obstacle obstacle_text on_behalf_of
opgave organisation owner page part participants parties pen person pick place question reading retention_days
said_by screen script seconds seen serves settled shape size skipped start starts_at status step still stop table
tables text then time_zone title to tokens trainer version vote was_read who why word worked steps.0.key
steps.0.minutes activities.0.kind activities.0.spec.question.nl title.nl a.b.c a..b . __class__
"""
NAMES = (
    *_FIELDS.split(),
    *(
        "",
        "activities.99999999999.kind",
        "rescue." + "9" * 5000 + ".nl",
        ".".join("a" * 400),
        "activities." + "9" * 5000,
    ),
)
"""The fields of our forms, and names that no form of ours has."""
