import { describe, expect, test } from 'vitest'
import { dayOfChanges } from '../../sandbox/day.ts'
import { set } from './act.ts'

const hostile = [
  'a|b',
  '`code`',
  '@org/team',
  '<script>alert(1)</script>',
  '::add-mask::x',
  '::error::x',
  '\u202Eevil',
  'two\nlines',
  '[link](https://example.com)',
  '![img](https://example.com/x.png)',
  '#1',
  '**bold**',
  '</details>',
  '🙂',
]

describe('FS-44: hostile names', () => {
  test('come out harmless and readable in log and summary', async () => {
    const { company, act } = await set()
    hostile.forEach((name, index) => {
      company.people.push({ userid: `hostile-${index}`, name, position: name, departments: [2], status: 1 })
    })
    company.departments.push({ id: 999, name: '<b>|`@all', parentid: 1 })
    company.people.push({ userid: 'in-hostile', name: '某', departments: [999], status: 1 })
    const { code, summary, stdout } = await act()
    expect(code).toBe(0)
    const rows = summary.split('\n').filter((line) => /^ *\| .*hostile-\d/.test(line))
    expect(rows.length).toBeGreaterThanOrEqual(hostile.length)
    const width = (row: string) => row.replaceAll('\\|', '').split('|').length
    expect(new Set(rows.map(width)).size).toBe(1)
    expect(summary).not.toMatch(/<script|<b>[|`]|(^|[^&;])@(org|all)|\u202E|\]\(https|\*\*bold/)
    const commands = stdout.split('\n').filter((line) => line.startsWith('::'))
    expect(commands.filter((line) => !/^::(group|endgroup|add-mask|warning|notice)/.test(line))).toEqual([])
    expect(commands).not.toContain('::add-mask::x')
  })
})

describe('spec 10.4: personal data', () => {
  test('hidden: no name and no userid anywhere', async () => {
    const { company, act } = await set()
    const event = { repository: { full_name: 'acme/directory', private: false } }
    const first = await act({}, { event })
    const added = company.people.map(({ userid, name }) => [userid, name]).flat()
    dayOfChanges(company)
    const second = await act({}, { event })
    const people = [...added, ...company.people.flatMap(({ userid, name }) => [userid, name])]
    const names = people.filter((text) => [...text].length >= 2 && !/^\d+$/.test(text))
    for (const { stdout, summary, planFile = '', outputs } of [first, second]) {
      const all = [stdout, summary, planFile, JSON.stringify(outputs)].join('\n')
      expect(names.filter((text) => all.includes(text))).toEqual([])
    }
    expect(second.outputs).toMatchObject({ outcome: 'applied', added: '1' })
  })

  test('full shows phones and e-mails in the summary, never in the log', async () => {
    const { company, act } = await set()
    await act()
    const person = company.people.find(({ status }) => status === 1)
    if (person !== undefined) person.mobile = '13912349876'
    const { summary, stdout } = await act({ 'personal-data': 'full' })
    expect(summary).toContain('13912349876')
    expect(stdout).not.toContain('13912349876')
  })
})

describe('spec 10.5: the log', () => {
  test('one group per stage, one line with the counts, no annotation when all is well', async () => {
    const { act } = await set()
    const { stdout } = await act()
    expect(stdout.match(/^::group::/gm)?.length).toBeGreaterThanOrEqual(4)
    expect(stdout.match(/^::endgroup::/gm)?.length).toBe(stdout.match(/^::group::/gm)?.length)
    expect(stdout.match(/^::(error|warning)/gm)).toBeNull()
    expect(stdout).toContain('40 added')
  })

  test('in Chinese', async () => {
    const { act } = await set({ wecom: { trusted: false } })
    const { summary } = await act({ language: 'zh' })
    expect(summary).toMatch(/企业可信IP/)
    expect(summary).toContain('203.0.113.7')
    expect(summary).not.toMatch(/\b(the|address|because)\b/)
  })
})
