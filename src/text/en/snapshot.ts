import type { Obstacle } from '../../model/places.ts'
import type { SnapshotFault, SnapshotForm, SnapshotProblem } from '../../model/problem.ts'
import { byKind, type CodeTable, type KindTable } from '../table.ts'
import type { ProblemText } from '../text.ts'
import { fieldName } from './fields.ts'
import { list, many } from './words.ts'

export const snapshotProblems: CodeTable<SnapshotProblem, ProblemText> = {
  'snapshot-invalid': ({ file, line, fault }) => {
    const { sentence, remedy } = byKind(faults, fault)
    return { sentence: `${file}, line ${line}: ${sentence}`, remedy }
  },
  'snapshot-missing': ({ file }) => ({
    sentence: `${file} does not exist in the workspace.`,
    remedy:
      'Check out the repository before this step (`actions/checkout`), check `snapshot-path`, or create the file first with `from: wecom` and `to: snapshot`.',
  }),
  'snapshot-headless': ({ file }) => ({
    sentence: `${file} is missing, although there are files with people next to it.`,
    remedy: 'Restore the file from the history of the repository.',
  }),
  'snapshot-obstacle': ({ file, what, found }) => {
    const { sentence, remedy } = obstacles[what](file, found)
    return { sentence: `${sentence} Nothing was overwritten.`, remedy }
  },
  'snapshot-part-missing': ({ file, place, count }) => ({
    sentence: `${file}${count > 1 ? ` and ${many(count - 1, 'more file')}` : ''} listed in ${place} ${count > 1 ? 'are' : 'is'} missing, so the people in ${count > 1 ? 'them' : 'it'} would be treated as gone.`,
    remedy:
      'Restore what is missing from the history of the repository. Only if these people are meant to be gone, delete the lines with these names under `files`.',
  }),
  'snapshot-stray': ({ file }) => ({
    sentence: `${file} is not part of a snapshot, so everybody in it would be treated as gone.`,
    remedy: 'Move the people into the files of their userids, or move the file to another folder.',
  }),
  'snapshot-other-form': ({ file, other }) => ({
    sentence: `${file} does not exist yet, so ${other} was read.`,
    remedy: 'The next sync from WeCom to the snapshot moves everybody over in one commit.',
  }),
  'snapshot-both-forms': ({ file, other }) => ({
    sentence: `The snapshot exists twice: ${file} was used, and ${other} was ignored.`,
    remedy: 'Delete the one that you do not need; `snapshot-path` selects the one that is used.',
  }),
  'snapshot-empty': ({ file }) => ({
    sentence: `${file} contains no people. An empty file is never taken to mean that everybody left.`,
    remedy: 'Restore the file from the history of the repository.',
  }),
  'snapshot-unreadable': ({ file, cause }) => ({
    sentence: `${file} cannot be read: ${cause}.`,
    remedy: 'Check `snapshot-path` and that the job may read the file.',
  }),
  'snapshot-unwritable': ({ file, cause }) => ({
    sentence: `${file} cannot be written: ${cause}.`,
    remedy: 'Check `snapshot-path`, the free disk space, and that the job may write there.',
  }),
  'snapshot-other-corp': ({ file, corpId, expected }) => ({
    sentence: `${file} belongs to the corp ${corpId}, not to ${expected}, so everybody in it would be treated as gone.`,
    remedy: 'Correct `wecom-corp-id`, or give each corp its own file with `snapshot-path`.',
  }),
  'snapshot-unmapped': ({ file, fields }) => ({
    sentence: `No longer filled by \`mapping\`, so removed from ${file}: ${list(fields.map(fieldName))}.`,
    remedy: 'Nothing to do: fields that are not in the file are left unchanged in Casdoor.',
  }),
  'snapshot-public': ({ repository }) => ({
    sentence: `${repository} is public, so a snapshot would show everybody’s names, phones and e-mails to the whole world.`,
    remedy:
      'Use a private repository. Set `personal-data: full` only if everybody listed agreed to be shown.',
  }),
}

