import { startCasdoor } from './casdoor/server.ts'
import { makeCompany } from './company.ts'
import { dayOfChanges } from './day.ts'
import { putIn, type Fault } from './faults.ts'
import { withOutsiders } from './outside.ts'
import { runAction } from './runner.ts'
import { excerpt, inputsFor, print, sentenceOf } from './show.ts'
import { startWecom } from './wecom/server.ts'

/**
 * One bad morning: 300 people are imported, an ordinary day goes by, and the next run meets the fault.
 *
 * @returns whether the action behaved as the catalogue says, and shut nobody out who was not to be.
 */
export async function rehearse(fault: Fault): Promise<boolean> {
  const company = makeCompany({ people: 300, departments: 60 })
  const isOneByOne = fault.world === 'WeCom' && fault.oneByOne === true
  const sight = () => (isOneByOne ? withOutsiders(company, 6) : { company })
  const wecom = await startWecom(sight())
  const casdoor = await startCasdoor()
  const shutOut = (): readonly string[] =>
    casdoor
      .users('acme')
      .filter(({ isForbidden, isDeleted }) => isForbidden || isDeleted)
      .map(({ wecom: userid }) => userid)
  try {
    const inputs = { ...inputsFor(wecom, casdoor), ...(isOneByOne && { 'wecom-agent-id': '1000002' }) }
    const first = await runAction({ inputs })
    if (first.outputs['outcome'] !== 'applied') throw new Error(`the first import failed: ${first.stdout}`)
    const known = new Set(wecom.company.people.map(({ userid }) => userid))
    const before = new Set(shutOut())
    const events = dayOfChanges(company)
    wecom.company = sight().company
    const writes = casdoor.writes().length
    putIn(fault, { wecom, casdoor })
    const start = Date.now()
    const end = await runAction({ inputs })
    const gone = new Set(
      events.flatMap(({ kind, userid }) => (kind === 'leave' || kind === 'disable' ? userid : [])),
    )
    const wrongly = shutOut().filter(
      (userid) => known.has(userid) && !before.has(userid) && !gone.has(userid),
    )
    const outcome = end.outputs['outcome'] ?? 'none'
    print(
      `${fault.name} (${fault.world})`,
      '',
      `  ${fault.sentence}`,
      '',
      ...events.map((event) => `  ${sentenceOf(event)}`),
      '',
      excerpt(end.summary),
      '',
      `  outcome ${outcome}, exit code ${end.code}, ${Math.round((Date.now() - start) / 1000)} s; ` +
        `${casdoor.writes().length - writes} writes to Casdoor; ` +
        `${wrongly.length} people lost their account who should not have.`,
    )
    const isAsExpected = outcome === fault.expect && wrongly.length === 0
    print(
      isAsExpected ? '  As the catalogue expects.' : `  The catalogue expects the outcome ${fault.expect}.`,
    )
    if (!isAsExpected) print(end.stdout, end.stderr)
    return isAsExpected
  } finally {
    await Promise.all([wecom.close(), casdoor.close()])
  }
}
