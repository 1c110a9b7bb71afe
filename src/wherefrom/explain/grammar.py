"""Syntax by version, as patterns of the line that an older interpreter stumbles over.

Data only. Each line names the version that brought the syntax, a pattern, what it is called, and
behind it the PEP or the page "What's New" of that version.
"""

from __future__ import annotations

# since, pattern, name
NEWER: tuple[tuple[tuple[int, int], str, str], ...] = (
    ((3, 15), r"^\s*lazy\s+(?:import|from)\b", "a lazy import"),  # PEP 810
    ((3, 15), r"[\[({]\s*\*\*?\w+ for \w+ in", "unpacking in comprehensions"),  # PEP 798
    ((3, 14), r"(?<![\w'\"])[tT][rR]?(?:'|\")|(?<![\w'\"])[rR][tT](?:'|\")", "a template string"),  # PEP 750
    ((3, 14), r"^\s*except\*?\s+[\w.]+\s*,\s*(?:\w+\.)*[A-Z]", "except without parentheses"),  # PEP 758
    ((3, 13), r"^\s*(?:type|def|class)\s+\w+\[[^\]]*=", "defaults of type parameters"),  # PEP 696
    ((3, 12), r"^\s*type\s+\w+\s*(?:\[.*\])?\s*=", "a type statement"),  # PEP 695
    ((3, 12), r"^\s*(?:async\s+)?def\s+\w+\[|^\s*class\s+\w+\[", "type parameters"),  # PEP 695
    ((3, 12), r"\b[fF][rR]?'[^']*\{[^'}]*'[^}]*\}", "quotes within an f-string"),  # PEP 701
    ((3, 12), r'\b[fF][rR]?"[^"]*\{[^"}]*"[^}]*\}', "quotes within an f-string"),  # PEP 701
    ((3, 11), r"^\s*except\s*\*", "except* for groups of exceptions"),  # PEP 654
    ((3, 11), r"\[\s*\*\w+\s*\]|:\s*\*\w+\s*[,)]", "a starred expression in an index"),  # PEP 646
    ((3, 10), r"^\s*match\s+.+:\s*$|^\s*case\s+.+:", "a match statement"),  # PEP 634
)  # fmt: skip

# pattern of the line or of the message, name; "What's New In Python 3.0"
PYTHON2: tuple[tuple[str, str], ...] = (
    (r"Missing parentheses in call to '(?:print|exec)'", "a print or exec statement"),
    (r"^\s*print\s+[^=(\s]|^\s*print\s*>>", "a print statement"),
    (r"^\s*exec\s+[\"'\w]", "an exec statement"),
    (
        r"^\s*except\s+[\w.]+\s*,\s*\w+\s*:|^\s*except\s*\([^)]*\)\s*,\s*\w+\s*:",
        "an except clause with a comma",
    ),
    (r"^\s*raise\s+[\w.]+\s*,", "a raise statement with a comma"),
    (r"leading zeros in decimal integer literals|\b0\d+\b.*octal", "an octal number without 0o"),
    (r"(?<![\w.])\d+[lL]\b", "a long integer"),
    (r"<>", "the operator <>"),
    (r"`[^`]+`", "backquotes"),
    (r"(?<!\w)ur(?:'|\")", "a ur string"),
    (r"^\s*def\s+\w+\([^)]*\((?!\))\w+\s*,", "a tuple among the parameters"),
    (r"inconsistent use of tabs and spaces", "tabs mixed with blanks"),
)
