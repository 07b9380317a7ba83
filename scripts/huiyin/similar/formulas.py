"""The words that proposals of any council share whatever they are about: asking, deciding, sending, doing.

They say how something is asked and not what; a text counts less for them. The list was written from how proposals and
motions are worded on both sides of the strait, not from what a measure gained by a word. Single characters stand in
names too (平和村), so only three that hardly do are listed.
"""

from __future__ import annotations

import re

ASKING = "建请 敬请 惠请 谨请 恳请 提请 函请 敦请 拟请 请求 要求 呼吁 希望 提议 建议 应该 应当"
MANNER = (
    "尽速 尽快 从速 早日 立即 积极 主动 加强 加快 加大 进一步 持续 切实 适时 予以 给予 加以 惠予 "
    "相关 有关 关于 针对 对于 鉴于 为了"
)
AIM = "以利 以便 以免 俾利 俾便 确保 避免 造成 影响 安全 生命财产 权益 问题 情况 状况 措施 方案 计划"
PAPERS = (
    "本案 乙案 一案 议案 提案 案由 如案由 说明 内容 如下 如附件 附件 审议 审查 备查 查照 鉴核 同意 惠复 检送 函送 检陈 "
    "专案报告 专题报告 办理 情形"
)
PARTIES = "市政府 县政府 市府 县府 本府 政府 市长 县长 议会 本会 大会 部门 市民 县民 民众 群众 居民"
DOING = (
    "编列 预算 经费 筹措 所需 研议 研拟 检讨 拟定 规划 评估 协助 改善 兴建 新建 增建 修建 整建 施设 设置 增设 增加 "
    "施作 铺设 修复 修缮 重建 建置 设立 成立 推动 推进 实施 完善 提高 工程 设施 公尺 公里"
)
LAWS = "制定 订定 修正 修订 自治条例 管理条例 条例 管理办法 管理规则 办法 规则 部分条文 条文 草案 社情民意信息"
JOINING = "之 的 暨"
FORMULAS = tuple(
    sorted(
        " ".join((ASKING, MANNER, AIM, PAPERS, PARTIES, DOING, LAWS, JOINING)).split(),
        key=lambda word: (-len(word), word),
    )
)
"""All of them, folded, the longest first, so that the longest is found where several begin."""
YEARS = r"(?:民国)?[0-9一二三四五六七八九十百]{1,4}(?:学年度|年度|年|月|日)"
"""Years and days: when it was asked, not what."""
FORMULA = re.compile(rf"^请|案$|{YEARS}|{'|'.join(FORMULAS)}")
