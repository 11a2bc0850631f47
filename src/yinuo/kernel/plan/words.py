"""The closed vocabulary of the plan language: each word with its Chinese and English name.

A plan may declare further words of its own under ``words:``; a word that is in neither place does
not publish. The tables are data: the documentation and the JSON Schema are made from them.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from yinuo.kernel.plan.text import Text


def _table(lines: str) -> Mapping[str, Text]:
    rows: dict[str, Text] = {}
    for line in lines.strip().splitlines():
        code, zh, en = (cell.strip() for cell in line.split("|"))
        rows[code] = Text(zh, en)
    return MappingProxyType(rows)


SUBJECT_KINDS = _table("""
request        | 服务请求   | service request
work_order     | 服务单     | work order
visit          | 上门       | visit
part           | 备件       | part
delivery       | 交付       | delivery
order          | 订单       | order
repair         | 返修       | repair
loan           | 借用       | loan
complaint      | 投诉       | complaint
quote          | 报价       | quote
invoice        | 账单       | invoice
inspection     | 巡检       | inspection
maintenance    | 计划作业   | planned work
outage         | 停用       | outage
training       | 培训       | training
document       | 文档       | document
release        | 版本发布   | software release
emergency_plan | 应急方案   | emergency plan
application    | 申请       | application
project        | 项目       | project
contract       | 合同       | contract
asset          | 设备       | asset
unit           | 服务网点   | service unit
depot          | 备件库     | depot
site           | 场地       | site
customer       | 客户       | customer
person         | 人员       | person
""")

FACT_KINDS = _table("""
reported               | 报修               | reported
visit_planned          | 计划上门           | visit planned
confirmed              | 确认               | confirmed
classified             | 定级               | classified
questions_answered     | 回答引导问题       | guided questions answered
registered             | 登记               | registered
accepted               | 受理               | accepted
declined               | 拒绝               | declined
assigned               | 派工               | assigned
dispatched             | 派出               | dispatched
responded              | 响应               | responded
called_back            | 回电               | called back
remote_started         | 远程协助开始       | remote help started
remote_ended           | 远程协助结束       | remote help ended
on_site_decided        | 决定上门           | decided to go on site
development_requested  | 请求研发支持       | development engineer asked for
expert_requested       | 请求专家支持       | expert asked for
departed               | 出发               | departed
arrived                | 到场               | arrived
development_arrived    | 研发工程师到场     | development engineer arrived
expert_invited         | 邀请专家会诊       | expert invited into the case
expert_joined          | 专家接受会诊       | expert joined the case
expert_advised         | 专家会诊意见       | expert advised
clinic_concluded       | 会诊结论           | expert clinic concluded
expert_arrived         | 专家到场           | expert arrived
diagnosed              | 诊断               | diagnosed
not_fixed              | 未能修复           | not fixed
measures_taken         | 采取措施           | measures taken
plan_submitted         | 提交方案           | plan handed in
plan_approved          | 批准方案           | plan approved
plan_requested         | 转写应急方案       | emergency plan asked for
plan_acknowledged      | 确认特殊事项       | special points acknowledged
plan_withdrawn         | 撤回方案           | plan withdrawn
plan_closed            | 方案办结           | plan closed
customer_agreed        | 客户同意方案       | customer agreed to the plan
customer_declined      | 客户不同意方案     | customer declined the plan
parts_released         | 配件放行           | parts released
departure_told         | 告知出发           | customer told of the departure
estimate_changed       | 预计到达变更       | estimate of arrival changed
estimate_told          | 告知预计到达变更   | customer told of the new estimate
crew_short             | 技术人员缺席       | technician missing
crew_completed         | 人员补齐           | crew complete again
skill_needed           | 需要其他技能       | another skill needed
skill_sent             | 派出所需技能人员   | needed engineer sent
beyond_crew            | 现场难以解决       | too hard for the crew
supported_by_phone     | 技术主管电话支持   | supervisor helped by phone
decided_above          | 管理层决定         | leadership decided
restoration_agreed     | 商定恢复时间       | restoration time agreed
interim_restored       | 临时恢复           | interim restoration
restored               | 恢复               | restored
resolved               | 解决               | resolved
cause_found            | 查明原因           | cause found
report_delivered       | 提交报告           | report delivered
left_site              | 离场               | left site
closed                 | 关闭               | closed
archived               | 归档               | archived
reopened               | 重新打开           | reopened
cancelled              | 取消               | cancelled
merged                 | 合并               | merged
paused                 | 暂停               | paused
resumed                | 继续               | resumed
pause_acknowledged     | 认可暂停           | pause acknowledged
pause_objected         | 反对暂停           | pause objected to
pause_objection_upheld | 反对成立           | objection to the pause upheld
update_sent            | 进展通报           | progress update sent
part_requested         | 申请备件           | part asked for
part_shipped           | 备件发出           | part shipped
part_delivered         | 备件送达           | part delivered
part_returned          | 旧件返还           | old part returned
part_fitted            | 更换备件           | part fitted
shipped                | 发货               | shipped
delivered              | 交货               | delivered
received               | 收到               | received
ordered                | 下单               | ordered
order_changed          | 变更订单           | order changed
change_answered        | 答复变更           | change answered
standby_requested      | 申请备机           | standby unit asked for
standby_delivered      | 备机送达           | standby unit delivered
standby_returned       | 备机归还           | standby unit returned
pick_up_requested      | 申请上门取件       | pick-up asked for
repair_collected       | 取走返修件         | unit collected for repair
repair_received        | 收到返修件         | unit received for repair
repair_quoted          | 返修报价           | repair quoted
repair_approved        | 同意返修           | repair approved
repaired               | 修复               | repaired
repair_failed          | 修理无效           | repair failed
not_repairable         | 无法修理           | not repairable
not_replaceable        | 部件无法更换       | part not replaceable
refitted               | 装回               | fitted again
returned               | 归还               | returned
extension_told         | 告知延期           | extension told
backup_confirmed       | 确认已备份         | backup confirmed
quote_requested        | 询价               | quote asked for
quoted                 | 报价               | quoted
approved               | 批准               | approved
rejected               | 驳回               | rejected
complained             | 投诉               | complained
complaint_answered     | 答复投诉           | complaint answered
complaint_settled      | 投诉办结           | complaint settled
claimed                | 提出索赔           | remedy claimed
surveyed               | 满意度调查         | satisfaction surveyed
planned                | 计划               | planned
work_planned           | 计划停机作业       | planned work set
notified               | 通知               | notified
notice_given           | 预先通知           | notice given
started                | 开始               | started
completed              | 完成               | completed
visited                | 上门回访           | visited
inspected              | 巡检               | inspected
maintained             | 保养               | maintained
calibrated             | 校准               | calibrated
tested                 | 测试               | tested
cleaned                | 清洁               | cleaned
drilled                | 演练               | drill held
trained                | 培训               | trained
contacted              | 联系               | contacted
reminded               | 提醒               | reminded
documented             | 交付文档           | document handed over
counted                | 盘点               | counted
updated                | 更新               | updated
released               | 发布               | released
patch_delivered        | 提供补丁           | patch delivered
vulnerability_found    | 发现漏洞           | vulnerability found
stopped                | 停机               | stopped
outage_began           | 中断开始           | outage began
outage_ended           | 中断结束           | outage ended
degraded_began         | 性能下降开始       | degradation began
degraded_ended         | 性能下降结束       | degradation ended
measured               | 测量               | measured
sampled                | 抽检               | sampled
confirmed_by_customer  | 客户确认           | confirmed by customer
figure_confirmed       | 确认考核数据       | figure confirmed
fault_repeated         | 重复故障           | same fault again
scored                 | 评分               | scored
point_deducted         | 扣分               | points deducted
signed                 | 签约               | signed
contract_began         | 合同生效           | contract began
contract_ended         | 合同终止           | contract ended
contract_changed       | 合同变更           | contract changed
renewed                | 续约               | renewed
suspended              | 中止               | suspended
accepted_by_customer   | 验收               | accepted by the customer
installed              | 安装               | installed
commissioned           | 投运               | commissioned
activated              | 激活               | activated
manufactured           | 出厂               | manufactured
sold                   | 售出               | sold
warranty_registered    | 保修登记           | warranty registered
removed                | 拆除               | removed
moved                  | 搬迁               | moved
transferred            | 过户               | transferred
metered                | 抄表               | meter read
misused                | 误用               | misused
modified               | 擅自改装           | modified without consent
stocked                | 备件入库           | stocked
withdrawn_from_stock   | 备件出库           | taken from stock
staffed                | 到岗               | put on duty
unstaffed              | 离岗               | taken off duty
certified              | 取得证书           | certified
certificate_expired    | 证书到期           | certificate expired
production_ended       | 停产               | end of production
applied                | 申请               | applied
connected              | 接通               | connected
paid                   | 付款               | paid
invoiced               | 开票               | invoiced
noted                  | 记录               | noted
withdrawn              | 撤销事实           | fact withdrawn
""")

PROMISES = _table("""
respond              | 响应             | respond
answer_call          | 接听电话         | answer the call
call_back            | 回电             | call back
accept               | 受理             | accept the request
remote_help          | 远程协助         | remote help
depart               | 出发             | depart
on_site              | 到场             | on site
expert_on_site       | 专家到场         | expert on site
measures             | 采取措施         | measures taken
interim              | 临时恢复         | interim measure
plan                 | 提交方案         | plan handed in
diagnose             | 诊断             | diagnose
restore              | 恢复             | restore
resolve              | 解决             | resolve
fix_on_site          | 现场修复         | fix on site
stay                 | 驻守至修复       | stay until fixed
update               | 进展通报         | progress update
report               | 提交报告         | report
cause                | 查明原因         | find the cause
ship_part            | 备件发出         | part shipped
deliver_part         | 备件送达         | part delivered
return_part          | 旧件返还         | return the old part
standby              | 备机             | standby unit
return_standby       | 归还备机         | return the standby unit
repair               | 返修             | repair
quote                | 报价             | quote
deliver              | 交货             | deliver
answer_change        | 答复变更         | answer an order change
notice               | 预先通知         | notice beforehand
answer_complaint     | 答复投诉         | answer to a complaint
settle_complaint     | 办结投诉         | settle a complaint
return_visit         | 回访             | return call
visit                | 上门             | visit
inspect              | 巡检             | inspection
maintain             | 保养             | maintenance
calibrate            | 校准             | calibration
drill                | 演练             | drill
training             | 培训             | training
document             | 交付文档         | document handed over
software_update      | 软件更新         | software update
patch                | 补丁             | patch
availability         | 可用率           | availability
downtime             | 停用时间         | downtime
repeat_fault         | 重复故障         | repeated fault
fault_count          | 故障次数         | number of faults
timeliness           | 及时率           | share in time
mean_time            | 平均时间         | mean time
satisfaction         | 满意度           | satisfaction
quality              | 质量指标         | quality figure
score                | 考核得分         | score
stock                | 备件储备         | stock kept
people               | 人员配备         | people kept
certificate          | 持证             | certificate held
approve              | 批准             | approve
accept_work          | 验收             | accept the work
connect              | 接通             | connect
install              | 安装             | install
renew                | 续期             | renew
pay                  | 付款             | pay
give_access          | 提供条件         | give access
back_up              | 备份数据         | back up data
level_change         | 级别变化         | level change
warranty             | 保修             | warranty
support              | 技术支持         | support
other                | 其他承诺         | other promise
""")

STOP_REASONS = _table("""
waiting_for_part      | 等待备件       | waiting for a part
waiting_for_customer  | 等待客户       | waiting for the customer
waiting_for_access    | 等待进场       | waiting for access
waiting_for_third_party | 等待第三方   | waiting for a third party
waiting_for_approval  | 等待批准       | waiting for approval
severe_traffic        | 严重交通阻塞   | severe traffic
severe_weather        | 恶劣天气       | severe weather
force_majeure         | 不可抗力       | force majeure
power_cut             | 停电           | power cut
authority             | 政府要求       | order of an authority
safety                | 安全原因       | safety
planned_work          | 计划作业       | planned work
""")

ROLES = _table("""
owner               | 负责人         | owner
owner_superior      | 负责人的上级   | owner's superior
dispatcher          | 调度           | dispatcher
technician          | 工程师         | technician
duty_engineer       | 值班工程师     | duty engineer
system_engineer     | 系统工程师     | system engineer
development_engineer| 研发工程师     | development engineer
expert              | 专家           | expert
project_manager     | 项目经理       | project manager
service_manager     | 服务经理       | service manager
support_manager     | 客户支持经理   | customer support manager
service_director    | 服务总监       | service director
parts_manager       | 配件经理       | parts manager
account_manager     | 客户经理       | account manager
salesperson         | 业务员         | salesperson
quality             | 质量专员       | quality
return_visitor      | 回访专员       | return-visit specialist
leadership          | 管理层         | leadership
partner             | 合作单位       | partner
customer            | 客户           | customer
""")

CHANNELS = _table("""
app      | 应用内 | in the app
phone    | 电话   | phone
sms      | 短信   | SMS
email    | 邮件   | e-mail
im       | 企业IM | work chat
""")

SELECTORS = _table("""
level            | 级别       | level
category         | 类别       | category
request_kind     | 请求性质   | kind of request
fault_nature     | 故障性质   | fault nature
cause            | 原因       | cause
region           | 区域       | region
distance_km      | 距离(公里) | distance (km)
asset_class      | 设备类别   | asset class
component        | 部件       | component
model            | 型号       | model
customer_class   | 客户类别   | customer class
tier             | 服务等级   | service tier
contract_kind    | 合同类型   | kind of contract
in_warranty      | 在保       | in warranty
use_kind         | 用途       | kind of use
day_part         | 时段       | part of the day
channel          | 渠道       | channel
mode             | 服务方式   | mode of service
product_line     | 产品线     | product line
quantity         | 数量       | quantity
""")

BASES = _table("""
total              | 合同总额       | contract total
annual_fee         | 年服务费       | annual fee
quarterly_fee      | 季度服务费     | quarterly fee
monthly_fee        | 月服务费       | monthly fee
unit_monthly_fee   | 该设备月费     | this unit's monthly fee
line_total         | 订单行金额     | order line
order_total        | 订单金额       | order total
part_price         | 备件价格       | part price
unit_price         | 单价           | unit price
repair_price       | 维修费         | repair price
visit_fee          | 上门费         | visit fee
standby_price      | 备机价格       | standby unit's price
deposit            | 履约保证金     | deposit
amount_due         | 应付金额       | amount due
loss               | 客户损失       | customer's loss
""")

GRANTS = _table("""
voucher        | 代金券             | voucher
replacement    | 换新               | replacement
standby        | 备机               | standby unit
third_party    | 费用由我方承担的第三方服务 | third party at our cost
free_service   | 免费服务           | free service
free_repair    | 免费维修           | free repair
extra_visit    | 增加一次上门       | extra visit
refund         | 退款               | refund
end_contract   | 解除合同的权利     | right to end the contract
apology        | 书面致歉           | written apology
loses_claim    | 丧失索赔权         | loses the claim
""")

COVERED = _table("""
parts     | 备件   | parts
labour    | 人工   | labour
travel    | 差旅   | travel
software  | 软件   | software
shipping  | 运输   | shipping
""")

OWERS = _table("""
vendor     | 服务方   | vendor
customer   | 客户     | customer
partner    | 合作单位 | partner
carrier    | 承运人   | carrier
supplier   | 供应商   | supplier
""")

# What proves that a promise was kept, and papers that are handed over one by one. Plans name
# further ones in their own words.
EVIDENCE = _table("""
answer                | 答复           | answer
authorisation         | 授权           | authorisation
call record           | 通话记录       | call record
call-back record      | 回访记录       | call-back record
check-in on site      | 到场打卡       | check-in on site
delivery note         | 送货单         | delivery note
duty log              | 值班日志       | duty log
inspection form       | 检查表         | inspection form
inspection report     | 巡检报告       | inspection report
loan slip             | 借用单         | loan slip
maintenance record    | 维护记录       | maintenance record
minutes               | 会议纪要       | minutes
photos                | 照片           | photos
receipt               | 签收单         | receipt
remote session record | 远程会话记录   | remote session record
repair sheet          | 维修单         | repair sheet
report                | 报告           | report
session record        | 会话记录       | session record
signed agreement      | 双方签字的约定 | signed agreement
signed sheet          | 签字的联络单   | signed sheet
SMS                   | 短信           | SMS
visit report          | 巡访报告       | visit report
waybill               | 运单           | waybill
""")

DOCUMENTS = _table("""
site_photos           | 现场照片   | site photos
step_pictures         | 安装步骤图 | step pictures
failure_analysis      | 故障分析   | failure analysis
repair_procedure      | 维修流程   | repair procedure
development_documents | 开发文档   | development documents
user_manual           | 用户手册   | user manual
administration_manual | 管理手册   | administration manual
""")
