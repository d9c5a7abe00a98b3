import type { Limit, Policy } from '../../model/policy.ts'
import type { PersonalData, PersonalDataReason } from '../../model/run.ts'
import { grouped } from '../number.ts'
import type { About, ExplanationText } from '../text.ts'
import { list, many } from './words.ts'

export const explanation: ExplanationText = {
  title: 'How this was decided',
  what: ({ target, kind, source }) =>
    source === 'wecom'
      ? `This job keeps ${placeOf(kind)} ${target} in sync with the WeCom directory (企业微信): people who join are added, changes are copied, and people who leave lose access.`
      : `This job applies a reviewed snapshot of the WeCom directory (企业微信) to ${placeOf(kind)} ${target}.`,
  route: ({ target, kind }, corp, syncer) =>
    `Corp ${corp} → ${placeOf(kind)} ${target}, using the syncer ${syncer}.`,
  policy,
  mapping: (lines) => `Set by \`mapping\`, the rest by default: ${lines.join(', ')}.`,
  limit: ({ limit, total, bounds, isRaised }) => {
    const arithmetic = bounds.map(({ bound, count }) => boundOf(bound, count))
    const lowest = bounds.length > 1 ? `the lowest of ${list(arithmetic)}` : arithmetic.join('')
    const floor = isRaised ? '; but a few removals, up to a third of the accounts, are always allowed' : ''
    return `One run may remove ${grouped(limit)} of the ${many(total, 'account')} that come from WeCom: ${lowest}${floor}.`
  },
  asked: (removals) =>
    removals === 0 ? 'This run requested none.' : `This run requested ${grouped(removals)}.`,
  withheld: (fields) =>
    `WeCom sends no ${list(fields, 'or')} to this app, which is normal for apps created after June 2022; stored values are kept.`,
  personalData: (level, why) => levels[level](`\`personal-data: ${level}\`${reasons[why]}`),
}

function placeOf(kind: About['kind']): string {
  return kind === 'casdoor' ? 'the Casdoor organization' : 'the snapshot'
}

function boundOf(bound: Limit, count: number): string {
  return bound.kind === 'percent' ? `${bound.value}\u00A0% (${grouped(count)})` : grouped(count)
}

const levels: Readonly<Record<PersonalData, (setting: string) => string>> = {
  full: () => 'Names, phones and e-mails are shown in full (`personal-data: full`).',
  masked: (setting) =>
    `Phones and e-mails are masked (${setting}); \`full\` shows them, \`hidden\` shows only numbers.`,
  hidden: (setting) => `Nobody is named (${setting}); \`masked\` shows names.`,
}

const reasons: Readonly<Record<PersonalDataReason, string>> = {
  set: ', set in the workflow',
  private: ', the default in a private repository',
  public: ', the default in a public repository, where everybody can read this page',
  unknown: ', the default because GitHub did not say whether the repository is public',
}

function policy({
  leavers,
  groups,
  notActivated,
  emptyValues,
  restore,
  matchBy,
  countryCode,
}: Policy): readonly string[] {
  return [
    {
      forbid:
        'People who are no longer in WeCom are forbidden: their accounts stay, but they cannot sign in.',
      keep: 'People who are no longer in WeCom are only reported.',
      delete: 'People who are no longer in WeCom are deleted.',
    }[leavers],
    ...(groups === 'none'
      ? []
      : [
          'Departments are groups in Casdoor, named after the organization, this syncer and the department’s ID; other groups are left unchanged.',
        ]),
    {
      forbid: 'People who have not activated WeCom yet are forbidden until they do.',
      allow: 'People who have not activated WeCom yet may sign in.',
    }[notActivated],
    {
      own: 'Accounts that were forbidden by hand stay forbidden.',
      all: 'People who are active in WeCom are enabled again, even if they were forbidden by hand.',
    }[restore],
    {
      keep: 'A value that WeCom does not send never overwrites a stored one.',
      clear: 'A value that is empty in WeCom clears the stored one.',
    }[emptyValues],
    matchBy.length === 0
      ? 'An account created by hand is adopted only if it has the WeCom ID.'
      : `An account created by hand is also adopted if it has the same ${list(
          matchBy.map((key) => (key === 'email' ? 'e-mail' : key)),
          'or',
        )}.`,
    `Phone numbers without \`+\` are read as ${countryCode}.`,
  ]
}
