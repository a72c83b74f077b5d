"""The frame of a letter: greeting, address block, reply route and signature."""

from __future__ import annotations

from drafter.compose.scene import Line, Scene, section
from drafter.compose.wording import capital
from drafter.draft import Section

_LONGEST_NAME = 60


def greeting(scene: Scene) -> Section | None:
    """The greeting that the channel, the tone and the turn ask for; none in the middle of a chat, none in public."""
    incident = scene.incident
    if incident.public or (incident.channel in ("chat", "sms") and not scene.greets):
        return None
    if incident.channel in ("chat", "sms"):
        name = _titled(scene) or first_name(scene)
        key = f"greeting.{incident.channel}" + ("" if name else ".nobody")
        text = scene.say(key, name=name, signer=_short(scene, incident.signer.name), company=incident.company.name)
        return section("greeting", [Line(text, ("customer.name", "signer", "company"))])
    if incident.channel == "letter":
        return section("greeting", [Line(_letterhead(scene), ("company", "customer.name"))])
    return section("greeting", [Line(_salutation(scene), ("customer.name",))])


def closing(scene: Scene) -> Section | None:
    """How to reach the signer, and the signature; a line of contact in a text message, nothing in chat and in public."""
    incident = scene.incident
    if incident.channel == "chat" or incident.public:
        return None
    if incident.channel == "sms":
        return section("closing", [Line(_short_route(scene), ("signer", "signer.phone"))])
    said = any(incident.signer.phone in text for text in scene.wording.spoken) if incident.signer.phone else False
    route = [] if said or scene.shortened else [Line(_route(scene), ("signer.phone",))]
    signature = _signature(scene) + ("" if said or not scene.shortened else _below(scene))
    return section("closing", [*route, Line(signature, ("signer", "company", "signer.phone"))], between="\n\n")


def _below(scene: Scene) -> str:
    """Where to reach the signer, as the last line of the signature, where there is no sentence for it."""
    reached = scene.incident.signer.phone or scene.incident.signer.email
    return f"\n{reached}" if reached else ""


def first_name(scene: Scene) -> str:
    """The name that a friendly greeting uses, "" where none is known."""
    names = _names(scene)
    called = scene.incident.customer.call_by or ""
    return ("" if scene.wording.meets("no_name", called) else _once(called)) or (_called(scene, names) if names else "")


def _called(scene: Scene, names: list[str]) -> str:
    """What somebody of this name is called: the first name, both of a couple, the whole of a family, a firm or an initial."""
    whole, patterns = " ".join(names), scene.wording.phrases.patterns
    if patterns["not_one_person"].search(whole):
        return whole
    two = [part.split()[0] for part in patterns["name_and_name"].split(whole) if part.strip()]
    return scene.say("and.nouns", first=two[0], last=two[1]) if len(two) == 2 else names[0]


def _names(scene: Scene) -> list[str]:
    """The words of the customer's name, without a title in front of it."""
    whole = scene.incident.customer.name or ""
    if scene.wording.meets("no_name", whole) or len(whole) > _LONGEST_NAME:
        return []  # a field of a form that anybody can fill: a sentence, an address or an order is nobody's name
    names = [word.strip(",") for word in whole.split()]
    while len(names) > 1 and (scene.wording.meets("courtesy", names[0]) or scene.wording.meets("before_family", names[0])):
        names.pop(0)
    return names


def _once(text: str) -> str:
    """A text in which no word stands twice in a row, however it is dotted or written: "Dr. dr. Neill" as "Dr. Neill"."""
    words: list[str] = []
    for word in text.split():
        if not words or word.rstrip(".").casefold() != words[-1].rstrip(".").casefold():
            words.append(word)
    return " ".join(words)


def _short(scene: Scene, name: str) -> str:
    """A person's first name, or title and surname; a team and two people keep their whole name."""
    if not name[:1].isupper() or scene.wording.meets("person_word", name) or scene.wording.plural:
        return name
    words = name.split()
    titled = len(words) > 1 and (scene.wording.meets("courtesy", words[0]) or scene.wording.meets("sister", words[0]))
    return f"{words[0]} {words[-1]}" if titled else words[0]


