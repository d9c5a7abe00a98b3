import { grouped, minutesOf, namedIds } from '../number.ts'

/** `甲`、`甲和乙`、`甲、乙和丙`；与西文相邻处加空格：`甲、a 和 b`。 */
export function list(items: readonly string[], last = '和'): string {
  if (items.length < 2) return items.join('')
  const [front, end] = [items.slice(0, -1).join('、'), items.slice(-1).join('')]
  return `${front}${latin.test(front.slice(-1)) ? ' ' : ''}${last}${latin.test(end.charAt(0)) ? ' ' : ''}${end}`
}

const latin = /[!-~]/

/** 先列出若干编号，再说明其余数量。 */
export function listIds(numbers: readonly (number | string)[]): string {
  const named = numbers.slice(0, namedIds).join('、')
  const rest = numbers.length - namedIds
  return rest > 0 ? `${named} 等，另有 ${grouped(rest)} 个` : named
}

export function duration(seconds: number): string {
  const { minutes, seconds: rest } = minutesOf(seconds)
  if (minutes === 0) return rest === 0 ? '不到 1 秒' : `${rest} 秒`
  return rest === 0 ? `${grouped(minutes)} 分钟` : `${grouped(minutes)} 分 ${rest} 秒`
}

/** `1,284 人`。 */
export function persons(count: number): string {
  return `${grouped(count)} 人`
}
