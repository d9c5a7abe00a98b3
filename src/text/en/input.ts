import type { InputForm, InputProblem, MappingFault } from '../../model/problem.ts'
import { byKind, type CodeTable, type KindTable } from '../table.ts'
import type { ProblemText } from '../text.ts'
import { list } from './words.ts'

export const inputProblems: CodeTable<InputProblem, ProblemText> = {
  'input-missing': ({ input }) => ({
    sentence: `${input} is required but not set.`,
    remedy: whereToFind(input),
  }),
  'input-secret-empty': ({ input }) => ({
    sentence: `${input} is empty.`,
    remedy:
      'Usually the secret’s name is misspelled in the workflow, or the secret is not defined for this repository or environment. Pull requests from forks get no secrets.',
  }),
  'input-word': ({ input, value, allowed }) => ({
    sentence: `${input} is ${value}, which is not a supported value.`,
    remedy: `Use ${list(allowed, 'or')}.`,
  }),
  'input-form': ({ input, value, form }) => ({
    sentence: `${input} is ${value}, which is not in the expected format.`,
    remedy: forms[form],
  }),
  'input-snapshot-to-snapshot': () => ({
    sentence: '`from` and `to` are both `snapshot`: a file would be copied onto itself.',
    remedy: 'Set `from: wecom` to write the snapshot, or `to: casdoor` to apply it.',
  }),
  'input-built-in': () => ({
    sentence: '`casdoor-organization` is `built-in`, whose accounts are administrators of the whole Casdoor.',
    remedy: 'Create a separate organization in Casdoor and import people into it.',
  }),
  'input-http': ({ input }) => ({
    sentence: `${input} starts with \`http:\`, so secrets would be sent unencrypted.`,
    remedy: 'Use `https:`. Plain `http:` is accepted only for this machine (`localhost`).',
  }),
  'input-mapping': ({ line, fault }) => {
    const { sentence, remedy } = byKind(faults, fault)
    return { sentence: `\`mapping\`, line ${line}: ${sentence}`, remedy }
  },
  'proxy-variable': ({ setBy }) => ({
    sentence: `The environment variable ${setBy} is not an address that a proxy can have.`,
    remedy: proxyForm,
  }),
  'input-visibility-unknown': ({ repository }) => ({
    sentence: `It is not known whether ${repository} is public, and a snapshot holds everybody’s names, phones and e-mails. Nothing was read or written.`,
    remedy: 'Give the step a `github-token` that may read the repository.',
  }),
}

const faults: KindTable<MappingFault, ProblemText> = {
  yaml: ({ detail }) => ({
    sentence: `this is not YAML: ${detail}.`,
    remedy: 'Check the colons and the indentation; a template needs quotes: `"{userid}@acme.example"`.',
  }),
  shape: () => ({
    sentence: 'each line must be a Casdoor field, a colon and a WeCom field.',
    remedy: 'Write, for example, `title: position`.',
  }),
  target: ({ value, allowed }) => ({
    sentence: `${value} is not a Casdoor field that a mapping can fill.`,
    remedy: `To the left of the colon, use ${list(allowed, 'or')}.`,
  }),
  property: ({ value }) => ({
    sentence: `${value} is not a property that a mapping can fill.`,
    remedy:
      'Use another name, such as `properties.employeeNumber`. `wecomStatus` and `wecomDepartments` are reserved for this action, and names that start with `oauth_` for Casdoor.',
  }),
  double: ({ value }) => ({
    sentence: `${value} is listed twice.`,
    remedy: 'Delete one of the two. Write several sources as a list: `email: [biz_mail, email]`.',
  }),
  empty: ({ value }) => ({
    sentence: `${value} has no source.`,
    remedy: 'Name a WeCom field, or write `null` to leave the Casdoor field unchanged.',
  }),
  type: ({ value }) => ({
    sentence: `${value} can only be filled with text.`,
    remedy:
      'Name a WeCom field, list several in brackets, or write a template in quotes: `"{userid}@acme.example"`.',
  }),
  source: ({ value, allowed }) => ({
    sentence: `${value} is not a WeCom field that a mapping can read.`,
    remedy: `To the right of the colon, use ${list(allowed, 'or')}; fixed text is allowed only together with a field in braces.`,
  }),
  braces: ({ value }) => ({
    sentence: `the braces in ${value} do not match.`,
    remedy: 'Put each WeCom field between one `{` and one `}`; a template cannot contain other braces.',
  }),
}

const proxyForm =
  'Use `http://host:port` or `http://user:password@host:port`. In the password, write `%23` for #, `%2F` for /, `%3F` for ? and `%25` for %. SOCKS is not supported.'

const forms: Readonly<Record<InputForm, string>> = {
  'syncer-name': 'Use lower-case words joined by `-`, at most 30 characters, such as `wecom-hq`.',
  url: 'Enter a complete address, such as `https://sso.example.com`, without user name, password, `?` or `#`.',
  'casdoor-url': 'Enter the base URL, without `/login` or `/api`, such as `https://sso.example.com`.',
  'wecom-url': 'Enter the base URL, without `/cgi-bin`, such as `https://qyapi.weixin.qq.com`.',
  proxy: proxyForm,
  limits: 'List percentages and whole numbers, such as `5%, 200`; the lowest applies.',
  digest: 'Copy all 64 characters of the digest from the job summary.',
  country: 'Use a two-letter country code in capitals, such as `CN` or `SG`.',
  concurrency: 'Enter a whole number from 1 to 32.',
  'corp-id':
    'Copy the Corp ID (企业ID) from the WeCom console, 我的企业 › 企业信息; it starts with `ww` or `wx`.',
  'agent-id':
    'Copy the AgentId, a whole number such as `1000002`, from the app’s page in the WeCom console, 应用管理 › the app.',
  path: 'Enter a path inside the workspace, such as `wecom-users.yaml`, or `wecom-users/` for a directory. It must not contain `..` or start with `/`.',
  'portable-path':
    'Separate directories with `/`, and use only names that git, Windows and macOS accept: no `\\ : * ? |`, quotation marks, angle brackets or invisible characters, no dot or space at the end, not `.git`, and not a device name such as `CON`.',
  branch: 'Enter the name of a branch, such as `main`.',
  reviewers: 'List user names, and teams as `org/team`.',
  organization: 'Enter the organization’s name as it appears in the address bar in Casdoor, such as `acme`.',
}

/** Where to find the value of an input, whose name comes escaped: hence `includes`. */
function whereToFind(name: string): string {
  const found = places.find(([key]) => name.includes(key))
  return `Set it under \`with:\` of this step.${found === undefined ? '' : ` ${found[1]}`}`
}

const places = [
  ['wecom-corp-id', 'You find it in the WeCom console, 我的企业 › 企业信息.'],
  ['wecom-corp-secret', 'You find it in the WeCom console, 应用管理 › the app › Secret.'],
  ['casdoor-endpoint', 'It is the address of Casdoor, such as `https://sso.example.com`.'],
  ['casdoor-client', 'You find it in Casdoor, on the application’s page.'],
  [
    'snapshot-branch',
    'This run is not on a branch, so name the one that holds the snapshot, such as `main`.',
  ],
  ['github-token', 'Without it, the job’s own token is used; do not set it to an empty value.'],
  ['casdoor-organization', 'It is the organization in Casdoor that people are imported into.'],
] as const
