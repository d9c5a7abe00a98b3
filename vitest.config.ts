import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
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
