"""Every word that the page says, in one place."""

from __future__ import annotations

TITLE = "Drafter"
INTRO = "Give the facts of what went wrong. You get a reply that owns it, checked before you see it."
WRITE_TAB = "Write"

EXAMPLE = "Start from an example"
EXAMPLE_HINT = "Its facts open as a file below, ready to change."
NO_EXAMPLE = "None"
ENTRY = "How you give the facts"
FORM, FILE = "In a form", "As a file"
FILE_LABEL = "Facts (YAML)"
WRITE = "Write the reply"
MORE = "More: channel, tone, reference, place"

LABELS = {
    "company": "Company",
    "signer.name": "Signed by",
    "signer.role": "Their role",
    "customer.name": "Customer's name",
    "problems.1.what": "What went wrong",
    "problems.1.fault": "Whose mistake it was",
    "problems.1.ours": "What we did",
    "problems.1.customer_part": "The customer's step",
    "problems.1.when": "When it happened",
    "problems.1.impacts": "What it meant for the customer",
    "problems.1.cause": "Why it happened",
    "problems.1.known": "What we know",
    "problems.1.unknown": "What we don't know yet",
    "problems.1.fixes.done": "What we have done",
    "problems.1.fixes.doing": "What we are doing now",
    "problems.1.prevention": "What we changed so that it stays fixed",
    "problems.1.remedies.1.kind": "What the customer is given",
    "problems.1.remedies.1.amount": "Amount",
    "problems.1.remedies.1.text": "In a sentence",
    "next.1.will": "What you will do next",
    "next.1.on": "When",
    "channel": "Channel",
    "tone": "Tone",
    "severity": "How serious",
    "kind": "Kind of message",
    "reference": "Reference",
    "locale": "Language and region",
    "timezone": "Time zone",
}
HINTS = {
    "problems.1.what": "As plain fact: your card was charged twice for order 1042",
    "problems.1.ours": "Start with we or I: we charged your card twice for order 1042",
    "problems.1.customer_part": "As an event, without a verdict: the file was imported twice",
    "problems.1.when": "2026-11-18, or 2026-11-18 09:10",
    "problems.1.impacts": "One a line, to the customer: your account went overdrawn",
    "problems.1.cause": "Start with we, or write unknown",
    "problems.1.known": "One a line: files over 20 MB fail",
    "problems.1.unknown": "One a line: why the uploads fail",
    "problems.1.fixes.done": "One a line: I refunded the second $149.00",
    "problems.1.fixes.doing": "One a line: two engineers are tracing the failed uploads",
    "problems.1.prevention": "One a line, already done: a second try now checks the first",
    "problems.1.remedies.1.amount": "With its currency: $149.00",
    "problems.1.remedies.1.text": "I added $149.00 of credit to your account",
    "next.1.will": "I will check that the refund has reached you, and write to you",
    "next.1.on": "2026-11-25, or 2026-11-25 16:00",
    "locale": "en-US, en-GB, en-AU …",
    "timezone": "America/New_York, Europe/London …",
}
CHOICES = {
    "ours": "Ours",
    "shared": "Ours and the customer's",
    "unknown": "Not known yet",
    "not_ours": "Not ours",
    "email": "Email",
    "chat": "Chat",
    "letter": "Letter",
    "sms": "Text message",
    "social": "Social media (public)",
    "status_page": "Status page (public)",
    "plain": "Plain",
    "warm": "Warm",
    "formal": "Formal",
    "minor": "Minor",
    "normal": "Normal",
    "serious": "Serious",
    "urgent": "Urgent",
    "": "Chosen from the facts",
    "apology": "Apology",
    "holding": "Holding reply",
    "update": "Update",
    "notice": "Notice before they ask",
    "remedy_confirmation": "Confirmation of what they get",
    "follow_up": "Follow-up",
    "answer": "Answer: not our mistake",
    "refund": "Refund",
    "credit": "Credit",
    "payment": "Payment",
    "replacement": "Replacement",
    "voucher": "Voucher",
    "discount": "Discount",
    "upgrade": "Upgrade",
    "waiver": "Waived charge",
    "other": "Something else",
}
NOTHING = "Nothing beside the fix"

WAITING = "Your reply appears here."
WRONG_FACTS = "These facts need a change before a reply can be written. What you typed is still here."
MISSING = "please fill this in"
OUTSIDE = "Something outside Drafter failed. Your facts are still here; try again."
STATUS = {
    "ready": "Ready to send",
    "needs_review": "Needs a person's review before it goes",
    "blocked": "Blocked: it must not go as it is",
}
SUBJECT = "Subject"
FINDINGS = "What the check found"
NO_FINDINGS = "The check found nothing to mend."
SEVERITY = {"error": "Must change", "warning": "Should change", "suggestion": "Could be better"}
INSTEAD = "Write instead"
LEAVE_OUT = "Leave these words out"
LEFT_OUT = "Left out"
WITHHELD_TEXT = "The same reply with what was withheld, for the person who may release it"
MADE = "Composed without a model."
MADE_WITH = "Written with {model}."
