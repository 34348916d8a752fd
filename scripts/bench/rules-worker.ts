import { openDatabase } from '../../src/core/database.ts'
import testamur from '../../src/index.ts'
import { startRuns } from '../../src/program-changes/start-runs.ts'
import { seedCandidates } from './rules-seed.ts'

export * from '../../src/index.ts'

type Answer = (env: Env, asked: URLSearchParams, request: Request) => Promise<unknown>

const OWE = `
  INSERT INTO program_runs (kind, state, total, mails, owed_at, moved_at)
  SELECT 'evaluation', 'owed', (SELECT count(*) FROM candidates), 'held', ?1, ?1`

const RUN = 'SELECT state, done, changed, failing, attempt FROM program_runs ORDER BY id DESC LIMIT 1'

/** What the benchmark asks, past the proxies of the local platform. */
const answers: Readonly<Record<string, Answer>> = {
  '/bench/seed': (env, asked) =>
    seedCandidates(openDatabase(env.DB), Number(asked.get('from')), Number(asked.get('count'))),
  '/bench/program': async (env, _, request) =>
    env.DB.prepare('UPDATE program_versions SET document = ?')
      .bind(await request.text())
      .run(),
  '/bench/run': async (env) => {
    await env.DB.prepare(OWE).bind(Date.now()).run()
    await startRuns(env, new Date())
  },
  '/bench/state': (env) => env.DB.prepare(RUN).first(),
  '/bench/awards': (env) => env.DB.prepare('SELECT count(*) AS awards FROM awards').first(),
}

export default {
  ...testamur,
  async fetch(request: Request, env: Env, context: ExecutionContext) {
    const { pathname, searchParams } = new URL(request.url)
    const answer = answers[pathname]
    if (!answer) return testamur.fetch(request, env, context)
    return Response.json((await answer(env, searchParams, request)) ?? null)
  },
} satisfies ExportedHandler<Env>
