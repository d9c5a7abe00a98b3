import type { SnapshotFault, SnapshotForm, SnapshotProblem } from '../../model/problem.ts'
import { byKind, type CodeTable, type KindTable } from '../table.ts'
import type { ProblemText } from '../text.ts'
import { fieldName } from './fields.ts'
import { list } from './words.ts'

export const snapshotProblems: CodeTable<SnapshotProblem, ProblemText> = {
  'snapshot-invalid': ({ file, line, fault }) => {
    const { sentence, remedy } = byKind(faults, fault)
    return { sentence: `${file}, line ${line}: ${sentence}`, remedy }
  },
  'snapshot-missing': ({ file }) => ({
    sentence: `There is no ${file} in the workspace.`,
    remedy:
      'Check out the repository before this step (`actions/checkout`), check `snapshot-path`, or make the file first with `from: wecom` and `to: snapshot`.',
  }),
  'snapshot-headless': ({ file }) => ({
    sentence: `${file} is missing, although there are files with people beside it.`,
    remedy: 'Take the file back from the history of the repository.',
  }),
  'snapshot-stray': ({ file }) => ({
    sentence: `${file} is not one of the files of a snapshot; whoever is in it would seem gone.`,
    remedy: 'Move the people into the files of their userids, or the file to another folder.',
  }),
  'snapshot-other-form': ({ file, other }) => ({
    sentence: `There is no ${file} yet, so ${other} was read.`,
    remedy: 'The next sync from WeCom into the snapshot moves everybody over, in one commit.',
  }),
  'snapshot-both-forms': ({ file, other }) => ({
    sentence: `The snapshot is there twice: ${file} counts, and ${other} was not looked at.`,
    remedy: 'Delete the one that you do not need; `snapshot-path` names the one that counts.',
  }),
  'snapshot-empty': ({ file }) => ({
    sentence: `${file} holds nobody. An empty file never means that everybody left.`,
    remedy: 'Take the file back from the history of the repository.',
  }),
  'snapshot-unreadable': ({ file, cause }) => ({
    sentence: `${file} cannot be read: ${cause}.`,
    remedy: 'Check `snapshot-path` and that the job may read the file.',
  }),
  'snapshot-unwritable': ({ file, cause }) => ({
    sentence: `${file} cannot be written: ${cause}.`,
    remedy: 'Check `snapshot-path`, the free space, and that the job may write there.',
  }),
  'snapshot-other-corp': ({ file, corpId, expected }) => ({
    sentence: `${file} belongs to the corp ${corpId}, not to ${expected}: everybody in it would seem gone.`,
    remedy: 'Correct `wecom-corp-id`, or give each corp a file of its own with `snapshot-path`.',
  }),
  'snapshot-unmapped': ({ file, fields }) => ({
    sentence: `${file} held the ${list(fields.map(fieldName))}, which \`mapping\` no longer fills: they are taken out of the file.`,
    remedy: 'Nothing to do: what the file does not tell is left as it is in Casdoor.',
  }),
  'snapshot-public': ({ repository }) => ({
    sentence: `${repository} is public, and a snapshot would show names, phones and e-mails of everybody to the whole world.`,
    remedy: 'Use a private repository. Only if everybody in it agreed to be seen, set `personal-data: full`.',
  }),
}

const faults: KindTable<SnapshotFault, ProblemText> = {
  'conflict-marker': () => ({
    sentence: 'a merge conflict is left in the file.',
    remedy: 'Choose one side, and delete the lines of `<<<<<<<`, `=======` and `>>>>>>>`.',
  }),
  yaml: ({ message }) => ({
    sentence: `this is not YAML: ${message}`,
    remedy: 'Look at indentation, colons and quotation marks of this line and the one above.',
  }),
  version: ({ found }) => ({
    sentence: `the version is ${found}; this action reads version 1.`,
    remedy: 'Restore the line `version: 1`, or update this action when a newer one wrote the file.',
  }),
  'unknown-key': ({ key, allowed }) => ({
    sentence: `nothing is known by the name of ${key}; what may stand here is ${list(allowed, 'or')}.`,
    remedy: 'Correct the spelling or the indentation, or delete the line.',
  }),
  'duplicate-key': ({ key }) => ({
    sentence: `${key} stands here a second time.`,
    remedy: 'Delete one of the two.',
  }),
  'reserved-key': ({ key }) => ({
    sentence: `${key} is no property that a snapshot may fill.`,
    remedy: 'Delete the line: this action or Casdoor itself writes that property.',
  }),
  'missing-key': ({ key }) => ({
    sentence: `${key} is missing here.`,
    remedy: 'Add it, or restore the lines from the history.',
  }),
  misplaced: ({ key, place }) => ({
    sentence: `${key} stands in the wrong file, where nobody looks for this userid.`,
    remedy: `Move the person to ${place}.`,
  }),
  type: ({ key, expected }) => ({
    sentence: `${key} is not in the form it needs.`,
    remedy: forms[expected],
  }),
}

const forms: Readonly<Record<SnapshotForm, string>> = {
  text: 'Write a text in double quotes, also when it is made of digits: `"13800138000"`.',
  boolean: 'Write `true` or `false`, without quotes.',
  mapping: 'Write keys with values below it, each line two spaces further in.',
  'department-id': 'Write the id of a department in digits, in double quotes: `"21"`.',
  'department-ids': 'Write a list of department ids: `[2, 21]`.',
  userid: 'Write a userid of WeCom in double quotes: 1 to 64 letters, digits and `_ - @ .`',
  country: 'Write the two capital letters of a country: `"CN"`.',
  status: 'Write `"disabled"`, `"left"` or `"not-activated"`; leave the line out for active people.',
  digest: 'Write the 64 letters and digits of the digest, or delete the line.',
}
