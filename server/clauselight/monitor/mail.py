"""Hands an e-mail to a mail server."""

from __future__ import annotations

import asyncio
import datetime as dt
import smtplib
import ssl
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from typing import Final

from clauselight.settings import Settings

WITHIN: Final = 30.0
"""Seconds that each step of the mail server may take."""


class MailRefused(Exception):
    """The e-mail cannot be handed over; the text is one sentence for the operator."""


def message(
    settings: Settings, *, subject: str, text: str, html: str, moment: dt.datetime, identity: str
) -> EmailMessage:
    """An e-mail to everybody who gets the digest. Raises MailRefused for addresses that are none.

    `identity`: a word that is the same whenever the same letter is sent again.
    """
    made = EmailMessage()
    try:
        made["From"] = settings.mail_from or ""
        made["To"] = ", ".join(settings.digest_to)
        made["Subject"] = " ".join(subject.split())
    except ValueError as error:  # a line break or another header in what should be an address
        raise MailRefused(
            f"An address in CLAUSELIGHT_MAIL_FROM or CLAUSELIGHT_DIGEST_TO is none: {error}."
        ) from error
    domain = made["From"].addresses[0].domain if made["From"].addresses else ""
    if not domain or any(not one.domain for one in made["To"].addresses):
        raise MailRefused("CLAUSELIGHT_MAIL_FROM and CLAUSELIGHT_DIGEST_TO must hold e-mail addresses.")
    made["Date"] = format_datetime(moment)
    made["Message-ID"] = make_msgid(identity, domain)
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(text)
    made.add_alternative(html, subtype="html")
    return made


async def send(settings: Settings, made: EmailMessage) -> None:
    """Hand it over. Raises MailRefused; then nothing was sent, or not to everybody."""
    try:
        await asyncio.to_thread(_send, settings, made)
    except smtplib.SMTPRecipientsRefused as error:
        raise MailRefused(f"The mail server refused {len(error.recipients)} of the addresses.") from error
    except smtplib.SMTPResponseException as error:
        raise MailRefused(f"The mail server answered {error.smtp_code}.") from error
    except (smtplib.SMTPException, OSError) as error:
        raise MailRefused(f"The mail server cannot be used ({type(error).__name__}).") from error


def _send(settings: Settings, made: EmailMessage) -> None:
    assert settings.smtp_host is not None, "asked only where there is a mail server"
    context = ssl.create_default_context()
    if settings.smtp_security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            settings.smtp_host, settings.smtp_port, timeout=WITHIN, context=context
        )
    else:
        server = smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=WITHIN)
    with server:
        if settings.smtp_security == "starttls":
            server.starttls(context=context)
        if settings.smtp_user and settings.smtp_password:
            server.login(settings.smtp_user, settings.smtp_password.get_secret_value())
        server.send_message(made)
