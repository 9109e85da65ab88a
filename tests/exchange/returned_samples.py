"""Reports as mail servers write them, about a letter of ours."""

HOME = "hanako@example.jp"

POSTFIX = """\
Return-Path: <>
From: MAILER-DAEMON@mail.library.example (Mail Delivery System)
To: portal@library.example
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="A1B2/mail.library.example"
Message-Id: <20261122010203.A1B2@mail.library.example>

This is a MIME-encapsulated message.

--A1B2/mail.library.example
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not
be delivered to one or more recipients.

<{address}>: host mx.example.jp[192.0.2.1] said: 550 5.1.1
    <{address}>: Recipient address rejected: User unknown (in reply to RCPT TO command)

--A1B2/mail.library.example
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.library.example
X-Postfix-Queue-ID: A1B2
Arrival-Date: Sun, 22 Nov 2026 10:00:00 +0900 (JST)

Final-Recipient: rfc822; {address}
Original-Recipient: rfc822;{address}
Action: {action}
Status: {status}
Remote-MTA: dns; mx.example.jp
Diagnostic-Code: smtp; 550 {status} <{address}>: Recipient address rejected

--A1B2/mail.library.example
Content-Description: Undelivered Message Headers
Content-Type: text/rfc822-headers

From: =?utf-8?b?5Zuz5pu46aSo?= <portal@library.example>
To: {address}
Subject: =?utf-8?b?5Y+X5Y+W?=
Message-ID: <{number}@library.example>

--A1B2/mail.library.example--
"""

EXCHANGE = """\
From: postmaster@example.jp
To: portal@library.example
Date: Sun, 22 Nov 2026 01:02:03 +0000
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="_000_x"
Content-Language: ja-JP
Message-ID: <0123456789@example.jp>
In-Reply-To: <{number}@library.example>
References: <{number}@library.example>
Subject: =?utf-8?b?6YWN5L+h5LiN6IO9?=

--_000_x
Content-Type: multipart/alternative; boundary="_001_y"

--_001_y
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: base64

6YWN5L+h44Gn44GN44G+44Gb44KT44Gn44GX44Gf44CC

--_001_y--

--_000_x
Content-Type: message/delivery-status

Reporting-MTA: dns;mx.example.jp
Received-From-MTA: dns;mail.library.example

Final-Recipient: RFC822;{address}
Action: {action}
Status: {status}
Diagnostic-Code: smtp;550 {status} RESOLVER.ADR.RecipientNotFound

--_000_x
Content-Type: message/rfc822

From: portal@library.example
To: {address}
Message-ID: <{number}@library.example>
MIME-Version: 1.0
Content-Type: text/plain; charset="utf-8"

Hello

--_000_x--
"""

SAMPLES = {"postfix": POSTFIX, "exchange": EXCHANGE}

OUT_OF_OFFICE = """\
From: {address}
To: portal@library.example
Subject: Out of office
Auto-Submitted: auto-replied
In-Reply-To: <{number}@library.example>
Content-Type: text/plain; charset=utf-8

I am away. 5.1.1
"""


def sample(
    name: str,
    *,
    number: str,
    address: str = HOME,
    status: str = "5.1.1",
    action: str = "failed",
) -> bytes:
    """Return a report about a letter."""
    text = {**SAMPLES, "out_of_office": OUT_OF_OFFICE}[name].format(
        number=number, address=address, status=status, action=action
    )
    return text.replace("\n", "\r\n").encode("ascii")
