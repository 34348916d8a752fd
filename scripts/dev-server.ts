import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ROOT } from './local-platform.ts'

const START_LIMIT_MS = 60_000

/** Runs `wrangler dev` on loopback for as long as this process lives; answers when the Worker does. */
export async function startDevServer(port: number): Promise<{ origin: string }> {
  const origin = `http://localhost:${port}`
  await refuseBusyPort(port)
  const words = ['dev', '--port', String(port), '--ip', '127.0.0.1', '--log-level', 'error']
  const child = spawn(
    join(ROOT, 'node_modules', '.bin', 'wrangler'),
    [...words, '--var', `PUBLIC_ORIGIN:${origin}`],
    {
      cwd: ROOT,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: {
        ...process.env,
        WRANGLER_SEND_METRICS: 'false',
        X_LOCAL_OBSERVABILITY: 'false',
        CLOUDFLARE_CF_FETCH_ENABLED: 'false',
      },
    },
  )
  child.on('exit', (code) => process.exit(code ?? 1))
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))

  for (let waited = 0; waited < START_LIMIT_MS; waited += 100) {
    const response = await fetch(`${origin}/healthz`).catch(() => null)
    if (response?.ok) return { origin }
    await sleep(100)
  }
  child.kill()
  throw new Error(`the Worker did not answer on ${origin} within a minute`)
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
