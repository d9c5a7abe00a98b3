import { Failure, type Problem } from '../model/problem.ts'
import { byCodePoint } from '../model/lists.ts'
import { type Delivery } from '../model/applied.ts'
import { type Planned } from '../model/plan.ts'
import { type Replaced, type Store } from '../model/ports.ts'
import { messageIn, type Github } from './api.ts'
import { listBranch, type ChangeText, type CommitText } from './branch.ts'
import { markerOf, writeComment } from './comment.ts'
import type { Commit, Git, Head } from './git.ts'
import {
  addLabels,
  findPull,
  isTeam,
  openPull,
  requestReviewers,
  updatePull,
  type Branches,
  type Pull,
} from './pulls.ts'

export type ProposalSettings = {
  readonly git: Git
  readonly github: Github
  /** The branch that the pull request goes to, and whose files are read. */
  readonly base: string
  readonly syncer: string
  readonly labels: readonly string[]
  /** Logins, and teams as `org/team`. */
  readonly reviewers: readonly string[]
  readonly commitText: CommitText
  /** What to say under the pull request about a problem, as Markdown. */
  readonly explain: (problem: Problem) => string
}

/**
 * Files of a branch; their change is proposed by one branch and one pull request for ever (specification 7.1):
 * opened, brought up to date, reopened, closed when nothing is left. The branch only ever goes forward, and only
 * from a commit of ours, so that nothing a person did to it is lost.
 */
export function proposalStore(settings: ProposalSettings): Store<Basis> {
  const { git, base } = settings
  return {
    async list(places) {
      const { basis: from, ...listing } = await listBranch(git, base, places)
      return { ...listing, basis: { from, places } }
    },

    async replace(files, planned, { from, places }) {
      const proposal = new Proposal(settings, places)
      return files.size === 0 ? proposal.withdraw(planned) : proposal.propose(from, files, planned)
    },
  }
}

/** The branch of the pull request. */
export function proposalBranch(syncer: string): string {
  return `wecom-syncer/${syncer}`
}

/** The commit that was read, and where in it the files lie. */
type Basis = { readonly from: Head; readonly places: readonly string[] }

class Proposal {
  readonly #settings: ProposalSettings
  readonly #branches: Branches
  readonly #places: readonly string[]

  constructor(settings: ProposalSettings, places: readonly string[]) {
    this.#settings = settings
    this.#branches = { branch: proposalBranch(settings.syncer), base: settings.base }
    this.#places = places
  }

