import { isSupportedCountry, parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/max'
import type { Fields } from './field.ts'

/** A number as Casdoor stores it, and the region that it is of. */
export type Phone = { readonly phone: string; readonly countryCode: string }

/**
 * Reads a number in the form Casdoor stores since v3.154.0: the national digits without leading zeros, and the
 * region (`util/validation.go`, which prints libphonenumber's national number as an integer).
 *
 * @param region of a number without `+`.
 * @returns undefined when it is no valid number.
 */
export function parsePhone(text: string, region: string): Phone | undefined {
  if (!isSupportedCountry(region)) return undefined
  const number = parsePhoneNumberFromString(text, region)
  if (number === undefined || !number.isValid() || number.country === undefined) return undefined
  return { phone: number.nationalNumber.replace(/^0+/, ''), countryCode: number.country }
}

/**
 * Reads a stored number, which a hand may have typed with `+`, with blanks, or without its region (S10).
 *
 * @param region of numbers that have none of their own.
 */
export function storedPhone({ phone = '', countryCode = '' }: Fields, region: CountryCode): Phone {
  const stored = { phone, countryCode: countryCode === '' ? region : countryCode }
  // Nearly all are digits in the form above, and to parse a hundred thousand takes seconds.
  if (phone === '' || /^[1-9]\d*$/.test(phone)) return stored
  return parsePhone(phone, stored.countryCode) ?? stored
}

/** Is the wanted number stored? One that Casdoor took only with `+` (S9) is the number all the same. */
export function isSamePhone(stored: Fields, wanted: Fields): boolean {
  const { phone = '', countryCode = '' } = stored
  if (countryCode === '' || countryCode !== wanted.countryCode) return false
  return (phone.startsWith('+') ? storedPhone(stored, 'CN').phone : phone) === wanted.phone
}
