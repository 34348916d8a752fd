import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { convertV4MiniflareOptions, Miniflare } from 'miniflare'
import { unstable_getMiniflareWorkerOptions } from 'wrangler'
import { openDatabase } from '../../src/core/database.ts'
import { applyProgram } from '../../src/program/queries.ts'
import { ROOT, withLocalPlatform, wrangler } from '../local-platform.ts'
import { readProgramFolder } from '../program-document.ts'
import { PROGRAM_FOLDER } from '../sample-deliveries.ts'

export const FEED_TOKEN = 'bench-only-feed-token-0123456789abcdef'

const NAME = 'bench'
const SECRETS = {
  LINK_KEY: 'bench-only-link-key-0123456789abcdef',
  SESSION_KEY: 'bench-only-session-key-0123456789',
  SEAL_KEY: 'bench-only-seal-key-0123456789abcdef',
  FEED_TOKEN,
}

// Its remarks, such as that secrets are missing that are given here, would stand amid the table.
process.env.WRANGLER_LOG = 'error'

const folders = new Set<string>()
process.once('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** A folder for what a benchmark builds and stores; gone when the process ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'testamur-bench-'))
  folders.add(folder)
  return folder
}

/** Bundles a Worker as a deploy would. */
export function bundle(entry: string, into: string): void {
  wrangler('deploy', entry, '--dry-run', '--outdir', into)
}

/** A store with the sample program in force and nothing else, to be copied. */
export async function prepareStore(folder: string): Promise<void> {
  wrangler('d1', 'migrations', 'apply', 'DB', '--local', '--persist-to', folder)
  const program = readProgramFolder(PROGRAM_FOLDER)
  await withLocalPlatform((env) => applyProgram(openDatabase(env.DB), program, new Date()), folder)
}

export type Runtime = {
  /** Straight to the Worker, past the proxies of the local platform, which cost more than what is measured. */
  direct: URL
  inspector: URL
  stop: () => Promise<void>
}

/**
 * Runs a bundled Worker with the bindings of wrangler.toml on a fresh copy of a store. With `mostHeapMegabytes` the
 * runtime dies when an isolate needs more, as in production; else V8 takes what it likes before it collects.
 */
export async function startRuntime(
  bundleFolder: string,
  store: string,
  {
    bindings = {},
    mostHeapMegabytes,
  }: { bindings?: Record<string, string>; mostHeapMegabytes?: number } = {},
): Promise<Runtime> {
  process.env.MINIFLARE_WORKERD_V8_FLAGS = mostHeapMegabytes ? `--max-heap-size=${mostHeapMegabytes}` : ''
  const state = temporaryFolder()
  cpSync(store, state, { recursive: true })
  const runtime = new Miniflare({
    ...convertV4MiniflareOptions({
      inspectorPort: 0,
      workers: [
        {
          ...bindingsOfProduct(bindings),
          name: NAME,
          rootPath: bundleFolder,
          modules: modulesIn(bundleFolder),
          unsafeDirectSockets: [{ host: '127.0.0.1', port: 0 }],
        },
      ],
    }),
    resourcePersistencePath: join(state, 'v3'),
  })
  await runtime.ready
  return {
    direct: await runtime.unsafeGetDirectURL(NAME),
    inspector: await runtime.getInspectorURL(),
    async stop() {
      await runtime.dispose()
      rmSync(state, { recursive: true, force: true })
    },
  }
}

function bindingsOfProduct(bindings: Record<string, string>) {
  const { workerOptions } = unstable_getMiniflareWorkerOptions(join(ROOT, 'wrangler.toml'))
  // Assets would put a proxy before the direct socket, and the rules for modules are the bundler's.
  const { assets: _, modulesRules: __, ...options } = workerOptions
  return { ...options, bindings: { ...(options.bindings as object), ...SECRETS, ...bindings } }
}

/** The first module is the one that starts. */
function modulesIn(folder: string) {
  const names = readdirSync(folder)
  const code = names.filter((name) => name.endsWith('.js'))
  const wasm = names.filter((name) => name.endsWith('.wasm'))
  return [
    ...code.map((path) => ({ type: 'ESModule' as const, path: join(folder, path) })),
    ...wasm.map((path) => ({ type: 'CompiledWasm' as const, path: join(folder, path) })),
  ]
}
