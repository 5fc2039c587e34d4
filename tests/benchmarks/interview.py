"""How long does a person take from `matcher ask` to a useful page? Needs tmux.

Plays somebody who runs a small plastics company: reads each question on a real terminal of 80 by
24, thinks for four seconds, types. Writes the page docs/examples/ask.md:

    .venv/bin/python tests/benchmarks/interview.py
"""

import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "examples" / "ask.md"
TMUX = shutil.which("tmux") or "tmux"
THINKS = 4.0
LIMIT = 180
# What the person answers: part of the question, and what is typed; "-" to everything else.
ANSWERS = {
    "Qui dépose": "soci",
    "Nature du demandeur : Lequel": "1",
    "Dans quelle commune": "romorantin",
    "Quel est votre code NAF": "emballages",
    "Code NAF (APE) : Lequel": "3",
    "première commande": "non",
    "a-t-elle été créée": "2004",
    "micro-entrepreneur": "n",
    "type de projet": "extension",
    "prêt demandez": "300 k€",
    "dépenses éligibles": "1,25 M€",
    "indépendante": "o",
    "étude de faisabilité": "n",
    "plan de gestion": "n",
    "réunion de pré-dépôt": "n",
    "Combien de salariés": "85",
    "Combien de personnes": "85",
    "financent-ils": "350 k€",
    "Que produira": "autre pro",
    "gaz à effet": "aucun",
    "catégorie de l'entreprise": "moyenne",
    "obligations fiscales": "o",
    "en difficulté": "n",
    "immatriculée": "o",
    "comptes annuels": "o",
    "maître d'ouvrage": "n",
    "quotas": "n",
}
SHOWN = (0, 1, 2, 3, 4, 6, 12)
"""Which answers the page shows the screen after, besides the last ones."""
NOTHING_OPEN = "Les dispositifs ouverts sont tranchés"
INTRODUCTION = """# An interview, from the first question to the page

*In French, as a user sees it. Played on a real terminal of 80 by 24 characters by
`tests/benchmarks/interview.py`: somebody who reads each question, thinks for {thinks:.0f} seconds
and types. The company is imaginary. How to use it: [guide](../guide-companies.md#or-let-it-ask).*

**{seconds:.0f} seconds** from `matcher ask` to the page, for {answers} answers.
"""
END = """## The page

Its text form; the other is HTML, made to be printed on one sheet of A4.
"""


class Terminal:
    """A terminal in tmux, and what is on it."""

    def __init__(self, folder):
        self.server = f"matcher-{time.time_ns()}"
        shell = f"cd {shlex.quote(folder)} && PS1='$ ' bash --norc"
        self.tmux("new-session", "-d", "-x", "80", "-y", "24", shell)
        time.sleep(1)
        command = f"{shlex.quote(sys.executable)} -m matcher"
        self.types(f'export PYTHONPATH={ROOT}; matcher() {{ {command} "$@"; }}; clear')
        time.sleep(1)

    def tmux(self, *arguments):
        done = subprocess.run(
            [TMUX, "-L", self.server, *arguments], capture_output=True, text=True, check=True
        )
        return done.stdout

    def types(self, text):
        self.tmux("send-keys", "-l", "--", text)
        self.tmux("send-keys", "Enter")

    def screen(self, end="›"):
        """The screen once it stands still and waits for somebody."""
        last = ""
        for _ in range(200):
            time.sleep(0.15)
            now = self.tmux("capture-pane", "-p").rstrip()
            if now == last and now.endswith(end):
                return now
            last = now
        return last

    def close(self):
        self.tmux("kill-server")


def answer_to(screen):
    """What the person answers to the question on the screen."""
    lines = [line for line in screen.splitlines() if not line.startswith("│")]
    asked = " ".join(" ".join(lines).split("╯")[-1].split()).lower()
    return next((typed for part, typed in ANSWERS.items() if part.lower() in asked), "-")


def main():
    """Hold the interview and write the page."""
    with tempfile.TemporaryDirectory() as folder:
        terminal = Terminal(folder)
        began = time.monotonic()
        terminal.types("matcher ask")
        steps = [("matcher ask", 0.0, terminal.screen())]
        while time.monotonic() - began < LIMIT and NOTHING_OPEN not in steps[-1][2]:
            time.sleep(THINKS)
            typed = answer_to(steps[-1][2])
            terminal.types(typed)
            steps.append((typed, time.monotonic() - began, terminal.screen()))
        answers = len(steps) - 1
        for typed, end in (("fin", "›"), ("", "›"), ("", "$")):
            time.sleep(THINKS)
            terminal.types(typed)
            steps.append((typed, time.monotonic() - began, terminal.screen(end)))
        terminal.close()
        (summary,) = Path(folder).glob("*.md")
        text = page(steps, answers, summary.read_text(encoding="utf-8"))
        PAGE.write_text(text, encoding="utf-8")


def page(steps, answers, summary):
    """The page: what was typed when, the screens that matter, and what came of it."""
    lines = [INTRODUCTION.format(thinks=THINKS, seconds=steps[-1][1], answers=answers)]
    for index, (typed, seconds, screen) in enumerate(steps):
        said = f"`{typed}`" if typed else "Enter"
        lines.append(f"{index}. {said} ({seconds:.0f} s)\n" if index else "`matcher ask`\n")
        if index in SHOWN or answers <= index != len(steps) - 2:
            lines.append(f"```text\n{screen.removesuffix('›').strip()}\n```\n")
    lines += [END, f"~~~markdown\n{summary.rstrip()}\n~~~"]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
