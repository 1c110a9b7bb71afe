"""The second stage: what `site` does to the initial list, step by step and in its order.

It makes the list absolute and unique, then adds the virtual environment's directories, the user's,
the base's, with what their `.pth` files say, then the customize modules. Start-up code is followed
on paper (`evaluation.py`), never run. It mirrors `main`, `venv`, `addsitedir` and `addpackage` of
`Lib/site.py`, and `StartupState` of 3.15. `draft.py` holds the list under construction.
"""

from __future__ import annotations

import os

import attrs

from wherefrom.search_path import customize, known_code, pth, site_rules
from wherefrom.search_path.draft import Draft, Drafts, FatalError, Unnamed
from wherefrom.search_path.evaluation import World, follow, import_module, names_of_import_lines
from wherefrom.search_path.expressions import Function, Module, RaisedError, UnpredictableError
from wherefrom.search_path.result import Place
from wherefrom.search_path.virtual_environment import Configuration, user_base, venv_configuration

TYPE_CHECKING = False
if TYPE_CHECKING:
    from wherefrom.search_path.disk import Disk
    from wherefrom.search_path.interpreter import Interpreter
    from wherefrom.search_path.site_rules import SiteRules
    from wherefrom.search_path.start import Start


@attrs.define
class _Pending:
    """Start-up code of 3.15, kept until all paths are there."""

    imports: list[tuple[str, list[pth.Line]]] = attrs.Factory(list)
    starts: dict[str, list[pth.Line]] = attrs.Factory(dict)
    ledger: list[Draft] = attrs.Factory(list)
    directories: set[str] = attrs.Factory(set)