def _salutation(scene: Scene) -> str:
    """The salutation: "Dear Mrs Fenwick" wherever a title is given, else what the tone has; every email greets, also a later one."""
    incident = scene.incident
    if title := _titled(scene):
        return scene.say("greeting.formal", name=title)
    if not first_name(scene):
        return scene.say("greeting.nobody")
    if incident.tone == "formal":
        return scene.say("greeting.formal", name=" ".join(_names(scene)) or first_name(scene))
    return scene.say("greeting.formal" if incident.channel == "letter" else f"greeting.{incident.tone}", name=first_name(scene))


def _titled(scene: Scene) -> str:
    """Title and surname, "" where no title is given or where another name is asked for."""
    customer, meets = scene.incident.customer, scene.wording.meets
    if customer.call_by and (meets("courtesy", customer.call_by) or scene.incident.tone != "formal"):
        return capital(_once(customer.call_by)) if meets("courtesy", customer.call_by) else ""
    if couple := scene.wording.phrases.patterns["two_titles"].match(customer.name or ""):
        both = scene.say("and.nouns", first=_dotted(scene, couple["one"]), last=_dotted(scene, couple["two"]))
        return f"{both} {couple['rest'].split()[-1]}"
    names = _names(scene)
    while len(names) > 1 and meets("generation", names[-1]):
        names.pop()
    return f"{_title(scene)} {names[-1]}" if _title(scene) and names else ""


def _title(scene: Scene) -> str:
    """The title as the territory writes it: "Mr" or "Mr."."""
    customer = scene.incident.customer
    said = [word for word in (customer.name or "").split()[:-1] if scene.wording.meets("courtesy", word)]
    ranks = said[:2] if len(said) > 1 and scene.wording.meets("first_rank", said[0]) else said[:1]
    return _dotted(scene, _once(customer.title or (" ".join(ranks) if not customer.call_by else "")))


def _dotted(scene: Scene, title: str) -> str:
    title = capital(title)
    return f"{title}." if scene.wording.american and scene.wording.meets("shortened", title) else title


def _letterhead(scene: Scene) -> str:
    incident = scene.incident
    sender = [incident.company.name, *incident.company.address]
    name = " ".join(part for part in (_title(scene), " ".join(_names(scene))) if part)
    to = [line for line in (name, *incident.customer.address) if line]
    reference = [scene.say("greeting.reference", reference=incident.reference)] if incident.reference else []
    blocks = [sender, [scene.dates.long(scene.dates.today)], to, reference, [_salutation(scene)]]
    return "\n\n".join("\n".join(block) for block in blocks if block)


def _route(scene: Scene) -> str:
    incident = scene.incident
    if incident.signer.phone:
        return scene.say("reply.phone", phone=incident.signer.phone)
    if incident.signer.email:
        return scene.say("reply.email", email=incident.signer.email)
    if incident.channel == "email":
        return scene.say("reply.here")
    return scene.say("reply.letter") if incident.company.address else scene.say("reply.letter.nowhere", company=incident.company.name)


def _short_route(scene: Scene) -> str:
    """Who it is, where no greeting says so, and where to reach them; no word that one can reply where we write again anyway."""
    signer = scene.incident.signer
    who = "" if scene.greets else f"{_short(scene, signer.name)}, {scene.incident.company.name}"
    said = ", ".join(part for part in (who, signer.phone or signer.email or "") if part)
    again = any(scene.wording.meets("writes", step.text) for step in scene.incident.next if step.state == "will")
    return said or ("" if again else scene.say("reply.sms"))


def _signature(scene: Scene) -> str:
    incident = scene.incident
    role, company = incident.signer.role or "", incident.company.name
    role = capital(role if company in role else ", ".join(part for part in (role, company) if part))
    signoff = scene.say(f"signoff.{incident.channel}.{incident.tone}")
    gap = "\n\n" if incident.channel == "letter" else "\n"
    return (f"{signoff}{gap}" if signoff else "") + f"{incident.signer.name}\n{role}"
