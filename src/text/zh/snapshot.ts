import type { Obstacle } from '../../model/places.ts'
import type { SnapshotFault, SnapshotForm, SnapshotProblem } from '../../model/problem.ts'
import { byKind, type CodeTable, type KindTable } from '../table.ts'
import type { ProblemText } from '../text.ts'
import { fieldName } from './fields.ts'
import { grouped } from '../number.ts'
import { list } from './words.ts'

export const snapshotProblems: CodeTable<SnapshotProblem, ProblemText> = {
  'snapshot-invalid': ({ file, line, fault }) => {
    const { sentence, remedy } = byKind(faults, fault)
    return { sentence: `${file} 第 ${line} 行：${sentence}`, remedy }
  },
  'snapshot-missing': ({ file }) => ({
    sentence: `工作区中没有 ${file}。`,
    remedy:
      '请在此步骤之前检出仓库（`actions/checkout`），检查 `snapshot-path`，或先用 `from: wecom`、`to: snapshot` 生成文件。',
  }),
  'snapshot-headless': ({ file }) => ({
    sentence: `缺少 ${file}，但同一位置还有人员文件。`,
    remedy: '请从仓库的历史记录中恢复该文件。',
  }),
  'snapshot-obstacle': ({ file, what, found }) => {
    const { sentence, remedy } = obstacles[what](file, found)
    return { sentence: `${sentence}没有覆盖任何内容。`, remedy }
  },
  'snapshot-part-missing': ({ file, place, count }) => ({
    sentence: `${place} 中列出的 ${file} ${count > 1 ? `等 ${grouped(count)} 个文件` : ''}不存在；若继续，其中的人会被当作已离开。`,
    remedy: '请从仓库的历史记录中恢复缺少的文件。只有这些人确实应当移除时，才删除 `files` 下对应的行。',
  }),
  'snapshot-stray': ({ file }) => ({
    sentence: `${file} 不属于快照，其中的人会被当作已离开。`,
    remedy: '请把其中的人移到其账号所属的文件，或把该文件移到其他目录。',
  }),
  'snapshot-other-form': ({ file, other }) => ({
    sentence: `还没有 ${file}，因此读取了 ${other}。`,
    remedy: '下次从企业微信同步到快照时，会在一次提交中把所有人移过去。',
  }),
  'snapshot-both-forms': ({ file, other }) => ({
    sentence: `快照有两份：使用了 ${file}，忽略了 ${other}。`,
    remedy: '请删除不需要的一份；`snapshot-path` 指定使用哪一份。',
  }),
  'snapshot-empty': ({ file }) => ({
    sentence: `${file} 中没有任何人。空文件绝不会被当作“所有人都已离开”。`,
    remedy: '请从仓库的历史记录中恢复该文件。',
  }),
  'snapshot-unreadable': ({ file, cause }) => ({
    sentence: `无法读取 ${file}：${cause}。`,
    remedy: '请检查 `snapshot-path`，以及任务是否有权读取该文件。',
  }),
  'snapshot-unwritable': ({ file, cause }) => ({
    sentence: `无法写入 ${file}：${cause}。`,
    remedy: '请检查 `snapshot-path`、磁盘空间，以及任务是否有权写入。',
  }),
  'snapshot-other-corp': ({ file, corpId, expected }) => ({
    sentence: `${file} 属于企业 ${corpId}，而不是 ${expected}；若继续，其中所有人都会被当作已离开。`,
    remedy: '请更正 `wecom-corp-id`，或用 `snapshot-path` 让每个企业使用各自的文件。',
  }),
  'snapshot-unmapped': ({ file, fields }) => ({
    sentence: `${file} 中原有${list(fields.map((name) => `“${fieldName(name)}”`))}，但 \`mapping\` 已不再填写，因此从文件中移除。`,
    remedy: '无需处理：文件中没有的字段，在 Casdoor 中保持不变。',
  }),
  'snapshot-public': ({ repository }) => ({
    sentence: `仓库 ${repository} 是公开的，快照会把所有人的姓名、手机和邮箱公之于众。`,
    remedy: '请使用私有仓库。只有其中所有人都同意公开时，才设置 `personal-data: full`。',
  }),
}

