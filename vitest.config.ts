import { defineConfig } from 'vitest/config'

/**
 * The contract tests run on the sandbox as each database once, or on the real server of CASDOOR_URL, which stands on
 * CASDOOR_DATABASE.
 */
const databases =
  (process.env['CASDOOR_URL'] ?? '') === ''
    ? ['sqlite', 'mysql', 'postgres']
    : [process.env['CASDOOR_DATABASE'] ?? 'sqlite']

/** They start servers of their own. */
const onlyOnSandbox = ['sandbox', 'settings', 'trap'].map((name) => `test/contract/${name}.test.ts`)

export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: { name: 'tests', include: ['test/**/*.test.ts'], exclude: ['test/contract/**'] },
      },
      ...databases.map((database) => ({
        extends: true as const,
        test: {
          name: database,
          include: ['test/contract/**/*.test.ts'],
          exclude: database === 'sqlite' ? [] : onlyOnSandbox,
          env: { CASDOOR_DATABASE: database },
        },
      })),
    ],
    environment: 'node',
    pool: 'forks',
    restoreMocks: true,
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // @actions/languageservice imports JSON without import attributes: let vite load it.
    server: { deps: { inline: [/@actions\/(languageservice|workflow-parser|expressions)/] } },
    coverage: {
      provider: 'v8',
      include: ['src/*.ts', 'src/{model,plan,story,report}/**/*.ts'],
      exclude: ['src/index.ts', 'src/main.ts', 'src/publish.ts', 'src/worlds.ts'],
      reporter: ['text', 'json-summary'],
      thresholds: { lines: 100, branches: 100 },
    },
  },
})
