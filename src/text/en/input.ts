import type { InputForm, InputProblem, MappingFault } from '../../model/problem.ts'
import { byKind, type CodeTable, type KindTable } from '../table.ts'
import type { ProblemText } from '../text.ts'
import { list } from './words.ts'

export const inputProblems: CodeTable<InputProblem, ProblemText> = {
  'input-missing': ({ input }) => ({
    sentence: `${input} is needed and not set.`,
    remedy: whereToFind(input),
  }),
  'input-secret-empty': ({ input }) => ({
    sentence: `${input} is empty.`,
    remedy:
      'Most often the secret’s name is misspelt in the workflow, or the secret is not defined for this repository or environment. A pull request from a fork gets no secrets at all.',
  }),
  'input-word': ({ input, value, allowed }) => ({
    sentence: `${input} is ${value}, which is not a word it knows.`,
    remedy: `Use ${list(allowed, 'or')}.`,
  }),
  'input-form': ({ input, value, form }) => ({
    sentence: `${input} is ${value}, which is not in the form it needs.`,
    remedy: forms[form],
  }),
  'input-snapshot-to-snapshot': () => ({
    sentence: '`from` and `to` are both `snapshot`: a file would be copied onto itself.',
    remedy: 'Set `from: wecom` to write the snapshot, or `to: casdoor` to carry it out.',
  }),
  'input-built-in': () => ({
    sentence: '`casdoor-organization` is `built-in`, whose accounts are administrators of all of Casdoor.',
    remedy: 'Make an organization of its own in Casdoor and import people into that one.',
  }),
  'input-http': ({ input }) => ({
    sentence: `${input} begins with \`http:\`, so secrets would travel in the clear.`,
    remedy: 'Use `https:`. Plain `http:` is accepted on this machine alone (`localhost`).',
  }),
  'input-mapping': ({ line, fault }) => {
    const { sentence, remedy } = byKind(faults, fault)
    return { sentence: `\`mapping\`, line ${line}: ${sentence}`, remedy }
  },
  'input-visibility-unknown': ({ repository }) => ({
    sentence: `GitHub does not say whether ${repository} is public, and a snapshot holds names, phones and e-mails of everybody.`,
    remedy:
      'Give the step a `github-token` that may read the repository, or, if everybody who can see the repository may see these people, set `personal-data: full`.',
  }),
}

const faults: KindTable<MappingFault, ProblemText> = {
  yaml: ({ detail }) => ({
    sentence: `this is not YAML: ${detail}.`,
    remedy: 'Look at colons and indentation; a template needs quotes: `"{userid}@acme.example"`.',
  }),
  shape: () => ({
    sentence: 'a Casdoor field, a colon and a WeCom field were expected on each line.',
    remedy: 'Write it like this: `title: position`.',
  }),
  target: ({ value, allowed }) => ({
    sentence: `${value} is no Casdoor field that may be filled.`,
    remedy: `Left of the colon use ${list(allowed, 'or')}.`,
  }),
  property: ({ value }) => ({
    sentence: `${value} is no property that may be filled.`,
    remedy:
      'Give it a name of its own, such as `properties.employeeNumber`. `wecomStatus` and `wecomDepartments` belong to this action, names that begin with `oauth_` to Casdoor.',
  }),
  double: ({ value }) => ({
    sentence: `${value} stands here a second time.`,
    remedy: 'Delete one of the two. Several sources are a list: `email: [biz_mail, email]`.',
  }),
  empty: ({ value }) => ({
    sentence: `nothing is said about what fills ${value}.`,
    remedy: 'Name a WeCom field, or write `null` to leave the Casdoor field alone.',
  }),
  type: ({ value }) => ({
    sentence: `${value} can only be filled by text.`,
    remedy:
      'Name a WeCom field, list several in brackets, or write a template in quotes: `"{userid}@acme.example"`.',
  }),
  source: ({ value, allowed }) => ({
    sentence: `${value} is no WeCom field that can be read.`,
    remedy: `Right of the colon use ${list(allowed, 'or')}; a fixed text can only stand beside a field in braces.`,
  }),
  braces: ({ value }) => ({
    sentence: `the braces in ${value} do not match.`,
    remedy: 'Put each WeCom field between one `{` and one `}`; other braces cannot stand in a template.',
  }),
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
function whereToFind(name: string): string {
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
