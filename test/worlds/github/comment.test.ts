import { describe, expect, test } from 'vitest'
import { markerOf, writeComment } from '../../../src/github/comment.ts'
import { problemsWhen } from '../snapshot/people.ts'
import { githubFor, start } from './desk.ts'

const marker = markerOf('wecom', 'plan')

/** A pull request to comment on. */
async function underPull(options: Parameters<typeof start>[0] = {}) {
  const github = await start(options)
  await github.commit('topic', { 'a.md': 'a' })
  const path = `${github.url}/repos/${github.repository}/pulls`
  const body = JSON.stringify({ title: 'A', head: 'topic', base: 'main' })
  const headers = { authorization: `Bearer ${github.token}` }
  if (options.permissions === undefined) await fetch(path, { method: 'POST', headers, body })
  github.requests.length = 0
  return { github, write: async (text: string) => writeComment(githubFor(github), 1, { marker, body: text }) }
}

describe('one comment for each syncer', () => {
  test('is written once, replaced after, and left alone when it says the same', async () => {
    const { github, write } = await underPull()
    for (const text of ['one', 'two', 'two']) await write(text)
    expect(github.comments(1)).toMatchObject([{ body: `${marker}\ntwo`, user: 'github-actions[bot]' }])
    expect([github.calls('issues/create-comment'), github.calls('issues/update-comment')]).toEqual([1, 1])
  })

  test('is found behind hundreds of others', async () => {
    const { github, write } = await underPull()
    for (let index = 0; index < 150; index++) github.comment(1, `talk ${index}`)
    await write('one')
    for (let index = 0; index < 150; index++) github.comment(1, `more ${index}`)
    await write('two')
    const own = github.comments(1).filter(({ body }) => body.startsWith(marker))
    expect(own).toMatchObject([{ body: `${marker}\ntwo` }])
    expect(github.comments(1)).toHaveLength(301)
  })

  test('two that two runs wrote become one', async () => {
    const { github, write } = await underPull()
    github.comment(1, `${marker}\none`, 'github-actions[bot]')
    github.comment(1, `${marker}\ntwo`, 'github-actions[bot]')
    await write('three')
    expect(github.comments(1)).toMatchObject([{ body: `${marker}\nthree` }])
  })

  test('that is deleted by another run meanwhile is no fault', async () => {
    const { github, write } = await underPull()
    github.comment(1, `${marker}\none`, 'github-actions[bot]')
    github.comment(1, `${marker}\ntwo`, 'github-actions[bot]')
    github.faults.push({ call: 'issues/delete-comment', do: { status: 404, message: 'Not Found' } })
    await write('three')
    expect(github.comments(1)[0]).toMatchObject({ body: `${marker}\nthree` })
  })

  test('other syncers and people keep theirs, even one who quotes ours', async () => {
    const { github, write } = await underPull()
    github.comment(1, `${markerOf('north', 'plan')}\nn`, 'github-actions[bot]')
    await write('one')
    github.comment(1, `${marker}\none\n\nIs that right?`)
    await write('two')
    expect(github.comments(1).map(({ body }) => body)).toEqual([
      `${markerOf('north', 'plan')}\nn`,
      `${marker}\ntwo`,
      `${marker}\none\n\nIs that right?`,
    ])
  })

  test.each(['issues/create-comment', 'issues/update-comment'] as const)(
    'is there once although the answer to %s was lost',
    async (call) => {
      const { github, write } = await underPull()
      if (call === 'issues/update-comment') await write('zero')
      github.faults.push({ call, do: 'reset-after' })
      await write('one')
      expect(github.comments(1)).toMatchObject([{ body: `${marker}\none` }])
    },
  )

  test('that never came to be is told', async () => {
    const { github, write } = await underPull()
    github.faults.push({ call: 'issues/create-comment', do: 'html' })
    expect(await problemsWhen(write('one'))).toMatchObject([{ code: 'http-status', service: 'GitHub' }])
    github.faults.push({ call: 'issues/delete-comment', do: { status: 403, message: 'Forbidden' } })
    for (const text of ['one', 'two']) github.comment(1, `${marker}\n${text}`, 'github-actions[bot]')
    expect(await problemsWhen(write('three'))).toMatchObject([{ code: 'github-refused', status: 403 }])
  })

  test('needs a permission, and says which', async () => {
    const { write } = await underPull({ permissions: { pull_requests: 'read', issues: 'none' } })
    const problems = await problemsWhen(write('one'))
    expect(problems).toMatchObject([{ code: expect.stringMatching(/^github-/) as string }])
  })
})
