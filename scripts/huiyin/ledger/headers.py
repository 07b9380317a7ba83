"""What common words in the headers and cells of Chinese ledgers mean. Data only; `propose` reads it."""

from __future__ import annotations

import re

ROLES: dict[str, tuple[str, ...]] = {
    "ignore": ("序号", "序號", "流水号", "顺序号", "序", "no", "no.", "uid", "id", "source_index", "source_id"),
    "number": (
        *("案号", "案號", "编号", "編號", "建议编号", "建议号", "提案编号", "提案号", "议案编号", "议案号", "件号"),
        *("文件编号", "立案号", "bill_no", "number"),
    ),
    "kind": ("种类", "類型", "类型", "件别", "文种", "形式", "type", "kind"),
    "session": ("届次", "屆次", "会议届次", "会议", "会次", "届别", "會期", "sitting", "session"),
    "year": ("年度", "年份", "年", "year", "suggest_year"),
    "title": (
        *("案由", "标题", "標題", "题目", "建议标题", "建议名称", "建议题目", "提案名称", "提案题目", "提案标题"),
        *("议案名称", "名称", "事由", "主题", "title", "suggestion"),
    ),
    "category": ("类别", "類別", "分类", "内容分类", "建议类别", "提案类别", "内容类别", "category"),
    "lead_proposer": (
        *("领衔人", "领衔代表", "提出人", "提案人", "第一提案人", "提案者", "提出者", "建议人", "代表姓名", "代表"),
        *("委员姓名", "委员", "姓名", "第一提案者", "主提人", "提案單位", "proposed_by", "councilor"),
    ),
    "co_proposers": (
        *("附议人", "附议代表", "联名人", "联名代表", "附议委员", "联名提案人", "联名", "附议", "连署人", "連署人"),
        *("其他提案人", "cosigned_by"),
    ),
    "lead_agency": (
        *("主办单位", "主办", "牵头单位", "主办部门", "牵头部门", "主辦機關", "主辦單位", "主要承办单位", "主责单位"),
        *("办理单位", "brought_by"),
    ),
    "handlers": ("承办单位", "承办部门", "交办单位", "承辦單位", "责任单位"),
    "co_agencies": (
        *("会办单位", "会办", "协办单位", "协办", "配合单位", "协办部门", "会办部门", "會辦單位", "協辦單位"),
        "協辦機關",
    ),
    "refused_reason": ("不立案理由", "不予立案理由", "不立案原因", "不予立案原因", "不予受理理由"),
    "situation": (
        *("情况", "基本情况", "内容", "建议内容", "提案内容", "内容摘要", "说明", "說明", "正文", "现状", "问题"),
        *("情况分析", "description"),
    ),
    "analysis": ("分析", "原因", "原因分析", "理由", "案据", "依据"),
    "asks": ("建议", "具体建议", "办法", "辦法", "意见建议", "方案", "诉求", "对策建议", "method"),
    "submitted_on": (
        *("提交日期", "提出日期", "提出时间", "提交时间", "收到日期", "收件日期", "登记日期", "来文日期", "收文日期"),
        *("收到时间", "登记时间", "收件时间", "提案日期", "提案时间"),
    ),
    "accepted_on": ("立案日期", "立案时间", "受理日期", "受理时间", "审查日期"),
    "assigned_on": ("交办日期", "交办时间", "分办日期", "转办日期", "交辦日期"),
    "assigned_document": ("交办文号", "交办函号"),
    "contacted_on": ("面商日期", "面商时间", "沟通日期", "沟通时间", "面谈日期", "联系日期"),
    "replied_on": (
        *("答复日期", "答复时间", "办复日期", "办复时间", "回复日期", "回复时间", "办结日期", "复文日期"),
        *("函復日期", "函覆日期", "首次答复日期", "首次答复时间"),
    ),
    "reply_document": ("答复文号", "文号", "复文号", "办复文号", "答复函号", "发文字号", "函復文號", "函覆文號"),
    "reply": (
        *("答复内容", "答复", "答复意见", "办理情况", "办理情况说明", "办复情况", "回复内容", "答复摘要", "辦理情形"),
        *("execution", "reply"),
    ),
    "class": ("答复类别", "办理类别", "办理结果", "结果类别", "办理结果分类", "办理结果类别", "解决程度", "类别字母"),
    "attitude": ("办理态度", "态度", "对办理态度", "态度评价", "对办理工作的意见", "办理工作满意度"),
    "result": ("结果", "办理效果", "对办理结果", "结果评价", "对办理结果的意见", "办理结果满意度", "效果评价"),
    "satisfaction": (
        *("满意度", "满意程度", "代表意见", "委员意见", "反馈意见", "评价", "代表评价", "委员评价", "反馈情况"),
    ),
    "rated_on": ("评价日期", "反馈日期", "反馈时间", "评价时间"),
    "status": ("办理状态", "状态", "办理进度", "进度", "是否办结", "办结情况"),
    "commitment": ("承诺事项", "承诺内容", "承诺"),
    "commitment_due": ("承诺期限", "兑现期限", "完成时限", "计划完成时间", "承诺完成时间"),
}
"""By role: the words that a header may be, the commonest first. Blanks, brackets and 单位 notes do not matter."""

