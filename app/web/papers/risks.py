"""What can go wrong, and what is done about it: DPIA and BIO2. What is not there yet is said."""

from app.texts import gettext_noop as N_
from app.web.papers.shape import Paper, Section

RISKS = (
    Paper(
        "dpia",
        N_("Pre-scan for a DPIA"),
        N_("Our answers, for your privacy officer to judge."),
        (
            Section(
                N_("Questions"),
                rows=(
                    (
                        N_("Are people scored or profiled?"),
                        N_("No. A check looks at one sentence; its verdict is for that person."),
                    ),
                    (N_("Are decisions made automatically?"), N_("No.")),
                    (N_("Does an employer follow employees?"), N_("No. Counts are shown only from %(k)s people on.")),
                    (
                        N_("Are sensitive data used?"),
                        N_("We do not ask for them. People can type them in an open field."),
                    ),
                    (
                        N_("Can people refuse?"),
                        N_("Yes. Name, mail and sharing are choices, and saying no has no effect."),
                    ),
                    (N_("Can people see and delete their data?"), N_("Yes, by themselves, on their own page.")),
                ),
            ),
            Section(
                N_("What remains"),
                lines=(
                    N_("In a small group people can recognise each other’s words."),
                    N_("Who runs the server can read the database."),
                ),
            ),
        ),
    ),
    Paper(
        "bio2",
        N_("Answers on BIO2"),
        N_("What the software does, what you arrange, and what is not there yet."),
        (
            Section(
                N_("Measures"),
                rows=(
                    (
                        N_("Access"),
                        N_("Trainers come by invitation. A sign-in link works once; a session ends after 12 hours."),
                    ),
                    (N_("Second factor"), N_("Not there yet.")),
                    (N_("Roles"), N_("A trainer sees only their own workshops.")),
                    (N_("Audit log"), N_("Not there yet.")),
                    (N_("Encryption on the way"), N_("Pages: %(scheme)s. Mail: %(mail_line)s.")),
                    (N_("Encryption at rest"), N_("By the disk, not by Morgen.")),
                    (N_("Backup"), N_("By who runs the server. Practise putting one back.")),
                    (N_("Packages"), N_("Locked with hashes. The list is in the SBOM.")),
                    (N_("Penetration test"), N_("Not done yet.")),
                    (N_("Reporting leaks (security.txt)"), N_("Not there yet. Report to: %(operator_contact)s.")),
                ),
            ),
        ),
    ),
)
