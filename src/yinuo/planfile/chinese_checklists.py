"""The Chinese of what the check of checklists says; keys are the English templates."""

from __future__ import annotations

PHRASES: dict[str, str] = {
    "a code such as main_battery": "代码（如 main_battery）",
    "a code such as intrusion_alarm": "代码（如 intrusion_alarm）",
    "limits of a number": "数值范围",
    "an option": "选项",
    "an answer": "答案",
    "a condition": "条件",
    "item kinds": "项目种类",
    "a kind of item": "项目种类",
    "an item": "检查项目",
    "yes and no": "是与否",
    "counts": "计数",
    "something counted": "计数内容",
    "a class of assets": "设备类别",
    "a section": "检查部分",
    "a checklist": "检查单",
}
SENTENCES: dict[str, str] = {
    "a title has at most {most} characters": "标题最多 {most} 个字符",
    "a title is one line of printable characters": "标题为一行可显示的字符",
    "a checklist keeps at least one item": "检查单至少保留一个项目",
    'an item of kind {kind} takes no "{key}"': "{kind} 类项目没有“{key}”这一项",
    "a checklist has at most {most} items": "一份检查单最多 {most} 个项目",
    'the condition names "{item}", which is no earlier item': "条件中的“{item}”不是前面的项目",
    'the condition on "{item}" names "{word}", which is none of its answers: {words}': (
        "“{item}”没有“{word}”这个答案，可用：{words}"
    ),
    "a choice needs at least two options": "选择项目至少要有两个选项",
    "a count needs what is counted, checked first": "计数项目须写明计数内容，第一个为 checked",
    "the lower limit lies above the upper one": "下限高于上限",
}
