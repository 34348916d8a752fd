import { HTTPException } from 'hono/http-exception'

type Bindings = Pick<Env, 'DB' | 'SEAL_KEY'>

/** Stands in for the function of this name in src/import/events/secret.ts, which is not there yet. */
export async function rotateEventSecret(_env: Bindings, _feed: string, _now: Date): Promise<string> {
  throw new HTTPException(503, { message: 'not there yet' })
}
