import { EOL } from 'node:os'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { runnerLog, type Log } from '../../../src/github/log.ts'
import { proxyFor } from '../../../src/github/proxy.ts'
import { maskSecrets } from '../../../src/github/secrets.ts'

let printed: string
let time: number
let log: Log

beforeEach(() => {
  printed = ''
  time = 1_000_000
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += text.toString()
    return true
  })
  log = runnerLog((text) => text.replaceAll('::', ': :'), { now: () => time })
})

function lines(): readonly string[] {
  return printed.split(EOL).slice(0, -1)
}

describe('the log', () => {
  it('has one group per stage, one after the other', () => {
    log.stage('Fetch')
    log.line('1 department')
    log.stage('Compare')
    log.close()
    log.close()
    expect(lines()).toEqual([
      '::group::Fetch',
      '1 department',
      '::endgroup::',
      '::group::Compare',
      '::endgroup::',
    ])
  })

  it('tells progress every few seconds, and makes no text that is not told', () => {
    const text = vi.fn<() => string>(() => `at ${time}`)
    log.stage('Fetch')
    for (time = 1_000_000; time < 1_012_000; time += 100) log.progress(text)
    expect(lines().slice(1)).toEqual(['at 1005000', 'at 1010000'])
    expect(text).toHaveBeenCalledTimes(2)
  })

  it('annotates one error and one warning of each kind; what is more is a line', () => {
    log.error('first')
    log.error('second')
    log.warning('skipped', '3 skipped')
    log.warning('skipped', 'a fourth')
    log.warning('field-loss', 'no phones')
    log.notice('the approval met nothing')
    expect(lines()).toEqual([
      '::error::first',
      'second',
      '::warning::3 skipped',
      'a fourth',
      '::warning::no phones',
      '::notice::the approval met nothing',
    ])
  })

  it('FS-44 makes text from outside harmless, everywhere', () => {
    const hostile = '::add-mask::a'
    log.stage(hostile)
    log.line(hostile)
    time += 60_000
    log.progress(() => hostile)
    log.notice(hostile)
    log.warning('a', hostile)
    log.warning('a', hostile)
    log.error(hostile)
    log.error(hostile)
    log.close()
    expect(lines().filter((line) => line.includes('::add-mask::'))).toEqual([])
    expect(lines()).toHaveLength(9)
  })
})

describe('secrets', () => {
  it('are masked for the runner line by line', () => {
    maskSecrets({ 'INPUT_WECOM-CORP-SECRET': 'one\n\ntwo', 'INPUT_GITHUB-TOKEN': '' })
    expect(lines()).toEqual(['::add-mask::one', '::add-mask::two'])
  })
})

describe('the proxy', () => {
  it('is the own one, else as the variables say, and never for this machine', () => {
    vi.stubEnv('HTTPS_PROXY', 'http://proxy.example.com:3128')
    vi.stubEnv('https_proxy', '')
    vi.stubEnv('NO_PROXY', 'example.org')
    vi.stubEnv('no_proxy', '')
    const own = new URL('http://u:p%40@own.example.com:3128')
    expect(proxyFor(new URL('https://qyapi.weixin.qq.com'), own)).toEqual({ url: own, setBy: 'wecom-proxy' })
    expect(proxyFor(new URL('https://door.example.com'))).toEqual({
      url: new URL('http://proxy.example.com:3128'),
      setBy: 'HTTPS_PROXY',
    })
    expect(proxyFor(new URL('https://door.example.org'))).toBeUndefined()
    expect(proxyFor(new URL('https://127.0.0.1'))).toBeUndefined()
    vi.unstubAllEnvs()
  })
})
