"""The Chinese of what the check of price lists says; keys are the English templates."""

from __future__ import annotations

PHRASES: dict[str, str] = {
    "a kind of entry": "条目种类",
    "a way of pricing by tiers": "分档计价方式",
    "a code such as second_visit": "代码（如 second_visit）",
    "a code such as lowvoltage": "代码（如 lowvoltage）",
    "a rule beyond the hours": "超时计费规则",
    "a tier that gaps take": "空档归属",
    "prices by zone": "分区价格",
    "a tier": "一档",
    "an entry": "条目",
    "parts of a bill": "费用类别",
    "a part of the bill": "费用类别",
    "occasions": "计费时机",
    "an occasion": "计费时机",
    "rounding of prices": "价格取整",
    "a way of rounding": "取整方式",
    "a tax": "税",
    "a currency such as CNY": "货币（如 CNY）",
    "a price list": "价目表",
}
SENTENCES: dict[str, str] = {
    "an entry is written as key: value lines": "条目须按“键: 值”分行书写",
    "an entry needs its kind{hint}": "条目缺少 kind{hint}",
    '"{kind}" is no kind of entry{hint}': "没有“{kind}”这种条目{hint}",
    '"{text}" is no currency such as CNY': "“{text}”不是货币代码（如 CNY）",
    "the zone {zone} is not declared": "未声明区域 {zone}",
    "the code {code_twice} stands twice": "代码 {code_twice} 重复",
    "an entry by tiers needs tiers": "按档计价的条目须有分档",
    "prices by size go by the tier reached; graduated has no meaning": (
        "按规格计价取所在档，不能分段累计"
    ),
    "there is no tier below the first one": "第一档之下没有前一档",
    "the tier over {over} holds nothing": "{over} 以上这一档为空",
    "two tiers hold above {over}": "{over} 以上有两档重叠",
    "no tier holds over {over} up to {up_to}: say with gaps which one it takes": (
        "{over} 以上至 {up_to} 没有价格，请用 gaps 写明按哪一档"
    ),
    "a limit of hours and the rule beyond it belong together": "时长上限与超时规则须同时写明",
    "an hourly price is needed for every zone": "每个区域都须有小时单价",
}
