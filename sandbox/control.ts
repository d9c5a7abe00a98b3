import { parseArgs } from 'node:util'
import { startCasdoor } from './casdoor/server.ts'
import { makeCompany } from './company.ts'
import { dayOfChanges, loseShare } from './day.ts'
import { reorganize } from './reorganization.ts'
import { listen } from './server.ts'
import { startWecom } from './wecom/server.ts'

/*
 * `npm run sandbox`: a WeCom and a Casdoor on this machine for a rehearsal, until Ctrl-C. `--people 300`,
 * `--departments 60`, `--wecom-port` and `--control-port` (free ones unless given). The control server changes
 * the company: POST /day, POST /reorganize, POST /lose?share=0.4, POST /restore.
 */

const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '300' },
    departments: { type: 'string', default: '60' },
    'wecom-port': { type: 'string', default: '0' },
    'control-port': { type: 'string', default: '0' },
  },
})

const company = makeCompany({ people: Number(values.people), departments: Number(values.departments) })
const wecom = await startWecom({ company, port: Number(values['wecom-port']) })
const casdoor = await startCasdoor()
let day = 1
let restore = (): void => undefined
const control = await listen(({ method, path, query }) => {
  if (method !== 'POST') return { status: 405 }
  switch (path) {
    case '/day':
      return { body: dayOfChanges(company, day++) }
    case '/reorganize':
      return { body: reorganize(company) }
    case '/lose':
      restore = loseShare(company, Number(query.get('share') ?? '0.4'))
      return { body: { people: company.people.length } }
    case '/restore':
      restore()
      return { body: { people: company.people.length } }
    default:
      return { status: 404 }
  }
}, Number(values['control-port']))

process.stdout.write(`WeCom            ${wecom.url}
  wecom-corp-id          ${company.corpId}
  wecom-corp-secret      test-app-secret
Casdoor          ${casdoor.url}
  casdoor-client-id      ${casdoor.clientId}
  casdoor-client-secret  ${casdoor.clientSecret}
  casdoor-organization   acme
Control          ${control.url}
  POST /day, /reorganize, /lose?share=0.4, /restore
`)

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void Promise.all([wecom.close(), casdoor.close(), control.close()])
  })
}