KINDS = {
    "suggestion": ("建议", "建議", "批评", "意见", "代表建议"),
    "motion": ("议案", "議案", "議員提案"),
    "cppcc_proposal": ("提案", "委员提案", "政协提案"),
    "opinion_report": ("社情民意", "民意信息"),
}
"""By kind: what a cell that tells kinds apart says; the longest match counts."""

CATEGORIES = {
    "urban-construction": ("城建", "城乡建设", "住建", "建设", "城市", "住房", "规划", "工务", "都發", "城管", "建設"),
    "transport": ("交通", "道路", "公交", "停车"),
    "education": ("教育", "科教", "学校"),
    "health": ("卫生", "医疗", "卫健", "衛生", "医保"),
    "civil-affairs": ("民政", "养老", "社会建设", "社会保障", "社保", "社會"),
    "environment": ("环保", "环境", "生态", "環保", "环资"),
    "public-safety": ("公安", "政法", "内务司法", "监察司法", "社会治安", "消防", "应急", "警政", "保安"),
    "agriculture": ("农业", "农村", "三农", "农林", "農業", "農林"),
    "finance": ("财政", "金融", "财经", "財政", "税务"),
    "culture": ("文化", "文旅", "旅游", "体育", "文体", "觀光"),
    "water": ("水利", "水务", "防汛", "供水"),
    "legal": ("法制", "法治", "立法", "法规", "法規"),
    "economy": ("经济", "工业", "商务", "产业", "就业", "工交", "經發", "科技"),
    "administration": ("行政管理", "政务", "行政"),
    "other": ("其他", "其它"),
}
"""By category: words by which offices name their own; the word that stands first in the cell counts."""

CLASSES = {
    "partly_resolved": ("部分解决", "部分采纳"),
    "in_progress": ("正在解决", "正在办理", "正在研究解决", "逐步解决", "正在推进"),
    "scheduled": ("列入计划", "计划解决", "列入规划", "纳入计划"),
    "reference": ("留作参考", "参考", "作参考"),
    "infeasible": ("暂不可行", "不可行", "暂时难以解决", "无法解决", "不具备条件", "未解决"),
    "escalated": ("上报", "上级"),
    "resolved": ("已解决", "已经解决", "基本解决", "解决采纳", "采纳", "已采纳", "办结", "已办结"),
}
"""By reply class: words that plainly say it. Letters are not here: they mean different things in different places."""

SATISFACTION = {
    "dissatisfied": ("不满意", "不滿意"),
    "basically_satisfied": ("基本满意", "比较满意", "较满意", "一般"),
    "satisfied": ("满意", "很满意", "非常满意", "滿意"),
}
"""By rating: what cells say; the word that stands first in the cell counts."""

CLOSED = ("已办结", "办结", "完成", "已完成", "结案", "已结案")
WITHDRAWN = ("撤回", "已撤回", "撤案", "撤销")
"""Words of a status column for closed and for withdrawn items."""

ENDS = ("合计", "总计", "小计", "注：", "注:", "备注：", "说明：", "填表人", "填报人", "制表", "审核", "合計", "總計")
"""How rows begin that stand below a table and are none of it."""

BLANKS = ("/", "／", "\\", "-", "—", "——", "－", "无", "無", "暂无")
"""What cells say where there is nothing to say."""
COUNCIL = re.compile("[屆會辦機關號復覆單]")
"""Characters in the names of columns by which a ledger is that of a council that writes traditional ones."""
