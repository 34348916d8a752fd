import type { Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { HTTPException } from 'hono/http-exception'
import { PHOTO_LIMIT_BYTES } from './photo.ts'

/** The photo, and as much of everything else as other forms may have. */
const FORM_LIMIT_BYTES = PHOTO_LIMIT_BYTES + 64 * 1024

/** For forms with a photo. `onTooLarge` answers those whose photo is so large that the form is not even read. */
export function withinPhotoFormLimit(
  onTooLarge: (c: Context) => Response | Promise<Response> = () => {
    throw new HTTPException(413)
  },
) {
  return bodyLimit({ maxSize: FORM_LIMIT_BYTES, onError: onTooLarge })
}
