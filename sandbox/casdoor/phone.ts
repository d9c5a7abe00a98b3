import { parsePhoneNumberFromString, type CountryCode, type PhoneNumber } from 'libphonenumber-js/max'

/** A phone as Casdoor stores it: national digits without a leading zero, and the ISO region. */
export type StoredPhone = { readonly phone: string; readonly countryCode: string }

/** Mainland mobile prefixes that Casdoor's older numbering plan does not know (casdoor-api.md 5.3). */
const unknownMobiles = /^1(?:4[0-4689]|54|6[013489]|79|94)\d{8}$/

/**
 * What Casdoor from v3.154.0 on makes of a phone and a region, or nothing when it answers `Phone number is
 * invalid`. The region is read from the number only when it begins with `+` or no region is known
 * (`util/validation.go:87-106`); it counts upper and lower case. Letters
 * for digits (`1-800-FLOWERS`) and a doubled `+`, which Casdoor takes, are not taken here.
 */
export function normalizePhone(phone: string, countryCode: string): StoredPhone | undefined {
  const parsed = parsePhoneNumberFromString(phone, countryCode as CountryCode)
  if (parsed === undefined || !parsed.isValid()) return undefined
  if (parsed.countryCallingCode === '86' && unknownMobiles.test(parsed.nationalNumber)) return undefined
  const isInternational = countryCode === '' || phone.trim().startsWith('+')
  return isInternational ? storedPhone(parsed) : { ...storedPhone(parsed), countryCode }
}

/** The digits and the region to look somebody up by (`util.ParseE164Phone`): only `+` names a region. */
export function lookedUp(phone: string): StoredPhone {
  const parsed = phone.startsWith('+') ? parsePhoneNumberFromString(phone) : undefined
  return parsed === undefined ? { phone, countryCode: '' } : storedPhone(parsed)
}

/** Numbers of no country, such as `+800 …`, have the region `001`. */
function storedPhone({ nationalNumber, country }: PhoneNumber): StoredPhone {
  return { phone: nationalNumber.replace(/^0+/, ''), countryCode: country ?? '001' }
}
