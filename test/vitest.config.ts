import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'

const root = new URL('..', import.meta.url).pathname

const BUNDLED = [
  '@cantoo/pdf-lib',
  '@simplewebauthn/server',
  '@zip.js/zip.js',
  'fflate',
  'jose',
  'libphonenumber-js',
  'otpauth',
  'papaparse',
  'valibot',
]

export default defineConfig({
  test: {
    // Tests wait for their Worker as often as they compute: two at once pay off on two cores, too.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        // Pure rules: no bindings, plain Node, milliseconds each.
        test: { name: 'rules', root, include: ['test/**/*.rules.test.ts'] },
      },
      {
        // Everything that touches D1, R2 or the runtime's own APIs runs inside workerd.
        plugins: [
          cloudflareTest(async () => ({
            wrangler: { configPath: `${root}/wrangler.toml` },
            miniflare: {
              bindings: {
                TEST_MIGRATIONS: await readD1Migrations(`${root}/migrations`),
                TEST_FAULTS: process.env.TEST_FAULTS ?? '{"rounds":4,"seed":1,"rows":1000,"faultsEach":3}',
                TEST_FUZZ: process.env.TEST_FUZZ ?? '{"rounds":500,"seed":1}',
                TEST_WRANGLER_CONFIG: readFileSync(`${root}/wrangler.toml`, 'utf8'),
                LINK_KEY: 'test-only-link-key-0123456789abcdef0123456789',
                SESSION_KEY: 'test-only-session-key-0123456789abcdef012345',
                SEAL_KEY: 'test-only-seal-key-0123456789abcdef012345678',
                FEED_TOKEN: 'test-only-feed-token-0123456789abcdef',
              },
            },
          })),
        ],
        test: {
          name: 'worker',
          // Bundled once: each test file starts a Worker of its own, which would fetch their hundreds of modules.
          deps: { optimizer: { ssr: { enabled: true, include: BUNDLED } } },
          root,
          include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
          exclude: ['test/**/*.rules.test.ts', 'test/browser/**', 'test/process/**'],
          setupFiles: ['./test/support/setup.ts'],
          // Imports take as long as a busy machine lets them: a test that is cut off leaves its Workflow to the next.
          testTimeout: 30_000,
        },
      },
      {
        // The whole local process, to be killed.
        test: { name: 'process', root, include: ['test/process/**/*.test.ts'] },
      },
      {
        // A real browser against the real Worker, served by miniflare on a free loopback port.
        test: {
          name: 'browser',
          root,
          include: ['test/browser/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
