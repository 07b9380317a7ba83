"""The program in a job of the proof: notes the call, then runs the code of the working tree. Verbs that it does not
have yet are played here: they print a hostile text or nothing, and judge nothing.
"""

import json
import os
import sys
from pathlib import Path

PROOF = Path(os.environ["PROOF_HUIYIN"]).parent
HOSTILE = "**提案** 会商中 → 办理中\n@maintainers ![x](https://evil.example/x.png) <img src=x>\n"

with Path(os.environ["PROOF_CALLS"]).open("a", encoding="utf-8") as calls:
    calls.write(json.dumps(sys.argv[1:]) + "\n")
if sys.argv[1] in (PROOF / "stand-ins").read_text().split():
    sys.stdout.write(HOSTILE if sys.argv[1] == "review" else "")
    sys.exit(0)
sys.path.insert(0, str(Path.cwd() / "scripts"))
os.environ["GITHUB_API_URL"] = os.environ["PROOF_API"]
os.environ.setdefault("HUIYIN_HOST_LOGIN", "wanglan")  # whose token jobs have on the emulated host

from huiyin.commands import main  # noqa: E402

sys.exit(main())
