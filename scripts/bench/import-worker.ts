import { jobs, runJobs } from '../../src/cron.ts'
import testamur, { ImportWorkflow as OurImportWorkflow } from '../../src/index.ts'
import { insertBare } from './bare-insert.ts'
import { meteredDatabase, mostOf, noUsage, type Usage } from './meter.ts'

export * from '../../src/index.ts'

type Bindings = Env & { METERED?: string }
type Run = OurImportWorkflow['run']

const DELIVERY = `
  SELECT state, failure, max(applied_at) - started_at AS toOwedMs, finished_at - max(applied_at) AS awardsMs,
    sum(rows_new) + sum(rows_unchanged) AS taken
  FROM deliveries LEFT JOIN delivery_chunks ON delivery_id = deliveries.id WHERE name = ?`

/** What the imports of this isolate asked of D1: the most in one step, and the most in one instance. */
const most = { step: noUsage(), instance: noUsage() }
let step = noUsage()
let instance = noUsage()

type Answer = (env: Bindings, asked: URLSearchParams, request: Request) => Promise<unknown>

/** What the benchmark asks, past the proxies of the local platform. */
const answers: Readonly<Record<string, Answer>> = {
  '/bench/bare': (env, asked) => insertBare(env.DB, Number(asked.get('rows'))),
  '/bench/inbox': (env, asked, { body }) => env.BUCKET.put(`inbox/${asked.get('name')}`, body),
  '/bench/tick': (env) => runJobs(jobs['*/5 * * * *']!, env, new Date()),
  '/bench/delivery': (env, asked) => env.DB.prepare(DELIVERY).bind(asked.get('name')).first(),
  '/bench/usage': async () => most,
}

/** The product, but no mail is sent: it is owed and queued as ever, and then the queue lets it go. */
export default {
  ...testamur,
  async fetch(request: Request, env: Bindings, context: ExecutionContext) {
    const { pathname, searchParams } = new URL(request.url)
    const answer = answers[pathname]
    if (!answer) return testamur.fetch(request, env, context)
    return Response.json((await answer(env, searchParams, request)) ?? null)
  },
  queue(batch) {
    batch.ackAll()
  },
} satisfies ExportedHandler<Bindings>

/** The import, with a meter on its database if so asked. A meter takes time: what is metered is not timed. */
export class ImportWorkflow extends OurImportWorkflow {
  readonly #isMetered: boolean

  constructor(context: ExecutionContext, env: Bindings) {
    const isMetered = env.METERED === 'yes'
    super(context, isMetered ? { ...env, DB: meteredDatabase(env.DB, see) } : env)
    this.#isMetered = isMetered
  }

  override async run(event: Parameters<Run>[0], engine: Parameters<Run>[1]) {
    if (!this.#isMetered) return super.run(event, engine)
    instance = noUsage()
    await super.run(event, stepwise(engine))
    most.instance = mostOf(most.instance, instance)
  }
}

function see({ calls, queries, longestParameterBytes }: Usage) {
  for (const usage of [step, instance]) {
    usage.calls += calls
    usage.queries += queries
    usage.longestParameterBytes = Math.max(usage.longestParameterBytes, longestParameterBytes)
  }
}

/** The engine, but whatever a step is to do is metered by itself. */
function stepwise(engine: Parameters<Run>[1]): Parameters<Run>[1] {
  return new Proxy(engine, {
    get(_, name) {
      return (...given: unknown[]) => {
        const work = given.at(-1)
        const words = name === 'do' ? [...given.slice(0, -1), () => metered(work as () => unknown)] : given
        return (engine[name as 'do'] as (...words: unknown[]) => unknown)(...words)
      }
    },
  })
}

async function metered(work: () => unknown): Promise<unknown> {
  step = noUsage()
  try {
    return await work()
  } finally {
    most.step = mostOf(most.step, step)
  }
}
