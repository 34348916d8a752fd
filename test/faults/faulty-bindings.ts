import { env } from 'cloudflare:workers'
import { ImportWorkflow } from '../../src/import/workflow.ts'

/** What the product calls outside itself. `step`: the Workflow's engine, of whose steps the answer may be lost. */
export const callKinds = ['d1', 'r2', 'queue', 'email', 'workflow', 'step'] as const
export type CallKind = (typeof callKinds)[number]

/** From the `nth` call of a kind on, `width` of them fail: before they did anything, or after. */
export type Fault = { kind: CallKind; nth: number; when: 'before' | 'after'; width: number }

export type Planted = {
  calls: Record<CallKind, number>
  /** The calls that failed, by name. */
  struck: string[]
  /** The messages that reached the queue of mail. */
  queued: unknown[]
  remove: () => void
}

type Call = <Answer>(kind: CallKind, name: string, work: () => Promise<Answer>) => Promise<Answer>

const NAMES_OF_BINDINGS = [
  'DB',
  'BUCKET',
  'MAIL_QUEUE',
  'URGENT_MAIL_QUEUE',
  'EMAIL',
  'IMPORT_WORKFLOW',
] as const

/**
 * Puts faults into the bindings of everything that runs in this isolate, also of the Workflow in its real engine,
 * until they are removed; without any it only counts. Mail goes nowhere: messages are kept, letters forgotten.
 */
export function plant(faults: readonly Fault[]): Planted {
  const calls: Planted['calls'] = { d1: 0, r2: 0, queue: 0, email: 0, workflow: 0, step: 0 }
  const struck: string[] = []
  const queued: unknown[] = []
  const call: Call = async (kind, name, work) => {
    calls[kind] += 1
    const n = calls[kind]
    const fault = faults.find((one) => one.kind === kind && n >= one.nth && n < one.nth + one.width)
    if (!fault) return work()
    struck.push(`${name} (${kind} ${n})`)
    if (fault.when === 'after') await work()
    throw new Error(`injected: ${name} fails ${fault.when} it is done`)
  }

  const bindings = env as unknown as Record<string, unknown>
  const originals = NAMES_OF_BINDINGS.map((name) => [name, bindings[name]] as const)
  const { run } = ImportWorkflow.prototype
  Object.assign(bindings, {
    DB: faultyDatabase(env.DB, call),
    BUCKET: faulty(env.BUCKET, 'r2', call),
    MAIL_QUEUE: faultyQueue(queued, call),
    URGENT_MAIL_QUEUE: faultyQueue(queued, call),
    EMAIL: { send: () => call('email', 'send', async () => ({ messageId: '1' })) },
    IMPORT_WORKFLOW: faulty(env.IMPORT_WORKFLOW, 'workflow', call),
  })
  ImportWorkflow.prototype.run = function (event, engine) {
    return run.call(this, event, faultyEngine(engine, call))
  }
  const remove = () => {
    Object.assign(bindings, Object.fromEntries(originals))
    ImportWorkflow.prototype.run = run
  }
  return { calls, struck, queued, remove }
}

/** Every method of a binding is one call. */
function faulty<Binding extends object>(binding: Binding, kind: CallKind, call: Call): Binding {
  return new Proxy(binding, {
    get(_, name) {
      const member = binding[name as keyof Binding]
      if (typeof member !== 'function') return member
      return (...given: unknown[]) => call(kind, String(name), async () => member.apply(binding, given))
    },
  })
}

/** What crosses the network is a batch, or one statement that is asked. */
function faultyDatabase(db: D1Database, call: Call): D1Database {
  const originals = new WeakMap<object, D1PreparedStatement>()
  function statement(original: D1PreparedStatement, query: string): D1PreparedStatement {
    const wrapped = new Proxy(original, {
      get(_, name) {
        const method = original[name as keyof D1PreparedStatement] as (...given: unknown[]) => unknown
        if (name === 'bind') return (...values: unknown[]) => statement(original.bind(...values), query)
        return (...given: unknown[]) =>
          call('d1', `${String(name)} of "${begin(query)}"`, async () => method.apply(original, given))
      },
    })
    originals.set(wrapped, original)
    return wrapped
  }
  return {
    prepare: (query: string) => statement(db.prepare(query), query),
    batch: (statements: D1PreparedStatement[]) =>
      call('d1', `batch of ${statements.length}`, () =>
        db.batch(statements.map((wrapped) => originals.get(wrapped)!)),
      ),
    withSession: () => faultyDatabase(db, call),
    getBookmark: () => null,
  } as unknown as D1Database
}

function begin(query: string): string {
  return query.trim().replace(/\s+/g, ' ').slice(0, 40)
}

function faultyQueue(queued: unknown[], call: Call): Queue {
  const sendBatch = (messages: Iterable<{ body: unknown }>) =>
    call('queue', 'sendBatch', async () => {
      queued.push(...[...messages].map(({ body }) => body))
    })
  return { sendBatch } as unknown as Queue
}

type Engine = Parameters<ImportWorkflow['run']>[1]

/** A step may end before it began, or have done all and nobody knows it. */
function faultyEngine(engine: Engine, call: Call): Engine {
  return new Proxy(engine, {
    get(_, method) {
      return (...given: unknown[]) => {
        const work = given.at(-1)
        const words =
          method === 'do'
            ? [...given.slice(0, -1), () => call('step', String(given[0]), work as () => Promise<unknown>)]
            : given
        return (engine[method as 'do'] as (...words: unknown[]) => unknown)(...words)
      }
    },
  })
}
