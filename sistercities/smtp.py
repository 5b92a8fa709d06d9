"""Django's SMTP backend, which also says when a mail may have arrived in spite of an error."""

import smtplib

from django.core.mail.backends.smtp import EmailBackend


class DoubtfulDelivery(smtplib.SMTPException):
    """The server took the text and then fell silent: perhaps it has the mail, perhaps not."""


class _Telling:
    """An SMTP connection that tells errors before the text from those after it."""

    def data(self, msg):
        """As smtplib's; a refusal is an answer, a broken line none."""
        try:
            return super().data(msg)
        except smtplib.SMTPDataError:
            raise
        except (smtplib.SMTPServerDisconnected, OSError) as error:
            raise DoubtfulDelivery(str(error) or type(error).__name__) from error


class _Plain(_Telling, smtplib.SMTP):
    pass


class _Encrypted(_Telling, smtplib.SMTP_SSL):
    pass


class Backend(EmailBackend):
    """Named in settings in place of Django's own."""

    @property
    def connection_class(self):
        """smtplib's connection with our word about doubts."""
        return _Encrypted if self.use_ssl else _Plain
