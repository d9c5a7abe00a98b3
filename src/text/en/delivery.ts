import type { DeliveryText } from '../text.ts'

export const delivery: DeliveryText = {
  commit: 'Update people from WeCom',
  title: (counts) =>
    counts.length === 0 ? 'People are in step with WeCom' : `Update people from WeCom: ${counts.join(', ')}`,
  intro: (medium, { target, kind }) => {
    switch (medium) {
      case 'summary':
        return ''
      case 'pull-request':
        return `WeCom Syncer keeps this pull request up to date: merging it brings the snapshot ${target} in step with the WeCom directory (企业微信). Please put no commits of your own on its branch.`
      case 'comment':
        return kind === 'casdoor'
          ? `Nothing was written. This is what the next run does to the Casdoor organization ${target} once this pull request is merged.`
          : 'Nothing was written.'
    }
  },
  committed: (commit) => `Committed as ${commit}.`,
  pullRequest: (link, state) => states[state].replace('#', () => link),
}

const states = {
  opened: 'Pull request # was opened.',
  reopened: 'Pull request # was reopened.',
  updated: 'Pull request # was brought up to date.',
  same: 'Pull request # shows this already.',
  closed: 'Pull request # was closed: nothing is left to change.',
  declined: 'Pull request # stays closed.',
} as const
