import type { SnapshotFault, SnapshotForm, SnapshotProblem } from '../../model/problem.ts'
import type { Said } from '../text.ts'
import { field } from './fields.ts'
import { list } from './words.ts'

export function snapshot(problem: SnapshotProblem): Said {
  const { code } = problem
  switch (code) {
    case 'snapshot-invalid': {
      const { sentence, remedy } = faultOf(problem.fault)
      return { sentence: `${problem.file}, line ${problem.line}: ${sentence}`, remedy }
    }
    case 'snapshot-missing':
      return {
        sentence: `There is no ${problem.file} in the workspace.`,
        remedy:
          'Check out the repository before this step (`actions/checkout`), check `snapshot-path`, or make the file first with `from: wecom` and `to: snapshot`.',
      }
    case 'snapshot-headless':
      return {
        sentence: `${problem.file} is missing, although there are files with people beside it.`,
        remedy: 'Take the file back from the history of the repository.',
      }
    case 'snapshot-stray':
      return {
        sentence: `${problem.file} is not one of the files of a snapshot; whoever is in it would seem gone.`,
        remedy: 'Move the people into the files of their userids, or the file to another folder.',
      }
    case 'snapshot-other-form':
      return {
        sentence: `There is no ${problem.file} yet, so ${problem.other} was read.`,
        remedy: 'The next sync from WeCom into the snapshot moves everybody over, in one commit.',
      }
    case 'snapshot-both-forms':
      return {
        sentence: `The snapshot is there twice: ${problem.file} counts, and ${problem.other} was not looked at.`,
        remedy: 'Delete the one that you do not need; `snapshot-path` names the one that counts.',
      }
    case 'snapshot-empty':
      return {
        sentence: `${problem.file} holds nobody. An empty file never means that everybody left.`,
        remedy: 'Take the file back from the history of the repository.',
      }
    case 'snapshot-unreadable':
      return {
        sentence: `${problem.file} cannot be read: ${problem.cause}.`,
        remedy: 'Check `snapshot-path` and that the job may read the file.',
      }
    case 'snapshot-unwritable':
      return {
        sentence: `${problem.file} cannot be written: ${problem.cause}.`,
        remedy: 'Check `snapshot-path`, the free space, and that the job may write there.',
      }
    case 'snapshot-other-corp':
      return {
        sentence: `${problem.file} belongs to the corp ${problem.corpId}, not to ${problem.expected}: everybody in it would seem gone.`,
        remedy: 'Correct `wecom-corp-id`, or give each corp a file of its own with `snapshot-path`.',
      }
    case 'snapshot-unmapped':
      return {
        sentence: `${problem.file} held the ${list(problem.fields.map(field))}, which \`mapping\` no longer fills: they are taken out of the file.`,
        remedy: 'Nothing to do: what the file does not tell is left as it is in Casdoor.',
      }
    case 'snapshot-public':
      return {
        sentence: `${problem.repository} is public, and a snapshot would show names, phones and e-mails of everybody to the whole world.`,
        remedy:
          'Use a private repository. Only if everybody in it agreed to be seen, set `personal-data: full`.',
      }
  }
}

function faultOf(fault: SnapshotFault): Required<Said> {
  switch (fault.kind) {
    case 'conflict-marker':
      return {
        sentence: 'a merge conflict is left in the file.',
        remedy: 'Choose one side, and delete the lines of `<<<<<<<`, `=======` and `>>>>>>>`.',
      }
    case 'yaml':
      return {
        sentence: `this is not YAML: ${fault.message}`,
        remedy: 'Look at indentation, colons and quotation marks of this line and the one above.',
      }
    case 'version':
      return {
        sentence: `the version is ${fault.found}; this action reads version 1.`,
        remedy: 'Restore the line `version: 1`, or update this action when a newer one wrote the file.',
      }
    case 'unknown-key':
      return {
        sentence: `nothing is known by the name of ${fault.key}; what may stand here is ${list(fault.allowed, 'or')}.`,
        remedy: 'Correct the spelling or the indentation, or delete the line.',
      }
    case 'duplicate-key':
      return { sentence: `${fault.key} stands here a second time.`, remedy: 'Delete one of the two.' }
    case 'reserved-key':
      return {
        sentence: `${fault.key} is no property that a snapshot may fill.`,
        remedy: 'Delete the line: this action or Casdoor itself writes that property.',
      }
    case 'missing-key':
      return {
        sentence: `${fault.key} is missing here.`,
        remedy: 'Add it, or restore the lines from the history.',
      }
    case 'misplaced':
      return {
        sentence: `${fault.key} stands in the wrong file, where nobody looks for this userid.`,
        remedy: `Move the person to ${fault.place}.`,
      }
    case 'type':
      return {
        sentence: `${fault.key} is not in the form it needs.`,
        remedy: forms[fault.expected],
      }
  }
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
