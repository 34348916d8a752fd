import type { Context } from 'hono'
import * as v from 'valibot'
import type { AppEnv } from '../../core/app-env.ts'
import { fieldErrors } from '../../core/form-errors.ts'
import { type FormFields, typedText } from '../../core/posted-form.ts'
import type { FieldErrors } from '../../layout/form.tsx'
import type { Settings } from '../../program/program.ts'
import { Submission } from '../name-change-form.ts'
import type { RequestState } from '../request.ts'
import { candidateMay, reopenableSince } from '../turn.ts'
import { isWritten, writeByCandidate } from './candidate-queries.ts'
import { contentKey } from './content-key.ts'
import { readMessageFiles } from './message-files.ts'
import { MessageForm } from './message-form.ts'
import { withStoredFiles } from './store-files.ts'

type About = Parameters<typeof candidateMay>[0] & { id: number; candidateId: string; state: RequestState }

/** What its page needs to show a message again that was not sent, so that no word of it is lost. */
export type Unsent = { submission: string; typed: string; notice?: 'late'; errors?: FieldErrors }

/**
 * Reads what a candidate says about a request and writes it down. Null when it is there. `late` where the request has
 * ended, or so much was said within the hour that no more is taken.
 */
export async function takeMessage(
  { env, var: { db, now } }: Pick<Context<AppEnv>, 'env' | 'var'>,
  fields: FormFields,
  request: About,
  settings: Pick<Settings, 'requests'>,
  isByLink: boolean,
): Promise<Unsent | null> {
  const { id: requestId, candidateId } = request
  const { submission } = v.is(Submission, fields) ? fields : { submission: crypto.randomUUID() }
  const typed = typedText(fields, 'message')
  const hasEnded = candidateMay(request, settings, now) === 'nothing'

  const form = v.safeParse(MessageForm, fields)
  const files = await readMessageFiles(fields.files)
  if (!form.success || !files.ok) {
    if (hasEnded) return { submission, typed, notice: 'late' }
    const errors = {
      ...(form.success ? {} : fieldErrors(form.issues)),
      ...(files.ok ? {} : { files: [files.refusal] }),
    }
    return { submission, typed, errors }
  }

  const { message: body } = form.output
  const key = await contentKey(submission, [body], files.value)
  const said = { requestId, candidateId, submission: key, body, isByLink }
  const since = reopenableSince(settings, now)
  const written =
    !hasEnded &&
    (await withStoredFiles(env, files.value, (stored) => writeByCandidate(db, said, stored, since, now)))
  return written || (await isWritten(db, said)) ? null : { submission, typed, notice: 'late' }
}
