import type { Cause } from '../../model/plan.ts'
import type { MatchKey } from '../../model/field.ts'
import type { RememberedStatus } from '../../model/people.ts'
import type { PlainField } from '../property.ts'

const names: Readonly<Record<PlainField, string>> = {
  displayName: 'name',
  email: 'e-mail',
  phone: 'phone',
  countryCode: 'country code',
  avatar: 'avatar',
  title: 'title',
  gender: 'gender',
  affiliation: 'affiliation',
  tag: 'tag',
  location: 'location',
  bio: 'bio',
  homepage: 'homepage',
  wecom: 'userid',
  externalId: 'link to WeCom',
  departments: 'departments',
  groups: 'groups',
  status: 'status in WeCom',
}

const byName: Readonly<Record<string, string>> = names

export function fieldName(name: string): string {
  return byName[name] ?? name
}

export const causes: Readonly<Record<Cause, string>> = {
  gone: 'no longer in WeCom',
  quit: 'has left the company in WeCom',
  disabled: 'disabled in WeCom',
  'not-activated': 'has not activated WeCom yet',
  unknown: 'status in WeCom unknown',
  'active-again': 'active again in WeCom',
}

export const statuses: Readonly<Record<RememberedStatus, string>> = {
  active: 'active',
  disabled: 'disabled',
  left: 'gone',
  'not-activated': 'not activated',
  unknown: 'unknown',
}

export const keys: Readonly<Record<MatchKey, string>> = {
  externalId: 'external ID',
  wecom: 'WeCom ID',
  id: 'ID',
  name: 'name',
  email: 'e-mail',
  phone: 'phone',
}