@attrs.define
class SiteStage:
    """One run of `site.main`, on paper.

    Attributes:
        start: The initial list and what else the interpreter says of itself.
        facts: What is known of it in general.
        disk: The disk as it sees it.
        env: Its environment; `site` looks at PYTHONUSERBASE and HOME even under -E.
        user_site_off: The names of what switches the user site directory off.
        drafts: The list under construction, and what is left out of it.
    """

    start: Start
    facts: Interpreter
    disk: Disk
    env: dict[str, str]
    user_site_off: list[str]
    drafts: Drafts
    rules: SiteRules = attrs.field(init=False)
    world: World = attrs.field(init=False)
    known: set[str] = attrs.Factory(set)
    pending: _Pending = attrs.Factory(_Pending)
    in_venv: bool = False

    def __attrs_post_init__(self) -> None:
        self.rules = site_rules.rules(self.facts)
        self.world = World(self.drafts, self.facts, self.disk, self.env, self._add_from_code)

    def run(self) -> None:
        """Do what `site.main` does.

        Raises:
            FatalError: The interpreter dies while it starts.
        """
        known = self._make_absolute_and_unique()
        self.known = set() if self.rules.batched else known
        configuration = venv_configuration(self.start.executable, self.disk)
        prefixes = [self.start.prefix, self.start.exec_prefix]
        if configuration is not None:
            prefixes = self._venv(configuration, prefixes)
        enabled = self._user_site(configuration)
        self._site_directories(prefixes, configuration)
        self._process()
        customize.run("sitecustomize", self)
        if enabled:
            customize.run("usercustomize", self)

    def _make_absolute_and_unique(self) -> set[str]:
        """Mirror `removeduppaths`: the first of two equal entries stays."""
        known: dict[str, int] = {}
        kept: list[Draft] = []
        for draft in self.drafts.entries:
            path = self.disk.absolute(draft.path)
            if path in known:
                self.drafts.leave_out(attrs.evolve(draft, path=path), "duplicate", of=known[path])
                continue
            known[path] = len(kept)
            kept.append(attrs.evolve(draft, path=path))
        self.drafts.entries[:] = kept
        return set(known)

    def _venv(self, configuration: Configuration, prefixes: list[str]) -> list[str]:
        """Mirror `venv`: add its own directories first, then say which prefixes count."""
        start = self.start
        self.in_venv = True
        own = configuration.prefix if self.rules.venv_sets_prefix else start.prefix
        self._add_prefixes([own], own)
        if not configuration.system_site:
            return [own] if self.rules.venv_sets_prefix else prefixes
        if self.rules.venv_sets_prefix:
            return [own, *prefixes]
        return [*prefixes, start.base_prefix, start.base_exec_prefix]

    def _user_site(self, configuration: Configuration | None) -> bool:
        """Mirror `addusersitepackages`; tell whether user site is enabled."""
        directory = site_rules.user_directory(self.rules, user_base(self.env))
        draft = Draft(self.disk.absolute(directory), "user-site")
        refused = self._user_site_refused(configuration)
        if refused is not None:
            self.drafts.leave_out(draft, *refused)
            return False
        if self.disk.is_dir(draft.path):
            self._add_directory(draft)
        else:
            self.drafts.leave_out(draft, "does-not-exist")
        return True

    def _user_site_refused(self, configuration: Configuration | None) -> tuple[str, str] | None:
        if configuration is not None and not configuration.system_site:
            return "user-site-off-in-venv", configuration.file
        if self.user_site_off:
            return "user-site-disabled", ", ".join(self.user_site_off)
        if self.start.pth is not None and not self.rules.user_site_under_pth:
            return "user-site-disabled", self.start.pth.file
        if self.start.ids_differ:
            return "user-site-unsafe", ""
        return None

    def _site_directories(self, prefixes: list[str], configuration: Configuration | None) -> None:
        """Mirror the last call of `addsitepackages`; say what a virtual environment hides."""
        own = None
        if configuration is not None:
            own = configuration.prefix if self.rules.venv_sets_prefix else self.start.prefix
        self._add_prefixes(prefixes, own)
        if configuration is not None and not configuration.system_site:
            bases = [self.start.base_prefix, self.start.base_exec_prefix]
            for _, directory in self._directories_of([base for base in bases if base != own]):
                if self.disk.is_dir(directory):
                    draft = Draft(self.disk.absolute(directory), "site-packages", "base")
                    self.drafts.leave_out(draft, "base-hidden-by-venv", configuration.file)

    def _directories_of(self, prefixes: list[str]) -> list[tuple[str, str]]:
        in_venv = self._sees_itself_in_venv()
        return site_rules.site_directories(
            self.rules, prefixes, platlibdir=self.start.platlibdir, in_venv=in_venv
        )

    def _sees_itself_in_venv(self) -> bool:
        """Whether `sys.prefix` differs from `sys.base_prefix` by now; only Debian's patch asks."""
        configuration = venv_configuration(self.start.executable, self.disk) if self.in_venv else None
        moved = configuration is not None and self.rules.venv_sets_prefix
        prefix = configuration.prefix if moved and configuration is not None else self.start.prefix
        return prefix != self.start.base_prefix

    def _add_prefixes(self, prefixes: list[str], venv_prefix: str | None) -> None:
        for prefix, directory in self._directories_of(prefixes):
            detail = "venv" if prefix == venv_prefix else "base"
            draft = Draft(directory, "site-packages", detail)
            if self.disk.is_dir(directory):
                self._add_directory(draft)
            else:
                self.drafts.leave_out(
                    attrs.evolve(draft, path=self.disk.absolute(directory)), "does-not-exist"
                )

    # One site directory -----------------------------------------------------------------------

    def _add_directory(self, draft: Draft) -> None:
        """Mirror `addsitedir`: the directory, then what its configuration files say."""
        draft = attrs.evolve(draft, path=self.disk.absolute(draft.path))
        if self.rules.batched:
            if draft.path in self.pending.directories:
                return
            self.pending.directories.add(draft.path)
        self._add_path(draft)
        self.drafts.site_directories.setdefault(draft.path, draft.detail)
        try:
            names = self.disk.names(draft.path)
        except OSError as error:
            self.drafts.leave_out(draft, "directory-unreadable", str(error.strerror or error))
            return
        self._read_files(draft.path, names)

    def _add_path(self, draft: Draft) -> None:
        """Append a path unless it is known; 3.15 only makes a note of it until all paths are there."""
        if draft.path in self.known:
            self.drafts.leave_out_again(draft, self.pending.ledger)
            return
        if self.rules.batched:
            self.known.add(draft.path)
            self.pending.ledger.append(draft)
        elif draft.source == "site-packages" or draft.source == "user-site" or self.disk.exists(draft.path):
            self.known.add(draft.path)
            self.drafts.append(draft)
        else:
            self.drafts.leave_out(draft, "does-not-exist")

    def _read_files(self, directory: str, names: list[str]) -> None:
        counting, hidden = pth.names_that_count(names, ".pth", self.rules)
        for name in hidden:
            file = os.path.join(directory, name)
            self.drafts.leave_out(Unnamed("pth", Place(file)), "pth-hidden")
        for name in counting:
            self._read_pth(directory, os.path.join(directory, name))
        if self.rules.batched:
            starts, _ = pth.names_that_count(names, ".start", self.rules)
            for name in starts:
                self._read_start(os.path.join(directory, name))

    def _read_pth(self, directory: str, file: str) -> None:
        """Mirror `addpackage`: path lines are added, import lines followed (3.15: kept for later)."""
        try:
            lines = pth.pth_lines(self.disk.read(file), self.rules, self.start.locale)
        except OSError as error:
            self.drafts.leave_out(Unnamed("pth", Place(file)), "pth-unreadable", str(error.strerror or error))
            return
        except pth.UndecodableError as error:
            raise FatalError(
                f"Python would die while it starts: {file} cannot be decoded ({error})"
            ) from None
        imports = [line for line in lines if line.kind == "import"]
        if self.rules.batched and imports:
            self.pending.imports.append((file, imports))
        for position, line in enumerate(lines):
            place = Place(file, line.number)
            if line.kind == "path":
                self._add_path(Draft(self.disk.absolute(directory, line.text), "pth", place, line.text))
            elif not self.rules.batched and not self._follow_import_line(line, place):
                self._ignore_rest(lines[position + 1 :], directory, file)
                return

    def _ignore_rest(self, lines: list[pth.Line], directory: str, file: str) -> None:
        for line in lines:
            place = Place(file, line.number)
            missing: Draft | Unnamed = Unnamed("pth-import", place, line.text)
            if line.kind == "path":
                missing = Draft(self.disk.absolute(directory, line.text), "pth", place, line.text)
            self.drafts.leave_out(missing, "pth-rest-ignored", file)

    def _read_start(self, file: str) -> None:
        try:
            self.pending.starts.setdefault(file, []).extend(pth.start_lines(self.disk.read(file)))
        except OSError as error:
            self.drafts.leave_out(
                Unnamed("start", Place(file)), "pth-unreadable", str(error.strerror or error)
            )
        except pth.UndecodableError as error:
            self.drafts.leave_out(Unnamed("start", Place(file)), "start-undecodable", str(error))

    # Start-up code ----------------------------------------------------------------------------

    def _follow_import_line(self, line: pth.Line, place: Place) -> bool:
        """Follow an import line; tell whether Python would go on behind it."""
        with self.drafts.by("pth-import", place):
            try:
                effect, predicted = self._effect_of(line.text, place), True
            except UnpredictableError as unknown:
                effect, predicted = f"cannot be predicted: {unknown}", False
                self.world.doubtful = True
            except RaisedError as raised:
                return self._line_raised(raised, line, place)
        self.drafts.ran(place, line.text, "pth-import", effect, predicted)
        return True

    def _effect_of(self, text: str, place: Place) -> str:
        recognised = known_code.recognise(text)
        if recognised is not None:
            return known_code.run(*recognised, self.world)
        before = self.world.path.paths()
        directory = os.path.dirname(place.file)
        follow(text, self.world, names_of_import_lines(directory, place.file))
        return "the path stays as it is" if before == self.world.path.paths() else "changes the path"

    def _line_raised(self, raised: RaisedError, line: pth.Line, place: Place) -> bool:
        if raised.ends_start:
            raise FatalError(f"Python would end while it starts: {place}: {raised}") from None
        self.drafts.ran(place, line.text, "pth-import", f"raises {raised}", not self.world.doubtful)
        self.drafts.leave_out(Unnamed("pth-import", place, line.text), "pth-line-broken", str(raised))
        return False

    def _add_from_code(self, directory: str) -> None:
        """Mirror a call of `site.addsitedir` by start-up code: it works on a state of its own."""
        source, detail = self.drafts.owner
        outer, outer_pending = self.known, self.pending
        self.known = {path for path in self.drafts.paths() if self.disk.exists(path)}
        self.pending = _Pending()
        try:
            self._add_directory_as(Draft(self.disk.absolute(directory), source, detail))
            self._process()
        finally:
            self.known, self.pending = outer, outer_pending

    def _add_directory_as(self, draft: Draft) -> None:
        """Add a directory whatever its source; unlike a line's path it need not exist."""
        if draft.path not in self.known and not self.rules.batched:
            self.known.add(draft.path)
            self.drafts.append(draft)
        elif draft.path not in self.known:
            self.known.add(draft.path)
            self.pending.ledger.append(attrs.evolve(draft, text=None))
        try:
            self._read_files(draft.path, self.disk.names(draft.path))
        except OSError:
            return

    # What 3.15 does at the end ----------------------------------------------------------------

    def _process(self) -> None:
        """Mirror `StartupState.process`: all paths, then import lines, then entry points."""
        for draft in self.pending.ledger:
            if draft.path in self.drafts.paths():
                self.drafts.leave_out_again(draft, [])
            elif draft.source != "pth" or self.disk.exists(draft.path):
                self.drafts.append(draft)
            else:
                self.drafts.leave_out(draft, "does-not-exist")
        for file, lines in self.pending.imports:
            self._run_imports(file, lines)
        for file, lines in self.pending.starts.items():
            for line in lines:
                self._run_entry_point(line, Place(file, line.number))

    def _run_imports(self, file: str, lines: list[pth.Line]) -> None:
        start = f"{file.removesuffix('.pth')}.start"
        for line in lines:
            place = Place(file, line.number)
            if start in self.pending.starts:
                draft = Unnamed("pth-import", place, line.text)
                self.drafts.leave_out(draft, "import-line-suppressed", start)
            else:
                self._follow_import_line(line, place)

    def _run_entry_point(self, line: pth.Line, place: Place) -> None:
        """Follow `package.module:callable`: import the module, call the function."""
        with self.drafts.by("start", place):
            try:
                effect, predicted = self._call_entry_point(line.text), True
            except UnpredictableError as unknown:
                effect, predicted = f"cannot be predicted: {unknown}", False
                self.world.doubtful = True
            except RaisedError as raised:
                if raised.ends_start:
                    raise FatalError(f"Python would end while it starts: {place}: {raised}") from None
                self.drafts.leave_out(Unnamed("start", place, line.text), "start-line-broken", str(raised))
                effect, predicted = f"raises {raised}", not self.world.doubtful
        self.drafts.ran(place, line.text, "start", effect, predicted)

    def _call_entry_point(self, text: str) -> str:
        module, colon, name = text.partition(":")
        parts = [*module.split("."), *name.split(".")]
        if not colon or not all(part.isidentifier() for part in parts):
            raise RaisedError("ValueError", f"{text!r} is not of the form package.module:callable")
        before = self.world.path.paths()
        found = import_module(module, self.world)
        if isinstance(found, Module) and name not in found.names and "." not in name:
            raise RaisedError("AttributeError", f"module {module!r} has no attribute {name!r}")
        if not isinstance(found, Module) or not isinstance(found.names.get(name), Function):
            raise UnpredictableError(f"the entry point {text}")
        follow(f"{name}()", self.world, dict(found.names))
        return "the path stays as it is" if before == self.world.path.paths() else "changes the path"
