import { env } from 'cloudflare:workers'

/** The bindings, of which the n-th call to the outside fails: before it did anything, or when it had. */
export function failingAt(n: number, when: 'before' | 'after') {
  let calls = 0
  async function call<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    calls += 1
    if (calls === n && when === 'before') throw new Error('killed')
    const answer = await work()
    if (calls >= n) throw new Error('killed')
    return answer
  }
  const originals = new WeakMap<object, D1PreparedStatement>()
  const statement = (original: D1PreparedStatement): D1PreparedStatement => {
    const wrapped = {
      bind: (...values: unknown[]) => statement(original.bind(...values)),
      all: () => call(() => original.all()),
      run: () => call(() => original.run()),
      raw: (options?: never) => call(() => original.raw(options)),
    } as unknown as D1PreparedStatement
    originals.set(wrapped, original)
    return wrapped
  }
  const DB = {
    prepare: (query: string) => statement(env.DB.prepare(query)),
    batch: (statements: D1PreparedStatement[]) =>
      call(() => env.DB.batch(statements.map((wrapped) => originals.get(wrapped)!))),
  } as unknown as D1Database
  const BUCKET = new Proxy(env.BUCKET, {
    get(bucket, name) {
      const method = (bucket as unknown as Record<string | symbol, unknown>)[name]
      if (typeof method !== 'function') return method
      return (...given: unknown[]) => call(() => method.apply(bucket, given) as Promise<unknown>)
    },
  })
  return { bindings: { ...env, DB, BUCKET }, calls: () => calls }
}
