import { ok, type Result, refuse } from '../../core/result.ts'
import type { MessageKey } from '../../i18n/messages.ts'
import { isNoFile, type Photo, readPhoto } from '../photo.ts'

export const MOST_FILES = 3

/** The files that came with a message, checked like every other by what is in them; or what is wrong with one. */
export async function readMessageFiles(field: unknown): Promise<Result<Photo[], MessageKey>> {
  const sent = [field].flat().filter((file) => !isNoFile(file))
  if (sent.length > MOST_FILES) return refuse('thread.files.many')
  const files: Photo[] = []
  for (const file of sent) {
    const read = await readPhoto(file)
    if (!read.ok)
      return refuse(read.refusal === 'requests.photo.large' ? 'thread.files.large' : 'thread.files.refused')
    files.push(read.value)
  }
  return ok(files)
}
