"""Time to say what errors, faults and receipts say in French, each sentence for the first time.

Every sentence that Signoff says, as scripts/list_messages.py finds it, and a receipt of 22 lines.
python benchmarks/bench_translation.py
"""

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "scripts"))

from list_messages import example_of, scan_signoff

from signoff.app.translation import translate
from signoff.app.translation.catalog import read_catalog
from signoff.app.translation.message import french_of

HEAD = (
    "a.csv: 12,000 rows read as account, 11,980 imported (3 of them in place of earlier ones), "
    "20 given back. Import f00.\n"
    "Columns left out: Budget (what was allowed, not what was spent)."
)
LINES = [f"line {n}, Pays: 'X{n}': it is empty, and every row needs it" for n in range(20)]
RECEIPT = "\n".join([HEAD, *LINES])


def milliseconds(text: str) -> float:
    french_of.cache_clear()
    began = time.process_time()
    translate(text, language="fr")
    return 1000 * (time.process_time() - began)


def main() -> None:
    began = time.process_time()
    read_catalog()
    print(f"catalog read: {1000 * (time.process_time() - began):.0f} ms")
    examples = [example_of(key) for key in scan_signoff().said]
    for text in examples:
        translate(text, language="fr")  # patterns are compiled when first needed
    took = sorted(map(milliseconds, examples))
    print(f"{len(took)} sentences: median {took[len(took) // 2]:.3f} ms, longest {took[-1]:.2f} ms")
    print(f"receipt of 22 lines: {milliseconds(RECEIPT):.2f} ms")
    translate(RECEIPT, language="fr")
    began = time.process_time()
    translate(RECEIPT, language="fr")
    print(f"said again: {1000 * (time.process_time() - began):.3f} ms")


if __name__ == "__main__":
    main()
