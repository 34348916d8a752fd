import type { Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { FormFields } from '../core/posted-form.ts'
import { ok, type Result, refuse } from '../core/result.ts'
import { LARGEST_SAMPLE_BYTES } from './samples.ts'

/** The sample, and as much of everything else as other forms may have. */
const FORM_LIMIT_BYTES = LARGEST_SAMPLE_BYTES + 64 * 1024

/** For forms with a sample. `onTooLarge` answers those whose sample is so large that the form is not even read. */
export function withinSampleLimit(onTooLarge: (c: Context) => Response | Promise<Response>) {
  return bodyLimit({ maxSize: FORM_LIMIT_BYTES, onError: onTooLarge })
}

/** The file that was sent, or the key of what is wrong with it. A browser sends one without a name for none. */
export function readSampleFile(fields: FormFields): Result<File, string> {
  const file = fields.sample
  if (!(file instanceof File) || (file.name === '' && file.size === 0)) return refuse('feeds.sample.missing')
  if (file.size === 0) return refuse('feeds.sample.empty')
  return file.size > LARGEST_SAMPLE_BYTES ? refuse('feeds.sample.large') : ok(file)
}
