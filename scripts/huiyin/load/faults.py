"""The words for what is wrong with a YAML text: each kind of fault of `yamltext` as a rule and a finding."""

from __future__ import annotations

from huiyin import yamltext
from huiyin.findings import Finding, Severity, Source, Text, rule

_E = Severity.ERROR
_RULES = {
    "syntax": rule(
        "yaml-syntax",
        _E,
        """YAML 写法有误 / YAML syntax

        文件不符合 YAML 的写法，例如缩进不齐、冒号后面没有空格、引号没有成对。

        The file is not YAML: indentation that does not line up, a colon without a space behind it, a quote that is not
        closed.""",
    ),
    "duplicate-key": rule(
        "yaml-duplicate-key",
        _E,
        """重复的栏目 / Duplicate key

        同一处的同一栏目写了两次，无法知道哪一个算数。

        The same key stands twice in one place: nobody can know which one counts.""",
    ),
    "alias": rule(
        "yaml-alias",
        _E,
        """锚点和引用 / Anchor or alias

        登记册文件不用 YAML 的锚点（&）和引用（*）：内容要一眼看全，也防止体积爆炸。

        Registry files have no anchors (&) and aliases (*): what is said should stand in full, and must not explode.""",
    ),
    "tag": rule(
        "yaml-tag",
        _E,
        """类型标签 / Tag

        登记册文件不用 YAML 的类型标签（!…），类型由数据格式决定。

        Registry files have no tags (!…): the schema says which type each value has.""",
    ),
    "not-utf8": rule(
        "yaml-not-utf8",
        _E,
        """不是 UTF-8 编码 / Not UTF-8

        文件必须用 UTF-8 编码保存，GBK 等编码的文件请另存为 UTF-8。

        Files are UTF-8; save those in GBK or UTF-16 again as UTF-8.""",
    ),
    "byte-order-mark": rule(
        "yaml-byte-order-mark",
        _E,
        """文件开头有 BOM / Byte order mark

        文件开头有看不见的 BOM 标记，请存为“UTF-8 无 BOM”。

        The file begins with an invisible byte order mark; save it as UTF-8 without BOM.""",
    ),
    "hidden-character": rule(
        "yaml-hidden-character",
        _E,
        """看不见的字符 / Hidden character

        控制字符、零宽字符、改变文字方向的字符会让人看到的和机器读到的不一样。

        Control, zero-width and bidirectional characters make people see something else than what machines read.""",
    ),
    "comment-in-text": rule(
        "yaml-comment-in-text",
        _E,
        """# 后面的字会丢 / Words behind # are lost

        没有加引号的文字里有空格和 #，YAML 把 # 以后的字当作注释，不算内容。真是注释的，前面空两格。

        In a text without quotation marks, YAML takes what stands behind a space and # for a comment and leaves it out.
        Two spaces before # say that it is one.""",
    ),
    "too-deep": rule(
        "yaml-too-deep",
        _E,
        """嵌套过深 / Nested too deep

        列表和栏目层层嵌套超过 20 层。

        Lists and mappings stand more than 20 levels deep in one another.""",
    ),
    "several-documents": rule(
        "yaml-several-documents",
        _E,
        """一个文件里有几份文档 / Several documents

        一个文件只写一份内容，不用 --- 分成几份。

        One file holds one document; --- does not divide it.""",
    ),
    "key-not-text": rule(
        "yaml-key-not-text",
        _E,
        """栏目名不是文字 / Key is not text

        栏目名必须是文字，不能是列表或映射。

        A key is text, not a list or a mapping.""",
    ),
}
_FOUND = {
    "alias": Text("写了锚点或引用 {0}", "an anchor or alias: {0}"),
    "tag": Text("写了类型标签 {0}", "a tag: {0}"),
    "not-utf8": Text("这里不是 UTF-8：{0}", "not UTF-8 here: {0}"),
    "byte-order-mark": Text("文件开头有 BOM", "the file begins with a byte order mark"),
    "hidden-character": Text("有看不见的字符 {0}", "a hidden character, {0}"),
    "comment-in-text": Text("这些字不算内容：{0}", "this is left out: {0}"),
    "too-deep": Text("嵌套超过 20 层", "more than 20 levels deep"),
    "several-documents": Text("第二份文档从这里开始", "a second document begins here"),
    "key-not-text": Text("栏目名不是文字", "the key is not text"),
    "syntax": Text("无法读懂：{0}", "cannot be understood: {0}"),
}
_REMEDY = {
    "alias": Text(
        "把内容写全，去掉 & 和 *；文字里要用这些符号就加引号",
        "write it out; quote the text if it needs & or *",
    ),
    "tag": Text("去掉标签；文字以 ! 开头就加引号", "remove the tag; quote text that begins with !"),
    "not-utf8": Text("用编辑器另存为 UTF-8", "save the file as UTF-8"),
    "byte-order-mark": Text("另存为“UTF-8 无 BOM”", "save it as UTF-8 without BOM"),
    "hidden-character": Text("删去这个字符", "delete it"),
    "comment-in-text": Text(
        "是内容就给整句加上引号；是注释就在 # 前空两格",
        "put the whole text in quotation marks if it belongs there; put two spaces before # if it is a comment",
    ),
    "too-deep": Text("减少嵌套", "nest less"),
    "several-documents": Text("拆成几个文件", "make several files"),
    "key-not-text": Text("改成文字", "make it text"),
    "duplicate-key": Text("留下一个", "keep one of them"),
    "syntax": Text("对照上一行的缩进和标点修改", "compare indentation and punctuation with the line above"),
}
_SYNTAX = (
    (
        "mapping values are not allowed",
        Text("这里不该再有冒号", "no colon can stand here"),
        Text(
            "上一行缩进不齐，或者文字里有“: ”：给整段文字加引号",
            'line up the indent, or quote a text with ": "',
        ),
    ),
    (
        "tab character",
        Text("这里用了制表符缩进", "a tab indents this line"),
        Text("用空格缩进，不用制表符", "indent with blanks, not tabs"),
    ),
    (
        "cannot start any token",
        Text("这里不能这样开头", "nothing can begin like this"),
        Text("不用制表符缩进；文字以 @ ` % 开头就加引号", "no tabs; quote a text that begins with @ ` %"),
    ),
    (
        "could not find expected ':'",
        Text("上一行没有写成“栏目: 内容”", 'the line above is not "key: value"'),
        Text(
            "栏目后面用英文冒号加一个空格，不用全角“：”",
            "an ASCII colon and a blank behind the key",
        ),
    ),
    (
        "did not find expected key",
        Text("这里本该是一个栏目", "a key should stand here"),
        Text("缩进要和上面的栏目对齐；引号、括号要成对", "line it up with the keys above; close quotes and brackets"),
    ),
    (
        "end of stream",
        Text("引号或括号从这里开始，一直没有结束", "a quote or bracket begins here and never ends"),
        Text("补上另一半引号或括号", "close it"),
    ),
    (
        "did not find expected",
        Text("括号、引号或缩进没有配对", "a bracket, quote or indent has no partner"),
        Text("对照上一行修改", "compare it with the line above"),
    ),
)
"""What the parser says of a mistake in the syntax, what that means to an editor, and what to do."""


def finding(fault: yamltext.Fault, source: Source) -> Finding:
    """Return the finding for a fault of the text of `source`."""
    place = source.at(fault.line, fault.column, fault.length)
    remedy = _REMEDY.get(fault.kind, _REMEDY["syntax"])
    if fault.kind == "duplicate-key":
        key, line = fault.detail.split("\t")
        found = Text(f"“{key}”在第 {line} 行已经写过", f'"{key}" stands already in line {line}')
    else:
        words = _FOUND[fault.kind]
        found = Text(words.zh.format(fault.detail), words.en.format(fault.detail))
    if fault.kind == "syntax":
        known = ((meant, what) for sign, meant, what in _SYNTAX if sign in fault.detail)
        found, remedy = next(known, (found, remedy))
    return _RULES[fault.kind].finding(place, found, remedy)