  /** Nothing is left to change: a pull request that is still open is closed, unless somebody works on it. */
  async withdraw(planned: Planned): Promise<Replaced> {
    const { git, github, commitText } = this.#settings
    const pull = await findPull(github, this.#branches)
    if (pull?.isOpen !== true) return { changed: false }
    const tip = await git.head(this.#branches.branch)
    if (tip !== undefined && !(await this.#isOurs(tip)))
      return { changed: false, delivery: { pullRequest: shown(pull, 'same') } }
    const { title, body } = commitText(planned)
    await updatePull(github, pull.number, { title, body: `${body()}\n${withdrawn}`, state: 'closed' })
    return { changed: true, delivery: { pullRequest: shown(pull, 'closed') } }
  }

  async propose(
    from: Head,
    files: ReadonlyMap<string, string | undefined>,
    planned: Planned,
  ): Promise<Replaced> {
    const { git, github, commitText } = this.#settings
    const { branch } = this.#branches
    const pull = await findPull(github, this.#branches)
    const tip = await git.head(branch)
    const isContained = tip !== undefined && (await git.contains(from.id, tip.id))
    // Its commits are part of the base already, merged as they are or squashed.
    const isSpent = isContained || (pull?.isMerged === true && pull.head === tip?.id)
    if (tip !== undefined && !isSpent && !(await this.#isOurs(tip))) return this.#giveWay(tip, pull)
    const words = commitText(planned)
    const tree = await git.makeTree(from.tree, files)
    if (pull !== undefined && isDeclined(pull) && (await this.#shows(await this.#last(pull), from, tree))) {
      return {
        changed: false,
        findings: [{ code: 'github-pull-declined', number: pull.number }],
        delivery: { pullRequest: shown(pull, 'declined') },
      }
    }
    const isSame = tip !== undefined && !isSpent && (await this.#shows(tip, from, tree))
    // A branch that moves while its pull request is closed keeps it from being opened again.
    const revived = await this.#reopen(pull, tip)
    // The base last: only what is new against it is shown, whatever happened there meanwhile.
    const parents = tip === undefined || isContained ? [from.id] : [tip.id, from.id]
    const commit = isSame ? tip.id : await this.#advance(tip === undefined, tree, parents, words)
    const { findings, ...pullRequest } = await this.#show(revived, words, isSame)
    return { changed: !isSame || pullRequest.state !== 'same', findings, delivery: { commit, pullRequest } }
  }

  /** The commit a closed pull request ended with, which GitHub keeps when its branch is deleted. */
  async #last({ head }: Pull): Promise<Commit | undefined> {
    try {
      return await this.#settings.git.commit(head)
    } catch (thrown) {
      if (messageIn(thrown) === '') throw thrown
      return undefined
    }
  }

  /** Does a commit show this change already, against the files that the base has now? */
  async #shows(tip: Commit | undefined, from: Head, tree: string): Promise<boolean> {
    if (tip === undefined) return false
    const { git } = this.#settings
    const [now = '', wanted = ''] = await Promise.all([tip.tree, tree].map(async (each) => this.#files(each)))
    if (now !== wanted) return false
    const started = tip.parents.at(-1)
    if (started === undefined || started === from.id) return true
    const [then, base] = await Promise.all([
      this.#files((await git.commit(started)).tree),
      this.#files(from.tree),
    ])
    return then === base
  }

  /** The files of the snapshot in a tree, as one text to compare. */
  async #files(tree: string): Promise<string> {
    const { files } = await this.#settings.git.filesAt(tree, this.#places)
    const ids = [...files].map(([file, { id }]) => [file, id] as const)
    return JSON.stringify(ids.toSorted(([a], [b]) => byCodePoint(a, b)))
  }

  /**
   * Ours is a commit whose message names its own tree: one that was amended does not. A merge of the base into
   * ours ("Update branch") is nobody's work either, as long as its files are those of one side.
   */
  async #isOurs(tip: Commit): Promise<boolean> {
    if (isSigned(tip, this.#settings.syncer)) return true
    const { git } = this.#settings
    const [ours, theirs, ...more] = await Promise.all(tip.parents.map(async (id) => git.commit(id)))
    if (ours === undefined || theirs === undefined || more.length > 0) return false
    const [merged, ...sides] = await Promise.all(
      [tip, ours, theirs].map(async ({ tree }) => this.#files(tree)),
    )
    if (!sides.includes(merged ?? '') || !(await git.contains(this.#branches.base, theirs.id))) return false
    return this.#isOurs(ours)
  }

  /** Somebody's commit is on the branch: it is left to them, and said under the pull request. */
  async #giveWay({ id }: Commit, pull: Pull | undefined): Promise<Replaced> {
    const { github, syncer, explain } = this.#settings
    const stopped: Problem = {
      code: 'github-foreign-commit',
      branch: this.#branches.branch,
      commit: id.slice(0, 10),
    }
    if (pull === undefined) return { changed: false, stopped }
    await writeComment(github, pull.number, { marker: markerOf(syncer, 'branch'), body: explain(stopped) })
    return { changed: false, stopped, delivery: { pullRequest: shown(pull, 'same') } }
  }

  /** @returns the pull request if it can go on, open now. */
  async #reopen(pull: Pull | undefined, tip: Commit | undefined): Promise<Revived | undefined> {
    if (pull === undefined || pull.isMerged) return undefined
    if (pull.isOpen) return { pull, state: 'same' }
    if (tip === undefined) return undefined
    try {
      await updatePull(this.#settings.github, pull.number, { state: 'open' })
      return { pull, state: 'reopened' }
    } catch (thrown) {
      if (messageIn(thrown) === '') throw thrown
      return undefined
    }
  }

  async #advance(
    isNew: boolean,
    tree: string,
    parents: readonly string[],
    { message }: ChangeText,
  ): Promise<string> {
    const { git, syncer } = this.#settings
    const { branch } = this.#branches
    const commit = await git.makeCommit(`${message}\n\n${signatureOf(syncer, tree)}`, tree, parents)
    try {
      await (isNew ? git.create(branch, commit) : git.move(branch, commit))
    } catch (thrown) {
      // Merged and tidied away just now: the plan of a moment ago is none any more.
      const isGone = thrown instanceof Failure && thrown.problems[0]?.code === 'github-branch-missing'
      throw isGone ? new Failure({ code: 'target-moved', place: branch }) : thrown
    }
    return commit
  }

  /** Title and text, and who is to look at it. */
  async #show(
    revived: Revived | undefined,
    { title, ...words }: ChangeText,
    isSame: boolean,
  ): Promise<NonNullable<Delivery['pullRequest']> & { readonly findings: readonly Problem[] }> {
    const { github } = this.#settings
    const body = words.body()
    if (revived === undefined) {
      const pull = await openPull(github, this.#branches, { title, body })
      return { ...shown(pull, 'opened'), findings: await this.#invite(pull) }
    }
    const { pull, state } = revived
    const isShown = isSame && pull.title === title && pull.body === body
    const now = isShown ? pull : await updatePull(github, pull.number, { title, body })
    if (!now.isOpen) throw new Failure({ code: 'target-moved', place: this.#branches.branch })
    if (state === 'reopened') return { ...shown(pull, state), findings: await this.#invite(pull) }
    return { ...shown(pull, isShown ? 'same' : 'updated'), findings: [] }
  }

  /** A label or reviewer that GitHub does not take is no reason to go without the pull request. */
  async #invite({ number }: Pull): Promise<readonly Problem[]> {
    const { github, labels, reviewers } = this.#settings
    const findings: Problem[] = []
    const attempt = async (
      code: 'github-labels' | 'github-reviewers',
      names: readonly string[],
      invite: () => Promise<void>,
    ): Promise<void> => {
      try {
        if (names.length > 0) await invite()
      } catch (thrown) {
        if (!(thrown instanceof Failure)) throw thrown
        findings.push({ code, names, message: messageIn(thrown) })
      }
    }
    await attempt('github-labels', labels, async () => addLabels(github, number, labels))
    // One request takes all or none, and few tokens may ask a team.
    for (const some of [reviewers.filter((each) => !isTeam(each)), reviewers.filter(isTeam)])
      await attempt('github-reviewers', some, async () => requestReviewers(github, number, some))
    return findings
  }
}

type Revived = { readonly pull: Pull; readonly state: 'same' | 'reopened' }

/** Ends the text of a pull request that was closed because nothing was left, as against by a person. */
const withdrawn = '<!-- wecom-syncer:nothing-left -->'

function isDeclined({ isOpen, isMerged, body }: Pull): boolean {
  return !isOpen && !isMerged && !body.includes(withdrawn)
}

function signatureOf(syncer: string, tree: string): string {
  return `WeCom-Syncer: ${syncer} ${tree}`
}

function isSigned({ message, tree }: Commit, syncer: string): boolean {
  return message.trimEnd().endsWith(`\n${signatureOf(syncer, tree)}`)
}

function shown<State extends NonNullable<Delivery['pullRequest']>['state']>(
  { number, url }: Pull,
  state: State,
) {
  return { number, url, state }
}
