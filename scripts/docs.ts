/** Writes the tables of inputs and outputs in both READMEs from `action.yml`; `--check` only compares. */
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { root } from '../sandbox/action.ts'
import { withTables } from './tables.ts'

const isCheck = process.argv.includes('--check')
for (const name of ['README.md', 'README.zh-CN.md'] as const) {
  const file = path.join(root, name)
  const before = readFileSync(file, 'utf8')
  const after = await withTables(before, name === 'README.md' ? 'en' : 'zh')
  if (before === after) continue
  if (isCheck) {
    console.error(`The tables in ${name} are not those of action.yml: run npm run docs`)
    process.exitCode = 1
  } else {
    writeFileSync(file, after)
    console.log(`${name} written`)
  }
}
