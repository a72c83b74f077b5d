"""Accounts: who may log in to the page and what they may do there, in a file that holds hashes of passwords and no password."""

from __future__ import annotations

import difflib
import hashlib
import os
import secrets
import time
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Generic, TypeVar, get_args

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from filelock import FileLock, Timeout
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from drafter.errors import InputError, OutsideError
from drafter.settings import USERS_FILE, Role

ROLES: tuple[Role, ...] = get_args(Role)
SHORTEST, LONGEST = 10, 1000  # characters of a password
_NAME = 64  # characters
_BESIDE_LETTERS = "._@+-"
_WAIT = 10  # seconds for another command that is changing the file
_KEY = 32  # bytes


class Account(BaseModel):
    """What is kept of a person: their role, and the hash of their password."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    role: Role
    password: str

    @property
    def stamp(self) -> str:
        """A fingerprint that is another one as soon as the password is."""
        return hashlib.sha256(self.password.encode()).hexdigest()[:32]


class _Kept(BaseModel):
    model_config = ConfigDict(extra="forbid")

    users: dict[str, Account] = {}


_LEFT = TypeAdapter(dict[str, float])
_T = TypeVar("_T")


class _File(Generic[_T]):
    """What stands in a file, read again only where it has changed."""

    def __init__(self, path: Path, read: Callable[[bytes], _T], *, without: _T, fault: str) -> None:
        self.path, self._reads, self._without, self._fault = path, read, without, fault
        self._read: tuple[tuple[int, int, int], _T] | None = None

    def value(self) -> _T:
        """It as it is now; raises as `Accounts.all` does."""
        try:
            found = self.path.stat()
            seen = (found.st_ino, found.st_mtime_ns, found.st_size)
            if self._read is None or self._read[0] != seen:
                self._read = (seen, self._reads(self.path.read_bytes()))
        except FileNotFoundError:
            return self._without
        except OSError as error:
            raise OutsideError(
                f"the accounts '{self.path}' cannot be read: {error.strerror}. Name another file with {USERS_FILE}."
            ) from None
        except ValidationError:
            raise InputError(self._fault, str(self.path)) from None
        return self._read[1]


class Accounts:
    """The accounts of a file, which only its owner can read. Changes are whole, and are seen by a service that runs."""

    def __init__(self, file: Path) -> None:
        self.file = file.expanduser()
        self._users: _File[dict[str, Account]] = _File(
            self.file,
            lambda text: _Kept.model_validate_json(text).users,
            without={},
            fault="this is no file of accounts; drafter users makes one.",
        )
        self._left: _File[dict[str, float]] = _File(
            self.file.with_suffix(".left"),
            _LEFT.validate_json,
            without={},
            fault="this is no list of sessions that were left; delete it, and the .key beside it, so that everybody logs in again.",
        )
        self._hasher = PasswordHasher()

    @property
    def are_kept(self) -> bool:
        """Whether there is such a file, be it an empty one."""
        return self.file.exists()

    def all(self) -> dict[str, Account]:
        """Every account by its name.

        Raises:
            InputError: the file is no file of accounts.
            OutsideError: it cannot be read.
        """
        return dict(self._users.value())

    def add(self, name: str, role: str, password: str) -> str:
        """Make an account, and give its name as it is kept.

        Raises:
            InputError: the name is taken or cannot be one, there is no such role, or the password is too short.
            OutsideError: the file cannot be written.
        """
        name, kept_role = self.new_name(name), role_of(role)
        account = Account(role=kept_role, password=self._hashed(password, name))
        with self._changing() as users:
            if name in users:
                raise _taken(name)
            users[name] = account
        return name

    def remove(self, name: str) -> None:
        """Take an account away, which ends its sessions.

        Raises:
            InputError: there is none of this name.
            OutsideError: the file cannot be written.
        """
        with self._changing() as users:
            del users[_known(name, users)]

    def change(self, name: str, *, role: str | None = None, password: str | None = None) -> None:
        """Give an account another role, or another password, which ends its sessions.

        Raises:
            InputError: there is none of this name, there is no such role, or the password is too short.
            OutsideError: the file cannot be written.
        """
        update: dict[str, str] = {} if role is None else {"role": role_of(role)}
        if password is not None:
            update["password"] = self._hashed(password, self.known_name(name))
        with self._changing() as users:
            known = _known(name, users)
            users[known] = users[known].model_copy(update=update)

    def new_name(self, name: str) -> str:
        """The name as it is kept, where it can be one and is free.

        Raises:
            InputError: it is taken, or cannot be one.
        """
        plain = _plain(name)
        if not 0 < len(plain) <= _NAME or not all(each.isalnum() or each in _BESIDE_LETTERS for each in plain):
            raise InputError(
                f"a name has at most {_NAME} letters, digits and {' '.join(_BESIDE_LETTERS)}, such as maya or maya@example.com."
            )
        if plain in self.all():
            raise _taken(plain)
        return plain

    def known_name(self, name: str) -> str:
        """The name as it is kept.

        Raises:
            InputError: there is no account of this name.
        """
        return _known(name, self.all())

    def verified(self, name: str, password: str) -> tuple[str, Account] | None:
        """The account that this password opens; it takes as long where there is no such name."""
        kept = _plain(name)
        account = self.all().get(kept)
        try:
            self._hasher.verify(account.password if account else self._nobodys, _composed(password))
        except (VerificationError, InvalidHashError):
            return None
        return (kept, account) if account else None

    @cached_property
    def session_key(self) -> str:
        """What signs sessions: made once, and kept beside the accounts.

        Raises:
            InputError: what is kept there is no key.
            OutsideError: it cannot be read or written.
        """
        file = self.file.with_suffix(".key")
        with self._locked():
            try:
                if not file.exists():
                    self._write(file, secrets.token_hex(_KEY))
                key = file.read_text(encoding="ascii").strip()
            except UnicodeDecodeError:
                key = ""
            except OSError as error:
                raise OutsideError(
                    f"the key of the sessions '{file}' cannot be read: {error.strerror}. Name another file with {USERS_FILE}."
                ) from None
        if len(key) < 2 * _KEY:
            raise InputError("this is no key of ours; delete it, and a new one is made (everybody logs in again).", str(file))
        return key

    @property
    def left(self) -> Mapping[str, float]:
        """The ids of sessions that were left, with the moment (seconds since 1970) until which they would have held.

        Raises:
            InputError: what is kept there is no such list.
            OutsideError: it cannot be read.
        """
        return self._left.value()

    def leave(self, session: str, until: float) -> None:
        """Keep that a session was left, as long as it would have held, so that it stays closed after a restart.

        Raises:
            InputError: what is kept there is no such list.
            OutsideError: it cannot be read or written.
        """
        with self._locked():
            now = time.time()
            held = {each: end for each, end in self.left.items() if end > now}
            self._write(self._left.path, _LEFT.dump_json(held | {session: until}).decode())

    @cached_property
    def _nobodys(self) -> str:
        """A hash that no password opens, for names that are nobody's."""
        return self._hasher.hash(secrets.token_hex(_KEY))

    def _hashed(self, password: str, name: str) -> str:
        made = _composed(password)
        if len(made) < SHORTEST:
            raise InputError(f"a password has at least {SHORTEST} characters; a few words make a good one.")
        if len(made) > LONGEST:
            raise InputError(f"a password has at most {LONGEST} characters.")
        if made.casefold() == name or len(set(made)) < 3:
            raise InputError("this password would be the first one to be tried; take another.")
        return self._hasher.hash(made)

    @contextmanager
    def _changing(self) -> Iterator[dict[str, Account]]:
        """The accounts, to change; they are kept when the block is left without an error."""
        with self._locked():
            users = self.all()
            yield users
            self._write(self.file, _Kept(users=dict(sorted(users.items()))).model_dump_json(indent=1))

    @contextmanager
    def _locked(self) -> Iterator[None]:
        lock = self.file.with_name(f".{self.file.name}.lock")
        try:
            self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            held = FileLock(lock, timeout=_WAIT, mode=0o600)
            held.acquire()
        except Timeout:
            raise OutsideError(f"another command is changing the accounts '{self.file}'; try it again.") from None
        except OSError as error:
            raise OutsideError(
                f"the folder '{self.file.parent}' cannot be written: {error.strerror}. Name another file with {USERS_FILE}."
            ) from None
        try:
            yield
        finally:
            held.release()

    def _write(self, file: Path, text: str) -> None:
        """Put a text into a file as one step, so that whoever reads has all of it or what was there before."""
        file = file.resolve()  # where it is a link, what it leads to is written
        fresh = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
        try:
            with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
                out.write(f"{text}\n")
                out.flush()
                os.fsync(out.fileno())
            if file.exists() and hasattr(os, "chown"):
                os.chown(fresh, file.stat().st_uid, file.stat().st_gid)  # root may change what the service has to read
            fresh.replace(file)
        except OSError as error:
            fresh.unlink(missing_ok=True)
            raise OutsideError(f"'{file}' cannot be written: {error.strerror}. Name another with {USERS_FILE}.") from None


def role_of(role: str) -> Role:
    """The role of this name.

    Raises:
        InputError: there is none.
    """
    found = next((one for one in ROLES if one == role.strip().lower()), None)
    if found is None:
        raise InputError(f"there is no role '{role}'; there are {', '.join(ROLES)}.")
    return found


def _plain(name: str) -> str:
    return _composed(name).strip().casefold()


def _composed(text: str) -> str:
    """The text with its accents in one spelling: keyboards differ in how they write them."""
    return unicodedata.normalize("NFKC", text)


def _known(name: str, users: dict[str, Account]) -> str:
    plain = _plain(name)
    if plain in users:
        return plain
    near = difflib.get_close_matches(plain, users, 1, 0.6)
    raise InputError(f"there is no account '{plain}'; " + (f"did you mean '{near[0]}'?" if near else "drafter users list shows them."))


def _taken(name: str) -> InputError:
    return InputError(f"there is an account '{name}' already; drafter users password {name} gives it another password.")