const obstacles: Readonly<Record<Obstacle['what'], (file: string, found: string) => ProblemText>> = {
  link: (file) => ({
    sentence: `${file} is a symbolic link, and links are not followed.`,
    remedy: 'Replace it with the file or directory itself, or set `snapshot-path` to where that is.',
  }),
  submodule: (file) => ({
    sentence: `${file} is a submodule: what is in it belongs to another repository.`,
    remedy: 'Set `snapshot-path` to a place in this repository, or run the workflow in the other one.',
  }),
  folder: (file) => ({
    sentence: `${file} is a directory, not a file.`,
    remedy:
      'If it is the directory of a snapshot, end `snapshot-path` with `/`. Otherwise rename or delete it, or choose another `snapshot-path`.',
  }),
  file: (file) => ({
    sentence: `A file named ${file} exists where a directory is needed.`,
    remedy:
      'If the file is the snapshot, remove the `/` at the end of `snapshot-path`. Otherwise rename or delete it, or choose another `snapshot-path`.',
  }),
  twin: (file, found) => ({
    sentence: `${found} exists, whose name differs from ${file} only in upper and lower case or in how its accents are encoded.`,
    remedy:
      'Write `snapshot-path` exactly as the name is spelled, or rename one of the two: Windows and macOS cannot keep them apart.',
  }),
  special: (file) => ({
    sentence: `${file} is neither a file nor a directory, but a device, a socket or a pipe.`,
    remedy: 'Remove it, or choose another `snapshot-path`.',
  }),
}

const faults: KindTable<SnapshotFault, ProblemText> = {
  lfs: () => ({
    sentence: 'this is a pointer of Git LFS, not the file it stands for.',
    remedy:
      'To read the file, set `lfs: true` on `actions/checkout`. To write it by commit or pull request, take it out of Git LFS: remove its pattern from `.gitattributes` and commit the file itself.',
  }),
  'conflict-marker': () => ({
    sentence: 'the file contains an unresolved merge conflict.',
    remedy: 'Keep one side, and delete the lines with `<<<<<<<`, `=======` and `>>>>>>>`.',
  }),
  yaml: ({ message }) => ({
    sentence: `this is not YAML: ${message}`,
    remedy: 'Check the indentation, colons and quotation marks of this line and the one above.',
  }),
  version: ({ found }) => ({
    sentence: `the version is ${found}; this action reads version 1.`,
    remedy: 'Restore the line `version: 1`, or update this action if a newer version wrote the file.',
  }),
  'unknown-key': ({ key, allowed }) => ({
    sentence: `${key} is not a known key; use ${list(allowed, 'or')}.`,
    remedy: 'Correct the spelling or the indentation, or delete the line.',
  }),
  'duplicate-key': ({ key }) => ({
    sentence: `${key} is listed twice.`,
    remedy: 'Delete one of the two.',
  }),
  'reserved-key': ({ key }) => ({
    sentence: `${key} is not a property that a snapshot may set.`,
    remedy: 'Delete the line: this action or Casdoor itself sets that property.',
  }),
  'missing-key': ({ key }) => ({
    sentence: `${key} is missing here.`,
    remedy: 'Add it, or restore the lines from the history of the repository.',
  }),
  misplaced: ({ key, place }) => ({
    sentence: `${key} is in the wrong file.`,
    remedy: `Move the person to ${place}.`,
  }),
  type: ({ key, expected }) => ({
    sentence: `${key} is not in the expected format.`,
    remedy: forms[expected],
  }),
}

const forms: Readonly<Record<SnapshotForm, string>> = {
  text: 'Write text in double quotes, even if it consists of digits: `"13800138000"`.',
  boolean: 'Write `true` or `false`, without quotes.',
  mapping: 'Write keys and values below it, each line indented by two more spaces.',
  'department-id': 'Write a department ID as digits in double quotes: `"21"`.',
  'department-ids': 'Write a list of department IDs: `[2, 21]`.',
  userid: 'Write a WeCom userid in double quotes: 1 to 64 letters, digits and `_ - @ .`',
  country: 'Write a two-letter country code in capitals: `"CN"`.',
  status: 'Write `"disabled"`, `"left"` or `"not-activated"`; omit the line for active people.',
  files: 'List the files with people, one a line: `- "users/0d.yaml"`.',
  digest: 'Write all 64 characters of the digest, or delete the line.',
}
