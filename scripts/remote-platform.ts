import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getPlatformProxy, unstable_readConfig } from 'wrangler'
import { ROOT } from './local-platform.ts'

/**
 * The D1 and R2 of the account that wrangler is signed in to, for as long as `work` takes, through a Worker without
 * code that wrangler runs there meanwhile. Nothing of the local store is touched.
 */
export async function withRemotePlatform<Answer>(
  work: (env: Pick<Env, 'DB' | 'BUCKET'>) => Promise<Answer>,
): Promise<Answer> {
  const config = unstable_readConfig({ config: join(ROOT, 'wrangler.toml') })
  const folder = mkdtempSync(join(tmpdir(), 'testamur-'))
  const configPath = join(folder, 'wrangler.json')
  const remote = {
    name: config.name,
    compatibility_date: config.compatibility_date,
    d1_databases: config.d1_databases.map((database: object) => ({ ...database, remote: true })),
    r2_buckets: config.r2_buckets.map((bucket: object) => ({ ...bucket, remote: true })),
  }
  writeFileSync(configPath, JSON.stringify(remote))
  try {
    const platform = await getPlatformProxy<Env>({ configPath, persist: false, remoteBindings: true })
    try {
      return await work(platform.env)
    } finally {
      await platform.dispose()
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
