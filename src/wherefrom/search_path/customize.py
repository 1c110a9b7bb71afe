"""The last step of `site`: `sitecustomize` and `usercustomize`, ordinary modules that run if found.

They are looked for on the path as it is then, before the program's first entry is there, so a file
beside the script does not count. What they do is followed on paper, never run. It mirrors
`execsitecustomize` and `execusercustomize` of `Lib/site.py`.
"""

from __future__ import annotations

from wherefrom.search_path import offers
from wherefrom.search_path.draft import FatalError
from wherefrom.search_path.evaluation import import_module
from wherefrom.search_path.expressions import RaisedError, UnpredictableError
from wherefrom.search_path.result import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from wherefrom.search_path.site_stage import SiteStage


def run(name: str, stage: SiteStage) -> None:
    """Follow a customize module, if the path offers one.

    Args:
        name: `"sitecustomize"` or `"usercustomize"`.
        stage: The run of `site` that it ends.

    Raises:
        FatalError: It ends the interpreter.
    """
    offer = offers.find(name, stage.drafts.paths(), stage.facts, stage.disk)
    if offer is None or name in stage.world.modules:
        return
    place = Place(offer.file or (offer.locations or ("?",))[0])
    before = stage.drafts.paths()
    with stage.drafts.by(name, place):
        try:
            import_module(name, stage.world)
            effect, predicted = _effect(before, stage), True
        except UnpredictableError as unknown:
            effect, predicted = f"cannot be predicted: {unknown}", False
            stage.world.doubtful = True
        except RaisedError as raised:
            if raised.ends_start:
                raise FatalError(f"Python would end while it starts: {place}: {raised}") from None
            effect, predicted = f"raises {raised}, and Python goes on", True
    stage.drafts.ran(place, name, name, effect, predicted)


def _effect(before: list[str], stage: SiteStage) -> str:
    return "the path stays as it is" if before == stage.drafts.paths() else "changes the path"
