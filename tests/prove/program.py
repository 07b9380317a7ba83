"""The program in a job of the proof: notes the call, then runs the code of the working tree."""

import contextlib
import io
import json
import os
import sys
from pathlib import Path

with Path(os.environ["PROOF_CALLS"]).open("a", encoding="utf-8") as calls:
    calls.write(json.dumps(sys.argv[1:]) + "\n")
sys.path.insert(0, str(Path.cwd() / "scripts"))
os.environ["GITHUB_API_URL"] = os.environ["PROOF_API"]
os.environ.setdefault("HUIYIN_HOST_LOGIN", "wanglan")  # whose token jobs have on the emulated host

from huiyin.commands import main

written = io.BytesIO()
said = io.TextIOWrapper(written, encoding="utf-8")
with contextlib.redirect_stdout(said):
    code = main()
said.flush()
printed = written.getvalue().decode()
if sys.argv[1] == "host":  # the emulated host names every commit by a name of its own
    for line in Path(os.environ["PROOF_NAMES"]).read_text(encoding="utf-8").splitlines():
        printed = printed.replace(*line.split())
sys.stdout.buffer.write(printed.encode())
sys.exit(code)
