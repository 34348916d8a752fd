import type { Context } from 'hono'
import type { AppEnv } from './app-env.ts'

/**
 * What failed, in one line that may be logged: of a failed query only its cause, since the message that
 * drizzle gives it carries the parameters, and they are people's addresses and names.
 */
export function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { message } = error.cause instanceof Error ? error.cause : error
  return message.split('\n')[0]!
}

/** Lets what fails fail, but with a message that whoever logs it may log. */
export async function withoutParameters<Answer>(work: () => Promise<Answer>): Promise<Answer> {
  try {
    return await work()
  } catch (error) {
    throw new Error(causeOf(error))
  }
}

/** Goes on with work after the answer. Nobody is there to be told of its failure but the log. */
export function afterAnswer<PageEnv extends AppEnv>(
  c: Context<PageEnv>,
  work: { name: string; done: Promise<unknown> },
): void {
  const logged = work.done.catch((error) => {
    console.error({ message: 'failed after the answer', work: work.name, cause: causeOf(error) })
  })
  c.executionCtx.waitUntil(logged)
}
