"""To people in the organisation: works council, ICT, archive."""

from app.texts import gettext_noop as N_
from app.web.papers.shape import Paper, Section

NOTES = (
    Paper(
        "council",
        N_("For works council and privacy officer"),
        N_("One page: what the employer sees, and what not."),
        (
            Section(
                N_("What it is"),
                lines=(
                    N_("In a workshop everyone chooses one act for the next working day."),
                    N_("Who wants it gets mails that ask whether it worked."),
                ),
            ),
            Section(
                N_("What the employer sees"),
                lines=(
                    N_("Counts of the whole group, only from %(k)s people on."),
                    N_("Never what became of one person’s act."),
                ),
            ),
            Section(
                N_("What people decide"),
                lines=(
                    N_("Whether they give a name, a mail address, both or neither."),
                    N_("Every letter about their act has a link to stop. One click is enough."),
                    N_("They can delete everything of themselves."),
                ),
            ),
            Section(
                N_("Questions?"),
                lines=(
                    N_("Privacy officer: %(officer)s"),
                    N_("Organisation: %(contact)s"),
                ),
            ),
        ),
    ),
    Paper(
        "ict",
        N_("Mail to ICT"),
        N_("Send it before the session."),
        (
            Section(
                N_("Before %(workshop)s"),
                lines=(
                    N_("On %(day)s at %(at)s … colleagues use %(address)s in %(room)s."),
                    N_("Please allow %(scheme)s to %(host)s (port %(port)s)."),
                    N_("Long connections (WebSocket, header Upgrade) to that address may stay open."),
                    N_("Mails come from %(sender)s. Please let the domain %(domain)s through."),
                    N_("You know them by these headers: Auto-Submitted, List-Unsubscribe, Message-ID at %(domain)s."),
                    N_("A scanner may open every link: opening changes nothing."),
                    N_("Test on the wifi of the room: %(address)s/test"),
                ),
            ),
        ),
        for_workshop=True,
    ),
    Paper(
        "archive",
        N_("Exports for Woo and archive"),
        N_("The result of a workshop can be a record of your organisation."),
        (
            Section(
                N_("What to keep, and where it is"),
                lines=(
                    N_("Export a workshop as one file (JSON), from its page “What is kept, and until when”."),
                    N_("Do it within %(texts)s days: then texts are removed here."),
                    N_("The file holds no names, no mail addresses and no outcome of anybody."),
                    N_("Put it in your own archive: … (system, case number). Morgen is no archive."),
                ),
            ),
        ),
    ),
)
