/** Words of which the sandbox's companies are made. People and numbers are put together by chance. */

/** Family names with their pinyin. */
export const surnames = [
  ['陈', 'Chen'],
  ['林', 'Lin'],
  ['黄', 'Huang'],
  ['张', 'Zhang'],
  ['李', 'Li'],
  ['王', 'Wang'],
  ['吴', 'Wu'],
  ['刘', 'Liu'],
  ['蔡', 'Cai'],
  ['杨', 'Yang'],
  ['许', 'Xu'],
  ['郑', 'Zheng'],
  ['谢', 'Xie'],
  ['郭', 'Guo'],
  ['洪', 'Hong'],
  ['邱', 'Qiu'],
  ['曾', 'Zeng'],
  ['廖', 'Liao'],
  ['赖', 'Lai'],
  ['徐', 'Xu'],
  ['周', 'Zhou'],
  ['叶', 'Ye'],
  ['苏', 'Su'],
  ['庄', 'Zhuang'],
  ['江', 'Jiang'],
  ['吕', 'Lv'],
  ['何', 'He'],
  ['罗', 'Luo'],
  ['高', 'Gao'],
  ['欧阳', 'Ouyang'],
] as const

/** Characters of given names with their pinyin. */
export const givenNames = [
  ['明', 'Ming'],
  ['燕', 'Yan'],
  ['伟', 'Wei'],
  ['洁', 'Jie'],
  ['岚', 'Lan'],
  ['涛', 'Tao'],
  ['静', 'Jing'],
  ['磊', 'Lei'],
  ['芳', 'Fang'],
  ['强', 'Qiang'],
  ['敏', 'Min'],
  ['军', 'Jun'],
  ['婷', 'Ting'],
  ['宇', 'Yu'],
  ['欣', 'Xin'],
  ['浩', 'Hao'],
  ['雪', 'Xue'],
  ['鹏', 'Peng'],
  ['梅', 'Mei'],
  ['辰', 'Chen'],
  ['琪', 'Qi'],
  ['峰', 'Feng'],
  ['颖', 'Ying'],
  ['凯', 'Kai'],
  ['思', 'Si'],
  ['远', 'Yuan'],
  ['文', 'Wen'],
  ['佳', 'Jia'],
] as const

/** Departments right below the company, with their English names. */
export const divisions = [
  ['研发中心', 'R&D Center'],
  ['销售中心', 'Sales Center'],
  ['市场部', 'Marketing'],
  ['客户服务部', 'Customer Service'],
  ['人力资源部', 'Human Resources'],
  ['财务部', 'Finance'],
  ['行政部', 'Administration'],
  ['供应链中心', 'Supply Chain Center'],
  ['制造中心', 'Manufacturing Center'],
  ['质量部', 'Quality'],
  ['信息技术部', 'Information Technology'],
  ['法务部', 'Legal'],
  ['产品中心', 'Product Center'],
  ['海外事业部', 'Overseas Business'],
] as const

/** What departments of a name are divided into; the rest by their depth, see `unitsByDepth`. */
export const unitsByName: Readonly<Record<string, readonly string[]>> = {
  研发中心: [
    '平台组',
    '前端组',
    '后端组',
    '测试组',
    '算法组',
    '数据组',
    '安全组',
    '移动端组',
    '运维组',
    '架构组',
  ],
  产品中心: ['平台组', '企业产品部', '用户体验部', '数据产品部', '产品运营组'],
  销售中心: [
    '华东销售部',
    '华北销售部',
    '华南销售部',
    '华中销售部',
    '西南销售部',
    '西北销售部',
    '东北销售部',
  ],
  华东销售部: ['上海办事处', '南京办事处', '杭州办事处', '苏州办事处', '宁波办事处'],
  华北销售部: ['北京办事处', '天津办事处', '石家庄办事处', '太原办事处'],
  华南销售部: ['广州办事处', '深圳办事处', '厦门办事处', '南宁办事处'],
  市场部: ['品牌组', '内容组', '活动组', '平台组', '渠道组'],
  客户服务部: ['华东服务部', '华北服务部', '华南服务部', '热线组', '质检组'],
  人力资源部: ['招聘组', '薪酬组', '培训组', '员工关系组'],
  财务部: ['会计组', '税务组', '资金组', '预算组'],
  行政部: ['前台组', '采购组', '车队', '综合组'],
  供应链中心: ['采购部', '物流部', '仓储部', '计划部'],
  制造中心: ['第一工厂', '第二工厂', '第三工厂', '工艺部', '设备部'],
  质量部: ['来料检验组', '过程检验组', '体系组', '综合组'],
  信息技术部: ['平台组', '运维组', '服务台', '数据组'],
  法务部: ['合同组', '合规组', '知识产权组'],
  海外事业部: ['东南亚部', '欧洲部', '北美部', '中东部'],
}

/** Parts of departments that have no names of their own, by the parent's level; a number goes in front. */
export const unitsByDepth = ['部', '组', '小组', '班'] as const

/** Numbers in front of units. */
export const numerals = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'] as const

/** Careers, each from its first position to its last, and the divisions that have them. */
export const careers = [
  {
    divisions: ['研发中心', '产品中心', '信息技术部'],
    positions: ['助理工程师', '工程师', '高级工程师', '资深工程师', '技术专家', '研发总监'],
  },
  {
    divisions: ['销售中心', '海外事业部', '市场部'],
    positions: ['销售助理', '客户经理', '高级客户经理', '大区经理', '销售总监'],
  },
  { divisions: [], positions: ['助理', '专员', '高级专员', '主管', '经理', '总监'] },
] as const satisfies readonly { divisions: readonly string[]; positions: readonly string[] }[]

/** The first digits of Chinese mobile numbers that libphonenumber knows. */
export const mobilePrefixes = (
  '130 131 132 133 134 135 136 137 138 139 ' +
  '150 151 152 153 155 156 157 158 159 ' +
  '180 181 182 183 184 185 186 187 188 189'
).split(' ')