const obstacles: Readonly<Record<Obstacle['what'], (file: string, found: string) => ProblemText>> = {
  link: (file) => ({
    sentence: `${file} 是符号链接，而本 Action 不跟随链接。`,
    remedy: '请把它换成文件或目录本身，或让 `snapshot-path` 直接指向其所在位置。',
  }),
  submodule: (file) => ({
    sentence: `${file} 是子模块，其中的内容属于另一个仓库。`,
    remedy: '请让 `snapshot-path` 指向本仓库中的位置，或在那个仓库中运行此工作流。',
  }),
  folder: (file) => ({
    sentence: `${file} 是目录，不是文件。`,
    remedy:
      '如果它就是快照目录，请在 `snapshot-path` 末尾加上 `/`；否则请重命名或删除它，或更换 `snapshot-path`。',
  }),
  file: (file) => ({
    sentence: `${file} 已经是一个文件，而此处需要的是目录。`,
    remedy:
      '如果该文件就是快照，请去掉 `snapshot-path` 末尾的 `/`；否则请重命名或删除它，或更换 `snapshot-path`。',
  }),
  twin: (file, found) => ({
    sentence: `已有 ${found}，它与 ${file} 只有大小写或重音字符的编码不同。`,
    remedy:
      '请让 `snapshot-path` 与实际名称完全一致，或重命名其中之一：Windows 和 macOS 无法区分这两个名称。',
  }),
  special: (file) => ({
    sentence: `${file} 既不是文件也不是目录，而是设备、套接字或管道。`,
    remedy: '请移除它，或更换 `snapshot-path`。',
  }),
}

const faults: KindTable<SnapshotFault, ProblemText> = {
  lfs: () => ({
    sentence: '这是 Git LFS 的指针，不是文件本身。',
    remedy:
      '要读取该文件，请在 `actions/checkout` 中设置 `lfs: true`；要以提交或拉取请求写入，请不要用 Git LFS 存放它：从 `.gitattributes` 中删除对应的规则，并提交文件本身。',
  }),
  'conflict-marker': () => ({
    sentence: '文件中有未解决的合并冲突。',
    remedy: '请保留其中一方，并删除 `<<<<<<<`、`=======`、`>>>>>>>` 这几行。',
  }),
  yaml: ({ message }) => ({
    sentence: `YAML 语法错误：${message}`,
    remedy: '请检查这一行和上一行的缩进、冒号和引号。',
  }),
  version: ({ found }) => ({
    sentence: `版本是 ${found}，而本 Action 只能读取版本 1。`,
    remedy: '请恢复 `version: 1` 这一行；如果文件由更新的版本写出，请升级本 Action。',
  }),
  'unknown-key': ({ key, allowed }) => ({
    sentence: `${key} 是不支持的键；此处可以使用 ${list(allowed, '或')}。`,
    remedy: '请更正拼写或缩进，或删除这一行。',
  }),
  'duplicate-key': ({ key }) => ({ sentence: `${key} 重复出现。`, remedy: '请删除其中一个。' }),
  'reserved-key': ({ key }) => ({
    sentence: `${key} 不是快照可以设置的属性。`,
    remedy: '请删除该行：该属性由本 Action 或 Casdoor 自身写入。',
  }),
  'missing-key': ({ key }) => ({ sentence: `此处缺少 ${key}。`, remedy: '请补上，或从历史记录中恢复。' }),
  misplaced: ({ key, place }) => ({ sentence: `${key} 放错了文件。`, remedy: `请将此人移到 ${place}。` }),
  type: ({ key, expected }) => ({ sentence: `${key} 的格式不正确。`, remedy: forms[expected] }),
}

const forms: Readonly<Record<SnapshotForm, string>> = {
  text: '请写成带双引号的文本，纯数字也要加：`"13800138000"`。',
  boolean: '请写 `true` 或 `false`，不加引号。',
  mapping: '请在下面逐行写键和值，每行多缩进两个空格。',
  'department-id': '请写部门 ID，用双引号括起数字：`"21"`。',
  'department-ids': '请写部门 ID 列表：`[2, 21]`。',
  userid: '请写企业微信账号，加双引号：1 到 64 个字母、数字以及 `_ - @ .`',
  country: '请写两位大写国家/地区代码：`"CN"`。',
  status: '请写 `"disabled"`、`"left"` 或 `"not-activated"`；在职人员不写此行。',
  files: '请逐行列出人员文件：`- "users/0d.yaml"`。',
  digest: '请写完整的 64 位确认码，或删除这一行。',
}
