/** Environment variables, passed in so that nothing but `main.ts` and the tests decide them. */
export type Environment = Readonly<Record<string, string | undefined>>

/** An input as the runner passes it, trimmed; `""` when it is absent. */
export function inputOf(environment: Environment, name: string): string {
  return wholeInputOf(environment, name).trim()
}

/** An input with all its blanks: in YAML they count. */
export function wholeInputOf(environment: Environment, name: string): string {
  return environment[`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`] ?? ''
}
