"""What the law on privacy asks: the agreement, who else is in it, the register."""

from app.texts import gettext_noop as N_
from app.web.papers.shape import Paper, Section

DUTIES = (
    Paper(
        "agreement",
        N_("Facts for the processor agreement"),
        N_("For the annex of the VNG standard agreement."),
        (
            Section(
                N_("Who"),
                rows=(
                    (N_("Controller"), N_("%(organisation)s. To reach by: %(contact)s.")),
                    (N_("Processor"), N_("%(operator)s. To reach by: %(operator_contact)s.")),
                    (N_("Service at"), N_("%(address)s")),
                ),
            ),
            Section(
                N_("What is processed"),
                lines=(
                    N_("Answers and cards in a workshop, with a random code for each person."),
                    N_("A first name and a mail address, only if the participant gives them."),
                    N_("One commitment, what became of it, and what stood in the way."),
                    N_("Name and mail address of the trainer, and of who gave the assignment."),
                ),
            ),
            Section(
                N_("How long"),
                lines=(
                    N_("Texts and names: %(texts)s days after the workshop. Counts stay."),
                    N_("Mail addresses: %(addresses)s working days after the last letter."),
                    N_("Text of sent mails: %(mails)s days. Workshops that were not held: %(drafts)s days."),
                    N_("Backups are made by who runs the server. Agree on their period: … days."),
                ),
            ),
            Section(
                N_("What protects it"),
                lines=(
                    N_("The pages go out over %(scheme)s. Mails go to the mail server like this: %(mail_line)s."),
                    N_("Each page forbids files and scripts from other sites."),
                    N_("Of cookies, sign-in links and passwords only a hash is stored."),
                    N_("Trainers can use a second factor. You can demand it. A log keeps for a year who did what."),
                    N_("Logs hold no answers and no mail addresses. There is no access log with IP addresses."),
                    N_("Mail addresses stand in a table apart from the answers."),
                ),
            ),
            Section(
                N_("Not there yet"),
                lines=(N_("Morgen does not encrypt the database. Use an encrypted disk."),),
            ),
        ),
    ),
    Paper(
        "sub-processors",
        N_("Sub-processors"),
        N_("The places with … are for you to fill in."),
        (
            Section(
                N_("Who else sees data"),
                rows=(
                    (N_("Hosting of the server"), N_("… (name, country). Database: %(database)s.")),
                    (
                        N_("Mail server"),
                        N_("%(mail_server)s, run by … . It gets the address and the text of each mail."),
                    ),
                ),
            ),
            Section(
                N_("Nobody else"),
                lines=(
                    N_("The pages load nothing from other sites and count no visits."),
                    N_("Mails hold no pictures and do not measure whether they are opened."),
                ),
            ),
        ),
    ),
    Paper(
        "register",
        N_("Entry for the register of processing"),
        N_("The places with … are for you to fill in."),
        (
            Section(
                N_("The entry"),
                rows=(
                    (N_("Name"), N_("Workshops in working driven by an opgave, and their follow-up")),
                    (N_("Purpose"), N_("To let people work on an opgave, and to learn what helps them go on.")),
                    (
                        N_("Legal basis"),
                        N_("… Consider: public task or legitimate interest. Mails and sharing are free choices."),
                    ),
                    (N_("People"), N_("Participants, trainers, who gave the assignment.")),
                    (N_("Receivers"), N_("%(operator)s as processor; the mail server.")),
                    (N_("Outside the EU"), N_("… (no, if hosting and mail server are in the EU)")),
                    (N_("Special data"), N_("Not asked for. Open fields can hold them.")),
                    (N_("Privacy officer"), N_("%(officer)s")),
                ),
            ),
        ),
    ),
)
