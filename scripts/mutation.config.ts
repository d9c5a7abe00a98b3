import { defineConfig } from 'vitest/config'

/** For `npm run mutation`: the tests of the stages alone, since each mutant runs them again. */
export default defineConfig({
  test: {
    include: ['test/unit/{model,plan,github}/**/*.test.ts', 'test/unit/sync.test.ts'],
    pool: 'forks',
  },
})
