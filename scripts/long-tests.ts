import { spawn } from 'node:child_process'
import { createWriteStream, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { stripVTControlCharacters } from 'node:util'
import { ROOT } from './local-platform.ts'

const FAILURES = /AssertionError|Property failed|Counterexample|\{ seed:|^Error|Caused by|^\+ {3}"/

/**
 * Runs a test file in its long form and shows only the lines that matter: those that match, and what failed. The rest is
 * in test-results. Answers whether all passed, with the lines that matched.
 */
export async function runLongTest(
  file: string,
  environment: Record<string, string>,
  shown: RegExp,
): Promise<{ passed: boolean; lines: string[] }> {
  mkdirSync(join(ROOT, 'test-results'), { recursive: true })
  const log = createWriteStream(join(ROOT, 'test-results', `${file.replace(/\W+/g, '-')}.log`))
  const child = spawn(
    join(ROOT, 'node_modules', '.bin', 'vitest'),
    ['run', '--config', 'test/vitest.config.ts', file],
    {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...environment, NO_COLOR: '1' },
    },
  )

  const lines: string[] = []
  const see = async (stream: Readable) => {
    for await (const raw of createInterface(stream)) {
      const line = stripVTControlCharacters(raw)
      log.write(`${line}\n`)
      if (shown.test(line)) lines.push(line)
      if (shown.test(line) || FAILURES.test(line)) console.log(line.slice(0, 2000))
    }
  }
  await Promise.all([see(child.stdout), see(child.stderr)])
  const passed = await new Promise<boolean>((resolve) => {
    if (child.exitCode !== null) resolve(child.exitCode === 0)
    else child.once('exit', (code) => resolve(code === 0))
  })
  return { passed, lines }
}
