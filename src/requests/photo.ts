import { ok, type Result, refuse } from '../core/result.ts'
import type { MessageKey } from '../i18n/messages.ts'
import { type PhotoType, photoTypeOf } from './photo-format.ts'

/** A picture of an identity document, as its holder sent it. */
export type Photo = { bytes: Uint8Array; mediaType: PhotoType }

export const PHOTO_LIMIT_BYTES = 10 * 1024 * 1024

/**
 * Reads an uploaded photo: JPEG, PNG, HEIC or PDF by its content. What the sender says of it, name and type, is never
 * looked at.
 */
export async function readPhoto(file: unknown): Promise<Result<Photo, MessageKey>> {
  if (isNoFile(file)) return refuse('requests.photo.missing')
  if (!(file instanceof File)) return refuse('requests.photo.refused')
  if (file.size > PHOTO_LIMIT_BYTES) return refuse('requests.photo.large')
  const bytes = new Uint8Array(await file.arrayBuffer())
  const mediaType = photoTypeOf(bytes)
  return mediaType === null ? refuse('requests.photo.refused') : ok({ bytes, mediaType })
}

/** True where nothing was chosen: browsers then send an empty file without a name. */
export function isNoFile(file: unknown): boolean {
  return file === undefined || file === '' || (file instanceof File && file.size === 0 && file.name === '')
}
