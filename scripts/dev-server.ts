import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { LOCAL_STATE, ROOT } from './local-platform.ts'

const START_LIMIT_MS = 60_000

export type DevServer = { origin: string; child: ChildProcess }

/**
 * Runs `wrangler dev` on loopback, on the store in `state` with the secrets of a file, and answers when the Worker does. The child leads a
 * process group of its own, so that whoever stops it can stop workerd with it.
 */
export async function startDevServer(
  port: number,
  { state, secretsFile }: { state: string; secretsFile: string } = {
    state: LOCAL_STATE,
    secretsFile: join(ROOT, '.dev.vars'),
  },
): Promise<DevServer> {
  const origin = `http://localhost:${port}`
  await refuseBusyPort(port)
  const words = [
    'dev',
    '--port',
    String(port),
    '--inspector-port',
    '0',
    '--ip',
    '127.0.0.1',
    '--persist-to',
    state,
  ]
  const child = spawn(
    join(ROOT, 'node_modules', '.bin', 'wrangler'),
    [...words, '--env-file', secretsFile, '--log-level', 'error', '--var', `PUBLIC_ORIGIN:${origin}`],
    {
      cwd: ROOT,
      detached: true,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: {
        ...process.env,
        WRANGLER_SEND_METRICS: 'false',
        X_LOCAL_OBSERVABILITY: 'false',
        CLOUDFLARE_CF_FETCH_ENABLED: 'false',
      },
    },
  )
  // In a group of its own it would outlive a Ctrl-C that comes while it is still starting.
  process.once('exit', () => stopDevServer(child, 'SIGTERM'))
  const deadline = Date.now() + START_LIMIT_MS
  while (Date.now() < deadline && child.exitCode === null) {
    const response = await fetch(`${origin}/healthz`, { signal: AbortSignal.timeout(2000) }).catch(() => null)
    if (response?.ok) return { origin, child }
    await sleep(100)
  }
  stopDevServer(child, 'SIGKILL')
  throw new Error(`the Worker did not answer on ${origin} within a minute`)
}

/** Sends the signal to wrangler and all that it started. */
export function stopDevServer(child: ChildProcess, signal: NodeJS.Signals) {
  if (child.pid === undefined || child.exitCode !== null) return
  try {
    process.kill(-child.pid, signal)
  } catch {
    // It has ended by itself meanwhile.
  }
}

/** Runs the scheduled handler as Cloudflare's scheduler would at `now`. */
export async function tick(origin: string, now: Date) {
  const query = new URLSearchParams({ cron: '*/5 * * * *', time: String(now.getTime()) })
  const response = await fetch(`${origin}/cdn-cgi/handler/scheduled?${query}`)
  if (!response.ok)
    throw new Error(`the scheduled handler failed: ${response.status} ${await response.text()}`)
}

/** Another server on the port would answer in our place. */
async function refuseBusyPort(port: number) {
  const probe = createServer().listen(port, '127.0.0.1')
  await once(probe, 'listening').catch(() => {
    throw new Error(
      `port ${port} is in use: stop what listens there, or choose another with PORT=8788 npm start`,
    )
  })
  probe.close()
  await once(probe, 'close')
}
