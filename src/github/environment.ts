/** Environment variables, passed in so that nothing but `main.ts` and the tests decide them. */
export type Environment = Readonly<Record<string, string | undefined>>

/** An input as the runner passes it, trimmed; `""` when it is absent. */
export function inputOf(environment: Environment, name: string): string {
  return environment[`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`]?.trim() ?? ''
}
