import type { DeliveryText } from '../text.ts'

export const delivery: DeliveryText = {
  commit: 'Update people from WeCom',
  title: (counts) =>
    counts.length === 0 ? 'People are in sync with WeCom' : `Update people from WeCom: ${counts.join(', ')}`,
  intro: (medium, { target, kind }) => {
    switch (medium) {
      case 'summary':
        return ''
      case 'pull-request':
        return `WeCom Syncer keeps this pull request up to date: merging it brings the snapshot ${target} in sync with the WeCom directory (企业微信). Please do not add commits of your own to its branch.`
      case 'comment':
        return kind === 'casdoor'
          ? `Nothing was written. Once this pull request is merged, the next run makes these changes in the Casdoor organization ${target}.`
          : 'Nothing was written.'
    }
  },
  committed: (commit) => `Committed as ${commit}.`,
  pullRequest: (link, state) => states[state].replace('#', () => link),
}

const states = {
  opened: 'Pull request # was opened.',
  reopened: 'Pull request # was reopened.',
  updated: 'Pull request # was updated.',
  same: 'Pull request # is already up to date.',
  closed: 'Pull request # was closed: there is nothing left to change.',
  declined: 'Pull request # stays closed.',
} as const
