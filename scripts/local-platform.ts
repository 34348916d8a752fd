import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { getPlatformProxy } from 'wrangler'

export const ROOT = join(import.meta.dirname, '..')

/** Where wrangler keeps the local D1, R2, queues and Workflows. */
export const LOCAL_STATE = join(ROOT, '.wrangler', 'state')

/** The local D1 and R2 that `wrangler dev` uses too, for as long as `work` takes. */
export async function withLocalPlatform<Answer>(
  work: (env: Env) => Promise<Answer>,
  state = LOCAL_STATE,
): Promise<Answer> {
  // The proxy warns that it cannot offer our own Workflow; nothing here needs it.
  const warn = console.warn
  console.warn = () => {}
  const platform = await getPlatformProxy<Env>({
    configPath: join(ROOT, 'wrangler.toml'),
    persist: { path: join(state, 'v3') },
  }).finally(() => {
    console.warn = warn
  })
  try {
    return await work(platform.env)
  } finally {
    await platform.dispose()
  }
}

/** Runs a wrangler command and answers with what it printed; its own words come along when it fails. */
export function wrangler(...words: string[]): string {
  try {
    return execFileSync(join(ROOT, 'node_modules', '.bin', 'wrangler'), words, {
      cwd: ROOT,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, CI: '1', WRANGLER_SEND_METRICS: 'false' },
    })
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string }
    throw new Error(`wrangler ${words.join(' ')} failed:\n${stdout}${stderr}`)
  }
}
