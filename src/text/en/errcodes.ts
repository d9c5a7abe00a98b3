import type { Errcode } from '../errcodes.ts'

/** What a code means and usually comes from, and what to do. Three depend on the call; see `wecom.ts`. */
type Explained = Exclude<Errcode, 45009 | 48002 | 60020>

const selfBuilt = 'Use the secret of a self-built app (自建应用) in `wecom-corp-secret`.'
const visible = 'Add it under 应用管理 › the app › 可见范围, ideally the whole company, then run again.'
const again = 'Run again; nothing needs to be changed.'
const noRetry = 'Do not simply run again: several wrong secrets block this address for an hour.'
const ours =
  'This is most likely a bug in this action, or a proxy or `wecom-api-url` that rewrites requests. Please report it with the error code.'

export const meanings: Readonly<Record<Explained, readonly [meaning: string, remedy: string]>> = {
  [-1]: ['WeCom is busy, even after three retries', 'Run again in a few minutes.'],
  6000: ['The directory was being changed in WeCom at the same time', 'Run again in a few minutes.'],
  40001: [
    'WeCom does not accept the secret: it belongs to another corp, was reset, or its app is disabled',
    `Copy the secret again from the WeCom console, 应用管理 › the app › Secret, and make sure that the app is enabled (启用). ${noRetry}`,
  ],
  40003: [
    'WeCom does not accept a userid: the person was just deleted, or the ID is encrypted',
    'Run again. If it happens again, the app is a third-party app: use a self-built app (自建应用).',
  ],
  40013: [
    'WeCom does not know this Corp ID; often the AgentId or the 原始ID was copied instead',
    'Copy it from 我的企业 › 企业信息 into `wecom-corp-id`; it starts with `ww` or `wx`.',
  ],
  40014: [
    'WeCom does not accept the access token, not even a new one',
    'Run again. If it happens again, make sure that no proxy or `wecom-api-url` changes the address of a request.',
  ],
  40056: [
    'WeCom does not know this AgentId',
    'Set `wecom-agent-id` to the whole number named AgentId on the page of the app whose secret you use.',
  ],
  40058: ['WeCom does not accept a parameter of this call', ours],
  40063: ['A parameter of this call was empty', ours],
  40066: ['A department is not valid: it was deleted while this run was reading', again],
  40068: [
    'A tag in the visible range is not valid: it was deleted',
    'Remove the tag from the app’s 可见范围, then run again.',
  ],
  40082: ['The secret belongs to a third-party suite, whose token is not valid', selfBuilt],
  40091: [
    'WeCom does not accept the secret: it belongs to another corp, or was only partly copied',
    `Copy \`wecom-corp-id\` and \`wecom-corp-secret\` from the same WeCom console. ${noRetry}`,
  ],
  40141: [
    'WeCom reports a problem with the account of the corp',
    'Ask the WeCom administrator to sign in to the console and follow its instructions.',
  ],
  41001: [
    'The call reached WeCom without its access token',
    'A proxy or `wecom-api-url` drops the part of the address after the question mark; let it pass unchanged.',
  ],
  41002: ['The call reached WeCom without a Corp ID', 'Set `wecom-corp-id`.'],
  41004: ['The call reached WeCom without a secret', 'Set `wecom-corp-secret`.'],
  42001: ['The access token had expired, and so had a new one', again],
  42009: ['The secret belongs to a third-party suite, whose token has expired', selfBuilt],
  45029: [
    'The answer would be larger than WeCom allows: one department has too many direct members',
    'Split that department in WeCom.',
  ],
  45031: [
    'WeCom no longer considers the secret secure enough',
    'Reset it in the console, 应用管理 › the app › Secret, and store the new one.',
  ],
  45033: ['Too many calls were made at once', 'Lower `concurrency`, for example to 4.'],
  46004: ['WeCom does not know the person asked for, or may not show them', visible],
  48001: ['The app is not authorized to make this call', selfBuilt],
  48004: [
    'The app’s authorization was revoked',
    'Ask a WeCom administrator to authorize the app again, or use a self-built app (自建应用).',
  ],
  48005: ['WeCom has discontinued this call', 'Update this action to its latest version.'],
  48006: [
    'WeCom revoked this permission because it was not used for a long time',
    'Ask a WeCom administrator to enable it again in the console, then run again.',
  ],
  48008: ['The secret is for editing contacts, and may make only a few calls', selfBuilt],
  48009: [
    'The secret is the one of 通讯录同步, which may no longer read people’s details from a new address',
    'Put the secret of a self-built app (自建应用) in `wecom-corp-secret`. The one of 通讯录同步 belongs in `wecom-contacts-secret`.',
  ],
  50002: ['A person is outside the visible range of the app', visible],
  50003: ['The app is disabled in WeCom', 'Enable it (启用) under 应用管理 › the app, then run again.'],
  50100: ['WeCom no longer accepts its own cursor for the next page', again],
  60003: ['A department no longer exists: it was deleted while this run was reading', again],
  60011: ['A department, person or tag is outside the visible range of the app', visible],
  60021: ['A userid is outside the visible range of the app', visible],
  60031: [
    'WeCom has blocked this app from making calls',
    'Ask the WeCom administrator to lift the block, or to create another self-built app (自建应用).',
  ],
  60111: ['WeCom does not know a userid: the person has left, or is outside the visible range', visible],
  60123: ['A department is no longer in the contacts', again],
  81011: [
    'A tag belongs to another app',
    'Remove the tag from the app’s 可见范围, or have the app’s own administrator create the tag.',
  ],
  81013: [
    'None of the people, departments and tags asked for is valid: the visible range is out of date',
    'Select the app’s 可见范围 again, ideally the whole company.',
  ],
  81026: ['WeCom is under maintenance', 'Run again later.'],
  301002: [
    'The secret may not read this app: AgentId and secret belong to different apps',
    'Copy `wecom-agent-id` and `wecom-corp-secret` from the page of the same app.',
  ],
  301005: ['The creator of the corp may not be deleted', ours],
  301007: [
    'The corp is not available: it was dissolved or blocked',
    'Ask the WeCom administrator; the console says why.',
  ],
  301021: ['A userid is not in the contacts: the person has left, or is outside the visible range', visible],
  301036: ['A userid may not be changed a second time', ours],
  301042: [
    'This address is not on the list of the message archive (会话存档), which is separate from 企业可信IP',
    selfBuilt,
  ],
  2000002: ['No corp has this Corp ID', 'Copy it from 我的企业 › 企业信息 into `wecom-corp-id`.'],
}
