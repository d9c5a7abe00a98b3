import type { Cause } from '../../model/plan.ts'
import type { MatchKey } from '../../model/field.ts'
import type { RememberedStatus } from '../../model/people.ts'
import type { PlainField } from '../property.ts'

const names: Readonly<Record<PlainField, string>> = {
  displayName: '姓名',
  email: '邮箱',
  phone: '手机',
  countryCode: '国家/地区代码',
  avatar: '头像',
  title: '职务',
  gender: '性别',
  affiliation: '所属单位',
  tag: '标签',
  location: '所在地',
  bio: '简介',
  homepage: '主页',
  wecom: '账号',
  externalId: '企业微信关联',
  departments: '部门',
  groups: '用户组',
  status: '企业微信状态',
}

const byName: Readonly<Record<string, string>> = names

export function fieldName(name: string): string {
  return byName[name] ?? name
}

export const causes: Readonly<Record<Cause, string>> = {
  gone: '企业微信中已无此人',
  quit: '在企业微信中已退出企业',
  disabled: '在企业微信中已被禁用',
  'not-activated': '尚未激活企业微信',
  unknown: '企业微信状态未知',
  'active-again': '在企业微信中重新变为已激活',
}

export const statuses: Readonly<Record<RememberedStatus, string>> = {
  active: '已激活',
  disabled: '已禁用',
  left: '已离开',
  'not-activated': '未激活',
  unknown: '未知',
}

export const keys: Readonly<Record<MatchKey, string>> = {
  externalId: '外部 ID',
  wecom: '企业微信 ID',
  id: 'ID',
  name: '用户名',
  email: '邮箱',
  phone: '手机号',
}
