"""A bank of invented matters of many trades, and incidents of every shape that are made from it."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, get_args

from drafter.incident import KIND_FAULTS, Channel, Fault, Incident, Kind, Severity, Tone, incident_from

# each matter: event, our act, symptom that lasts, the customer's step, another party's part, impacts, cause, known, unknown,
# deeds (done / doing / will), remedy in words, lasting change, where else we looked, (ask, answer) pairs, a refused ask, next step
MATTERS: tuple[dict[str, Any], ...] = (
    {
        "trade": "bookshop",
        "what": "the signed atlas was missing from your parcel",
        "ours": "we left the signed atlas out of your parcel",
        "symptom": "our shop page has not taken orders since 08:20",
        "part": "the delivery note was signed by a neighbour",
        "third": "the bindery closed for a week",
        "impacts": ["you had nothing to unwrap for your wife on Sunday", "you paid twice for express delivery"],
        "cause": "I packed two parcels at once and swapped the slips",
        "known": ["orders placed before 08:20 are safe", "the atlas is still in our store"],
        "unknown": ["which of the two parcels holds the atlas"],
        "done": ["I posted the atlas by courier", "I refunded the £12 you paid for express delivery"],
        "doing": "two of us are going through the shelves",
        "will": "the courier will ring your bell",
        "remedy": "I added £15 of credit to your account",
        "change": "we tick every title against the slip before we close a parcel",
        "looked": "I opened the nine other parcels of that morning, and all of them were whole",
        "asks": [
            ("whether the atlas is still signed", "yes, it is signed on the first page"),
            ("for a new invoice", "it is in your inbox"),
        ],
        "refused": ("for the whole order free of charge", "the other four books reached you as ordered"),
        "next": "I will ring you to hear whether it has come",
    },
    {
        "trade": "dentist",
        "what": "your check-up of Tuesday did not take place",
        "ours": "we gave your check-up to another patient and did not tell you",
        "symptom": "our telephone line has been dead since 08:05",
        "part": "the reminder was answered with a question mark",
        "third": "the telephone company moved our number",
        "impacts": ["you took an afternoon off for nothing"],
        "cause": "our calendar let two people write in the same line at the same moment",
        "known": ["appointments of this week stand as they are"],
        "unknown": ["when the line will work again"],
        "done": ["I kept the first slot of Thursday free for you"],
        "doing": "a colleague is calling everyone with an appointment today",
        "will": "the dentist will see you before anyone else",
        "remedy": "the check-up costs you nothing",
        "change": "a slot can be changed by one person only",
        "looked": "we compared every appointment of this month with the calendar, and no other was given away",
        "asks": [("why nobody rang", "nobody rang because the note about you was never written")],
        "refused": ("for a home visit", "the chair and the lamp cannot leave the practice"),
        "next": "I will call you to agree on a time that suits you",
    },
    {
        "trade": "cloud storage",
        "what": "uploads failed for three hours",
        "ours": "we switched off uploads for three hours with a wrong setting",
        "symptom": "uploads have failed since 09:10",
        "part": "the old version of the app was still in use",
        "third": "the data centre changed a router without a word to us",
        "impacts": ["your team could not hand in the tender", "you see a red cross beside every file"],
        "cause": "when we moved to new servers, we copied the setting of a test machine",
        "known": ["files over 20 MB fail", "everything you stored before 09:10 is safe"],
        "unknown": ["why the gateway refuses large files"],
        "done": ["we put the old setting back", "we sent every upload that was waiting"],
        "doing": "three engineers are tracing the failed requests",
        "will": "we will test all regions again",
        "remedy": "we credited the fee of the month",
        "change": "every setting is tried on one server before it goes to the others",
        "looked": "we checked the other regions, and their uploads went through",
        "asks": [
            ("whether any file is lost", "no, every file that you sent is there"),
            ("for a written report", "you will find it under Reports"),
        ],
        "refused": ("for a year free of charge", "uploads worked on every other day of the year"),
        "next": "we will post an update here",
    },
    {
        "trade": "bakery",
        "what": "the cake came without the name on it",
        "ours": "I forgot to write the name on your cake",
        "symptom": "our card reader has refused every card since 10:30",
        "part": "the order form left the line for the name empty",
        "third": "the sugar printer of our supplier stood still",
        "impacts": ["your daughter asked whose cake it was"],
        "cause": "I took the order on the telephone and did not write the name down",
        "known": ["cash is fine"],
        "unknown": ["what stopped the card reader"],
        "done": ["I baked a small cake with the name on it"],
        "doing": "my brother is on the telephone with the bank",
        "will": "my brother will bring it to your door",
        "remedy": "you do not pay for either cake",
        "change": "I read every order back to the caller",
        "looked": "I looked at the other five orders of the day, and they were complete",
        "asks": [("for the recipe", "I wrote it on the card in the box")],
        "refused": ("for a third cake", "both cakes are a gift already"),
        "next": "I will text you when he leaves",
    },
    {
        "trade": "car repair",
        "what": "your car came back with the old brake pads",
        "ours": "we billed you for new brake pads and left the old ones in",
        "symptom": "the lift has been stuck since Monday",
        "part": "the car was collected before the last test",
        "third": "the parts dealer sent pads of another model",
        "impacts": ["you drove for a week with worn pads", "you had to rent a car for two days"],
        "cause": "two of our mechanics worked on your car, and each thought that the other had changed the pads",
        "known": ["the discs are sound"],
        "unknown": ["how long the lift will stand still"],
        "done": ["I fitted the new pads myself", "we cancelled the bill of £180"],
        "doing": "our mechanic is testing the brakes on the road",
        "will": "our driver will bring the car back to your house",
        "remedy": "we paid the two days of the rented car",
        "change": "a second mechanic signs every brake job",
        "looked": "we inspected the other 14 cars of that week, and their pads were new",
        "asks": [
            ("whether it is safe to drive", "please leave the car where it is until we come"),
            ("for the old pads", "they are in a box in the boot"),
        ],
        "refused": ("for a new set of discs", "the discs are sound"),
        "next": "I will ring you after the test drive",
    },
    {
        "trade": "language school",
        "what": "your certificate had another person's grade on it",
        "ours": "we printed another student's grade on your certificate",
        "symptom": "the exam page has shown no results since noon",
        "part": "the exam was taken under a nickname",
        "third": "the examination board released the grades twice",
        "impacts": ["the university put your application aside"],
        "cause": "we sorted the list by first name and not by number",
        "known": ["your own grade is a B2"],
        "unknown": ["when the university will decide"],
        "done": ["I wrote to the university and sent the right certificate", "we printed a new certificate"],
        "doing": "our head of studies is speaking to the university",
        "will": "the new certificate will reach you by post",
        "remedy": "we refunded the exam fee of £95",
        "change": "no certificate is printed without the number of the student",
        "looked": "we checked all 61 certificates of the term and found two others with the same mistake",
        "asks": [("whether the deadline still holds", "the university keeps your place until the end of the month")],
        "refused": ("for a better grade", "a grade can only be given by the examiners"),
        "next": "I will write to you with the answer of the university",
    },
    {
        "trade": "train",
        "what": "the sleeper left without your compartment",
        "ours": "we coupled one sleeping car too few and left eleven of you on the platform",
        "symptom": "the booking app has shown empty trains since 7 am",
        "part": "the ticket was printed before the timetable changed",
        "third": "the yard at the border kept one car back",
        "impacts": ["you sat up all night in a day coach", "you missed the morning meeting"],
        "cause": "nobody counted the cars before the train left the yard",
        "known": ["all trains run today"],
        "unknown": ["what the app counts wrong"],
        "done": ["we refunded the supplement for the sleeper"],
        "doing": "our yard team is counting the cars of tonight's train",
        "will": "a conductor will meet you at the door of car 21",
        "remedy": "the next night in a sleeper is free for you",
        "change": "the yard counts the cars against the bookings at 6 pm every day",
        "looked": "we counted the cars of the last 30 nights, and two other trains were one short",
        "asks": [("whether the way back is safe", "yes, your compartment is in car 21")],
        "refused": ("for the price of the hotel", "the train arrived on time and no night in a hotel was needed"),
        "next": "I will send you the numbers of your beds",
    },
    {
        "trade": "garden centre",
        "what": "the apple trees were the wrong sort",
        "ours": "we sold you four cooking apples as dessert apples",
        "symptom": "our watering system has run without a stop since Sunday",
        "part": "the labels were taken off on the way",
        "third": "the nursery mixed up the labels",
        "impacts": ["you planted them before you knew", "three years of waiting begin again"],
        "cause": "a colleague put the labels back by the colour of the bark",
        "known": ["the trees are healthy"],
        "unknown": ["how many other trees carry the wrong label"],
        "done": ["I chose four dessert apples of five years for you"],
        "doing": "we are looking at every label on the field",
        "will": "two of us will plant them and take the others away",
        "remedy": "I took the £88 for the trees off your bill",
        "change": "every tree gets a second label on its root",
        "looked": "we rang the 23 customers who bought from the same row",
        "asks": [("when the trees can be planted", "they can be planted from the middle of October")],
        "refused": ("for the fruit of three years", "nobody can say what a young tree will bear"),
        "next": "I will ring you before we set out",
    },
    {
        "trade": "insurance",
        "what": "your claim lay unread for six weeks",
        "ours": "we left your claim unread for six weeks",
        "symptom": "claims sent by email have not reached us since Friday",
        "part": "one page of the claim was sent later",
        "third": "the surveyor fell ill",
        "impacts": ["you paid the plumber out of your own pocket", "you rang us four times"],
        "cause": "we moved to a new inbox and did not look into the old one",
        "known": ["claims sent by post are being read"],
        "unknown": ["how many emails are affected"],
        "done": ["I approved the claim of £640", "I read the whole inbox and answered everyone in it"],
        "doing": "our claims team is reading the old inbox",
        "will": "the money will be in your account",
        "remedy": "we added £50 for the four calls",
        "change": "the old inbox sends everything on to the new one",
        "looked": "I found 17 other claims there, and all are decided",
        "asks": [("whether the premium goes up", "no, the premium stays as it is"), ("for a person to speak to", "that is me")],
        "refused": ("for the garden wall", "the contract covers the house and not the garden"),
        "next": "I will make sure that the money has reached you and write to you",
    },
    {
        "trade": "museum",
        "what": "the tour for your class was given to another school",
        "ours": "we booked two schools for one guide and sent your class away",
        "symptom": "the lift to the upper floor has been out of order since this morning",
        "part": "the booking was made for the afternoon and the bus came in the morning",
        "third": "the bus company came an hour early",
        "impacts": ["27 children stood in the rain for half an hour"],
        "cause": "we wrote the bookings into two books",
        "known": ["the ground floor is open"],
        "unknown": ["when the lift will run again"],
        "done": ["I held the guide of next Tuesday for your class"],
        "doing": "the lift company is changing a cable",
        "will": "our guide will meet your class at the door",
        "remedy": "the visit and the bus cost you nothing",
        "change": "there is one book for all bookings, and the desk keeps it",
        "looked": "we went through the bookings of the season and found no other pair",
        "asks": [("whether the children can draw in the hall", "they can, and we put paper and pencils there")],
        "refused": ("for a visit on Monday", "the museum is closed on Mondays"),
        "next": "I will send you the plan of the day",
    },
    {
        "trade": "software",
        "what": "the export left out 1,842 rows",
        "ours": "we left 1,842 rows out of your export and marked it complete",
        "symptom": "exports have been slow since 11:05",
        "part": "a filter was set on the table",
        "third": "the browser maker changed how downloads end",
        "impacts": ["you rebuilt a report at the end of the month", "your board saw the wrong total"],
        "cause": "we stopped the export at the first empty row, because we took it for the end",
        "known": ["the rows themselves are all there"],
        "unknown": ["how many exports of last week were cut"],
        "done": ["I put the complete file into your folder", "we marked the short file as not to be used"],
        "doing": "we are comparing every export of the last year with its source",
        "will": "the result will be in your inbox",
        "remedy": "we took two weeks off your invoice",
        "change": "an export is marked complete only when its rows match the source",
        "looked": "I compared your other six exports, and each was complete",
        "asks": [("how it got past your tests", "our tests had no file with an empty row in it")],
        "refused": ("for the source code", "parts of it belong to another company"),
        "next": "I will write to you when the comparison is finished",
    },
    {
        "trade": "wedding photos",
        "what": "the pictures of the speeches are lost",
        "ours": "I formatted a card that still held the pictures of the speeches",
        "symptom": "our gallery has been closed since yesterday evening",
        "part": "the speeches began before the time on the plan",
        "third": "the rental house gave us a used card",
        "impacts": ["you have no picture of your grandfather's speech"],
        "cause": "I used the same bag for full and for empty cards",
        "known": ["all other pictures are safe in two places"],
        "unknown": ["whether the card can be read"],
        "done": ["I sent the card to a laboratory", "I asked your guests' table for their own pictures"],
        "doing": "the laboratory is reading the card",
        "will": "the laboratory will tell us what can be read",
        "remedy": "I refunded half of the price, £600",
        "change": "full cards go into a red box, and I copy them the same night",
        "looked": "I checked the cards of the last two weddings, and both were copied",
        "asks": [("whether anything can be saved", "yes, perhaps a part, and the laboratory will say how much")],
        "refused": ("for the whole price back", "you have 640 pictures of the day"),
        "next": "I will call you with what the laboratory says",
    },
    {
        "trade": "internet provider",
        "what": "your line was cut on the day of the move",
        "ours": "we cut your old line a week before the new one was ready",
        "symptom": "the internet in Elm Street has been down since 6:40 am",
        "part": "the form named the first of the month",
        "third": "a digger cut the cable",
        "impacts": ["you could not work from home for a week", "you can't open any page"],
        "cause": "we read the day of the move as the day of the new line",
        "known": ["telephones still work", "the cable under the road is cut"],
        "unknown": ["how long the digging will take"],
        "done": ["I sent you a mobile router", "our technician laid the new line"],
        "doing": "four technicians are digging at the corner",
        "will": "a technician will come to your house",
        "remedy": "there is no bill for May",
        "change": "an old line is cut only when the new one has run for a day",
        "looked": "we looked at 40 other moves of the month and stopped three of them",
        "asks": [("for a technician before Friday", "our technician comes on Thursday between 8 and 10 am")],
        "refused": ("for the fee of a year back", "the line worked until the day of the move"),
        "next": "we will text you again",
    },
    {
        "trade": "furniture",
        "what": "the table has a scratch across the top",
        "ours": "we delivered the table with a scratch and left before you could look at it",
        "symptom": "deliveries to the islands have stood still since Wednesday",
        "part": "the table was carried up by friends",
        "third": "the ferry did not sail in the storm",
        "impacts": ["you ate your birthday dinner on the floor"],
        "cause": "our drivers had nine stops that day, and they did not wait at yours",
        "known": ["a new top is in our store"],
        "unknown": ["when the ferry sails again"],
        "done": ["I set a new top aside with your name on it"],
        "doing": "our joiner is oiling the new top",
        "will": "our joiner will change the top in your kitchen",
        "remedy": "I took £70 off the price",
        "change": "our drivers stay until the customer has looked at everything",
        "looked": "I asked the other eight customers of that day, and none had a scratch",
        "asks": [
            ("for another colour", "the new top comes in oak or in ash"),
            ("whether the scratch can be polished", "it cannot, it is too deep"),
            ("how long it takes", "it takes an hour"),
        ],
        "refused": ("for a second table", "the one you have will be like new"),
        "next": "I will ring you to hear which day suits you",
    },
    {
        "trade": "vet",
        "what": "your cat got the powder of another cat",
        "ours": "we handed you the powder of another cat",
        "symptom": "our surgery has had no water since 7:30 am",
        "part": "the label was read at home",
        "third": "the wholesaler changed the colour of the box",
        "impacts": ["you drove to us twice in one night"],
        "cause": "two boxes stood on the counter, and I took the one in front",
        "known": ["the powder does no harm to a healthy cat"],
        "unknown": ["how the two boxes came to stand there"],
        "done": ["I brought the right powder to your house"],
        "doing": "my colleague is reading the list of that day",
        "will": "I will look at your cat at your home",
        "remedy": "we cancelled the fee of £34",
        "change": "we read the name on the box aloud before we hand it over",
        "looked": "I rang the owner of the other cat, and it is well",
        "asks": [("whether the powder is dangerous", "no, it is not, and you need not do anything")],
        "refused": ("for a blood test", "a blood test would show nothing after a single dose"),
        "next": "I will ring you to hear how your cat is",
    },
    {
        "trade": "theatre",
        "what": "two strangers sat in your seats",
        "ours": "we sold seats 14 and 15 twice and sent you to the gallery",
        "symptom": "our box office has been closed since noon because of a power cut",
        "part": "the tickets were shown on an old phone",
        "third": "the ticket agency sold from an old plan",
        "impacts": ["you saw half of the stage", "your mother could not climb the stairs"],
        "cause": "we gave the same row to the agency and to our own desk",
        "known": ["tonight's performance takes place"],
        "unknown": ["when the lights will be back"],
        "done": ["I refunded both tickets, £92 in all"],
        "doing": "we are taking the row out of the agency's plan",
        "will": "two seats in the first row will wait for you",
        "remedy": "the next evening is on us, drinks included",
        "change": "every row belongs to one desk only",
        "looked": "I compared both plans and found six other seats, and I wrote to their owners",
        "asks": [("for seats near the lift", "the two seats are next to the lift")],
        "refused": ("for a private performance", "the company leaves for its tour on Sunday"),
        "next": "I will write to you with the evenings to choose from",
    },
)

PEOPLE = (
    ("Orla Brandt", "Ms"), ("Femi Adewale", None), ("Yusuf Malik", "Dr"), ("Ada", None), ("Joaquín Ferrer Soto", "Mr"), ("Li Wen", None),
)  # fmt: skip
SIGNERS = (
    {"name": "Nora Fitch", "role": "Customer care", "phone": "01632 960 112"},
    {"name": "Samir", "email": "samir@example.org"},
    {"name": "Bea Lindgren", "role": "owner"},
)
LOCALES = (("en-US", "America/Chicago", "$"), ("en-GB", "Europe/London", "£"), ("en-AU", "Australia/Sydney", "$"),
           ("en-IE", "Europe/Dublin", "€"), ("en-CA", "America/Toronto", "$"), ("en-NZ", "Pacific/Auckland", "$"))  # fmt: skip
KINDS: tuple[Kind, ...] = get_args(Kind)
CHANNELS: tuple[Channel, ...] = get_args(Channel)
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
TONES: tuple[Tone, ...] = get_args(Tone)


class Maker:
    """Makes one incident after another from a seed; the same seed always makes the same ones."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.now = datetime(
            2026, self.dice.randint(1, 12), self.dice.randint(1, 28), self.dice.randint(8, 17), self.dice.choice((0, 20, 40))
        )

    def incident(self) -> Incident:
        """An incident of a random shape that is valid by its making."""
        dice = self.dice
        kind = dice.choice(KINDS)
        faults = KIND_FAULTS[kind]
        count = 1 if dice.random() < 0.6 else dice.choice((2, 3, 4))
        matters = dice.sample(MATTERS, count)
        problems = [self.problem(matter, dice.choice(faults), kind) for matter in matters]
        locale, zone, sign = dice.choice(LOCALES)
        name, title = dice.choice(PEOPLE)
        channel = dice.choice(CHANNELS)
        customer: dict[str, Any] = {"name": name, "title": title} if channel != "status_page" else {}
        if channel == "social":
            customer["handle"] = "@nightowl77"
        facts: dict[str, Any] = json.loads(
            json.dumps(
                {
                    "company": "Harrow & Lane",
                    "signer": dice.choice(SIGNERS),
                    "customer": {key: value for key, value in customer.items() if value},
                    "reference": dice.choice((None, "order HL-20931")) if channel != "status_page" else None,
                    "channel": channel,
                    "locale": locale,
                    "timezone": zone,
                    "as_of": f"{self.now:%Y-%m-%d %H:%M}",
                    "severity": dice.choice(SEVERITIES),
                    "tone": dice.choice(TONES),
                    "kind": kind,
                    "sensitive": False,
                    "problems": problems,
                    "asks": self.asks(matters),
                    "next": self.next(matters[0]),
                    "thread": self.thread(problems),
                }
            )
            .replace("\\u00a3", sign)
            .replace("£", sign)
        )
        return incident_from(facts)

    def problem(self, matter: dict[str, Any], fault: Fault, kind: Kind) -> dict[str, Any]:
        """One problem of this matter, with what fits its fault."""
        open_end = fault == "unknown" or (kind in ("holding", "update") and self.often())
        made: dict[str, Any] = {"what": matter["symptom" if open_end or fault == "unknown" else "what"], "fault": fault}
        made["impacts"] = self.some(matter["impacts"])
        made["fixes"] = [{"done": text, **self.past()} for text in self.some(matter["done"])] if not open_end else []
        if open_end or self.often():
            made["fixes"].append({"doing": matter["doing"], **({"by": self.ahead()} if self.seldom() else {})})
        if self.often():
            made["fixes"].append({"will": matter["will"], self.dice.choice(("on", "by")): self.ahead()})
        if self.often():
            made["when"] = self.day(-self.dice.randint(0, 9))
        made["known"] = self.some(matter["known"]) if open_end or self.seldom() else []
        made["unknown"] = self.some(matter["unknown"]) if open_end else []
        made["cause"] = "unknown" if open_end and self.often() else matter["cause"] if fault in ("ours", "shared") else None
        if fault in ("ours", "shared"):
            made |= {"ours": matter["ours"], "remedies": self.remedies(matter)}
            made["prevention"] = self.dice.choice(([{"done": matter["change"], **self.past()}], "unknown", []))
            made["containment"] = self.dice.choice(([{"done": matter["looked"], **self.past()}], "unknown", []))
        if fault == "shared":
            made["customer_part"] = matter["part"]
        elif fault == "not_ours" or (fault == "ours" and self.seldom()):
            made["third_party"] = matter["third"]
        return {key: value for key, value in made.items() if value not in (None, [])}

    def remedies(self, matter: dict[str, Any]) -> list[dict[str, Any]]:
        """None, one or two remedies: granted, refused or pending, with and without words, amount and day."""
        instead = f"our {matter['trade']} desk can tell you what else is possible"
        kinds = ({"kind": "other", "text": matter["remedy"]}, {"kind": "refund", "amount": "£25"}, {"kind": "voucher"},
                 {"kind": "credit", "amount": "£10.50", "terms": ["it does not expire"], "on": self.ahead()},
                 {"kind": "payment", "amount": "£30", "decision": "pending", "on": self.ahead(), "owner": "our finance manager"},
                 {"kind": "discount", "amount": "£5", "decision": "pending"},
                 {"kind": "refund", "decision": "declined", "because": matter["refused"][1], "instead": instead},
                 {"kind": "replacement", "on": self.ahead()})  # fmt: skip
        return self.dice.sample(kinds, self.dice.choice((0, 0, 1, 1, 2)))

    def asks(self, matters: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        """None to four asks: answered, refused, granted, pending."""
        ready = [{"text": text, "answer": answer} for matter in matters for text, answer in matter["asks"]]
        refused, because = matters[0]["refused"]
        ready.append(
            {"text": refused, "decision": "declined", "because": because, "instead": self.dice.choice((None, "I can offer you a voucher"))}
        )
        ready.append(
            {
                "text": "for the costs of the taxi",
                "decision": "pending",
                "on": self.ahead(),
                "owner": self.dice.choice((None, "our finance manager")),
            }
        )
        ready.append({"text": "for a copy of your file", "decision": "granted", "on": self.ahead()})
        picked = self.dice.sample(ready, min(len(ready), self.dice.choice((0, 0, 1, 1, 2, 3, 4))))
        return [{key: value for key, value in ask.items() if value is not None} for ask in picked]

    def next(self, matter: dict[str, Any]) -> list[dict[str, Any]]:
        """None or one next step, sometimes one that lasts."""
        step = {"will": matter["next"], self.dice.choice(("on", "by")): self.ahead()}
        return self.dice.choice(([], [step], [step], [{"will": "I will be at my desk", "until": self.ahead()}, step]))

    def thread(self, problems: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """No thread, a complaint, or a complaint that we have answered once with our act and an apology."""
        asked = {"by": "customer", "when": self.day(-1), "text": "This is not what I paid for. What are you going to do about it?"}
        first = problems[0]
        act = first.get("ours") or first["what"]
        sorry = " That was our mistake, and I'm sorry." if first.get("ours") else ""
        ours = {
            "by": "us",
            "when": self.day(-self.dice.randint(0, 1)),
            "text": f"Hello, {act}.{sorry} I am looking into it and will write again today.",
        }
        return self.dice.choice(([], [], [asked], [asked, ours], [asked, ours, asked]))

    def some(self, items: Sequence[Any]) -> list[Any]:
        """At least one of the items, in their order."""
        return list(items[: self.dice.randint(1, len(items))])

    def past(self) -> dict[str, Any]:
        """When something was done: a day, a time today, or not said."""
        hour = self.now - timedelta(minutes=self.dice.choice((10, 50, 90)))
        return self.dice.choice(({}, {"on": self.day(-self.dice.randint(0, 6))}, {"on": f"{hour:%Y-%m-%d %H:%M}"}))

    def ahead(self) -> str:
        """A moment that is still to come: a day or a time of a day."""
        hour = self.now + timedelta(minutes=self.dice.choice((30, 60, 120)))
        return self.dice.choice(
            (self.day(self.dice.randint(1, 12)), f"{hour:%Y-%m-%d %H:%M}", f"{self.day(self.dice.randint(1, 5))} 14:30")
        )

    def day(self, offset: int) -> str:
        """The day so many days from now, as a fact holds it."""
        found: date = self.now.date() + timedelta(days=offset)
        return found.isoformat()

    def often(self) -> bool:
        """True in about half of the cases."""
        return self.dice.random() < 0.5

    def seldom(self) -> bool:
        """True in about a quarter of the cases."""
        return self.dice.random() < 0.25
