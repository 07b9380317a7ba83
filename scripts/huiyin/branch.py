"""Files → a commit on a branch of its own. The working tree, the index and what is checked out stay as they are."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import git

from huiyin.findings import Text

NEW = "0" * 40
"""How git says that a branch must not be there yet."""


class BranchError(Exception):
    """The commit cannot be made; `words` say why and what to do. Nothing was changed."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.words = Text(zh, en)


FileText = tuple[Path, str, str]
"""A file, what it holds, and what it is to hold."""


def commit(files: Sequence[FileText], branch: str, message: str) -> str:
    """Commit new texts of files on `branch`, and return the id of the commit.

    Each file comes with what it must hold on the branch, empty for a new one, and what it is to hold. A branch that is
    there goes on from its tip, a new one starts at HEAD. Raises BranchError, having moved nothing, when one of these
    does not hold.
    """
    try:
        there = next(folder for folder in files[0][0].parents if folder.is_dir())
        repository = git.Repo(there, search_parent_directories=True)
    except (git.InvalidGitRepositoryError, git.NoSuchPathError):
        raise BranchError(
            "这里不是 git 仓库，不能提交；去掉 --commit 就直接写文件",
            "this is no git repository; without --commit the file itself is written",
        ) from None
    with repository:
        try:
            return _commit(repository, files, branch, message)
        except git.GitCommandError as error:
            raise _failed(error) from None


def _commit(repository: git.Repo, files: Sequence[FileText], branch: str, message: str) -> str:
    run = repository.git
    root = Path(str(repository.working_tree_dir)).resolve()
    reference = _reference(repository, branch)
    tip = run.rev_parse("--quiet", "--verify", reference, with_exceptions=False)
    parent = tip or run.rev_parse("--quiet", "--verify", "HEAD^{commit}", with_exceptions=False)
    if not parent:
        raise BranchError("仓库里还没有提交", "the repository has no commit yet")
    blobs = {}
    for path, before, after in files:
        name = path.resolve().relative_to(root).as_posix()
        there = run.rev_parse("--quiet", "--verify", f"{parent}:{name}", with_exceptions=False)
        if there != (_blob(repository, before) if before else ""):
            where = branch if tip else "HEAD"
            raise BranchError(
                f"{name} 和 {where} 上的不一样：先提交或撤销对它的改动，或者换一个 --branch",
                f"{name} differs from {where}: commit or undo what was changed in it, or take another --branch",
            )
        blobs[name] = _blob(repository, after)
    with (
        tempfile.TemporaryDirectory(prefix="huiyin-") as folder,
        run.custom_environment(GIT_INDEX_FILE=str(Path(folder) / "index")),
    ):
        run.read_tree(parent)
        for name, blob in blobs.items():
            run.update_index("--add", "--cacheinfo", f"100644,{blob},{name}")
        tree = run.write_tree()
    signed = run.config("--bool", "--get", "commit.gpgsign", with_exceptions=False) == "true"
    made = run.commit_tree(tree, *(["-S"] if signed else []), "-p", parent, "-m", message)
    run.update_ref(reference, made, tip or NEW)
    return str(made)


def _reference(repository: git.Repo, branch: str) -> str:
    run, reference = repository.git, f"refs/heads/{branch}"
    if branch.startswith("-") or run.check_ref_format(reference, with_extended_output=True, with_exceptions=False)[0]:
        raise BranchError(f"{branch!r} 不能作分支名", f"{branch!r} cannot be the name of a branch")
    if run.symbolic_ref("--quiet", "HEAD", with_exceptions=False) == reference:
        raise BranchError(
            f"{branch} 正检出在这里：换一个 --branch，或者去掉 --commit 自己提交",
            f"{branch} is checked out here: take another --branch, or leave --commit out and commit yourself",
        )
    return reference


def _blob(repository: git.Repo, text: str) -> str:
    """The id of the text as git keeps it, line ends as they are in the repository; it is stored."""
    with tempfile.TemporaryFile() as file:
        file.write(text.replace("\r\n", "\n").encode("utf-8"))
        file.seek(0)
        return str(repository.git.hash_object("-w", "--stdin", istream=file))


def _failed(error: git.GitCommandError) -> BranchError:
    said = str(error.stderr)
    if "ident" in said:
        return BranchError(
            "git 还不知道你是谁：先运行 git config user.name 姓名 和 git config user.email 邮箱",
            "git does not know who you are: run git config user.name NAME and git config user.email ADDRESS",
        )
    last = said.strip().strip("'").splitlines()[-1:] or [""]
    return BranchError(f"git 没有成功：{last[0]}", f"git failed: {last[0]}")
