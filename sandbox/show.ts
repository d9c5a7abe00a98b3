import { parseArgs } from 'node:util'
import type { CasdoorSandbox } from './casdoor/server.ts'
import type { Event } from './day.ts'
import type { Reorganization } from './reorganization.ts'
import type { WecomSandbox } from './wecom/server.ts'

/** The options of `npm start`. */
export const options = parseArgs({
  options: {
    zh: { type: 'boolean', default: false },
    'list-faults': { type: 'boolean', default: false },
    fault: { type: 'string' },
  },
}).values

/** The inputs of a workflow that reaches both servers. */
export function inputsFor(from: WecomSandbox, to: CasdoorSandbox): Readonly<Record<string, string>> {
  return {
    'wecom-api-url': from.url,
    'wecom-corp-id': from.company.corpId,
    'wecom-corp-secret': 'test-app-secret',
    'casdoor-endpoint': to.url,
    'casdoor-client-id': to.clientId,
    'casdoor-client-secret': to.clientSecret,
    'casdoor-organization': 'acme',
    language: options.zh ? 'zh' : 'en',
  }
}

/** As much of a summary as a terminal likes; the whole is in the folder. */
export function excerpt(summary: string): string {
  const lines = summary.trimEnd().split('\n')
  const shown = lines.slice(0, 45)
  const rest = lines.length - shown.length
  return [...shown, ...(rest > 0 ? [`… ${rest} more lines in the file`] : [])]
    .map((line) => `  │ ${line}`)
    .join('\n')
}

/** What happened to a person. */
export function sentenceOf(event: Event): string {
  const who = `${event.name} (${event.userid})`
  switch (event.kind) {
    case 'join':
      return `${who} joined.`
    case 'leave':
      return `${who} left the company.`
    case 'disable':
      return `${who} was disabled in WeCom.`
    case 'promote':
      return `${who} was promoted from ${event.from} to ${event.to}.`
    case 'move':
      return `${who} moved to another department.`
    case 'add-departments':
      return `${who} works for three departments now.`
  }
}

/** What happened to departments. */
export function departmentSentences({ moved, renamed, dissolved, made }: Reorganization): readonly string[] {
  return [
    `${moved.name} (department ${moved.id}) moved, with everybody in it.`,
    `${renamed.name} (department ${renamed.id}) has a new name.`,
    `${dissolved.name} (department ${dissolved.id}) was dissolved; its people are in ${made.name} now, which is new.`,
  ]
}

export function print(...lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`)
}
