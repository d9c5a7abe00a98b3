/** A whole number with thousands separators. */
export function grouped(value: number): string {
  return String(value).replaceAll(/\B(?=(\d{3})+$)/g, ',')
}

/** A share from 0 to 1 in whole percent; what is not quite nothing or everything does not look like it. */
export function percentOf(share: number): number {
  if (share <= 0 || share >= 1) return share <= 0 ? 0 : 100
  return Math.min(99, Math.max(1, Math.round(share * 100)))
}

/** Whole minutes and seconds. */
export function minutesOf(seconds: number): { readonly minutes: number; readonly seconds: number } {
  const whole = Math.round(seconds)
  return { minutes: Math.floor(whole / 60), seconds: whole % 60 }
}

/** How many ids a sentence names before it only counts. */
export const namedIds = 12
