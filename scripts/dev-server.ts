import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ROOT } from './local-platform.ts'

const START_LIMIT_MS = 60_000

/** Runs `wrangler dev` on loopback for as long as this process lives; answers when the Worker does. */
export async function startDevServer(port: number): Promise<{ origin: string }> {
  const origin = `http://localhost:${port}`
  const words = ['dev', '--port', String(port), '--ip', '127.0.0.1', '--log-level', 'warn']
  const child = spawn(
    join(ROOT, 'node_modules', '.bin', 'wrangler'),
    [...words, '--var', `PUBLIC_ORIGIN:${origin}`],
    {
      cwd: ROOT,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, WRANGLER_SEND_METRICS: 'false', X_LOCAL_OBSERVABILITY: 'false' },
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
