import type { InputForm, InputProblem } from '../../errors.ts'
import type { Said } from '../text.ts'
import { list } from './words.ts'

export function input(problem: InputProblem): Said {
  switch (problem.code) {
    case 'input-missing':
      return { sentence: `${problem.input} is needed and not set.`, remedy: where(problem.input) }
    case 'input-secret-empty':
      return {
        sentence: `${problem.input} is empty.`,
        remedy:
          'Most often the secret’s name is misspelt in the workflow, or the secret is not defined for this repository or environment. A pull request from a fork gets no secrets at all.',
      }
    case 'input-word':
      return {
        sentence: `${problem.input} is ${problem.value}, which is not a word it knows.`,
        remedy: `Use ${list(problem.allowed, 'or')}.`,
      }
    case 'input-form':
      return {
        sentence: `${problem.input} is ${problem.value}, which is not in the form it needs.`,
        remedy: forms[problem.form],
      }
    case 'input-snapshot-to-snapshot':
      return {
        sentence: '`from` and `to` are both `snapshot`: a file would be copied onto itself.',
        remedy: 'Set `from: wecom` to write the snapshot, or `to: casdoor` to carry it out.',
      }
    case 'input-built-in':
      return {
        sentence:
          '`casdoor-organization` is `built-in`, whose accounts are administrators of all of Casdoor.',
        remedy: 'Make an organization of its own in Casdoor and import people into that one.',
      }
    case 'input-http':
      return {
        sentence: `${problem.input} begins with \`http:\`, so secrets would travel in the clear.`,
        remedy: 'Use `https:`. Plain `http:` is accepted on this machine alone (`localhost`).',
      }
    case 'input-visibility-unknown':
      return {
        sentence: `GitHub does not say whether ${problem.repository} is public, and a snapshot holds names, phones and e-mails of everybody.`,
        remedy:
          'Give the step a `github-token` that may read the repository, or, if everybody who can see the repository may see these people, set `personal-data: full`.',
      }
  }
}

const forms: Readonly<Record<InputForm, string>> = {
  'syncer-name': 'Use lower-case words joined by `-`, at most 30 characters, such as `wecom-hq`.',
  url: 'Give a whole address, such as `https://sso.example.com`, without user name, password, `?` or `#`.',
  limits: 'List percentages and whole numbers, such as `5%, 200`; the lowest wins.',
  digest: 'Copy all 64 letters and digits of the digest from the job summary.',
  country: 'Use the two capital letters of a country, such as `CN` or `SG`.',
  concurrency: 'Give a whole number from 1 to 32.',
  'corp-id':
    'Copy the Corp ID (企业ID) from the WeCom console, 我的企业 › 企业信息; it begins with `ww` or `wx`.',
  'agent-id':
    'Copy the AgentId, a whole number such as `1000002`, from the page of the app in the WeCom console, 应用管理 › the app.',
  path: 'Give a path inside the workspace, such as `wecom-users.yaml`, or `wecom-users/` for a directory, without `..` and not beginning with `/`.',
  branch: 'Give the name of a branch, such as `main`.',
  reviewers: 'List logins, and teams as `org/team`.',
  organization: 'Give the name of the organization as Casdoor’s address bar shows it, such as `acme`.',
}

/** Where the value of an input is to be found. The input comes escaped, so that it is looked for inside. */
function where(name: string): string {
  const found = places.find(([key]) => name.includes(key))
  return `Set it under \`with:\` of this step.${found === undefined ? '' : ` ${found[1]}`}`
}

const places = [
  ['wecom-corp-id', 'It stands in the WeCom console, 我的企业 › 企业信息.'],
  ['wecom-corp-secret', 'It stands in the WeCom console, 应用管理 › the app › Secret.'],
  ['casdoor-endpoint', 'It is the address of Casdoor, such as `https://sso.example.com`.'],
  ['casdoor-client', 'It stands in Casdoor on the page of the application.'],
  ['snapshot-branch', 'The run is on no branch, so name the one that holds the snapshot, such as `main`.'],
  ['github-token', 'Left out, it is the job’s own token; do not set it to an empty value.'],
  ['casdoor-organization', 'It is the organization in Casdoor that people are imported into.'],
] as const
