import type { Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { HTTPException } from 'hono/http-exception'

/** A form's fields as they came: texts, files and lists of them, none of it checked. */
export type FormFields = Record<string, unknown>

/** More than any of our forms fills, and far less than the memory of one Worker. */
const FORM_LIMIT_BYTES = 64 * 1024

export const withinFormLimit = bodyLimit({
  maxSize: FORM_LIMIT_BYTES,
  onError: () => {
    throw new HTTPException(413)
  },
})

/** What is not a form at all is the sender's mistake. */
export async function readFormFields(c: Context): Promise<FormFields> {
  return c.req.parseBody({ all: true }).catch(() => {
    throw new HTTPException(400)
  })
}

/** What was typed into a field, to be shown again. */
export function typedText(fields: FormFields, name: string): string {
  const value = fields[name]
  return typeof value === 'string' ? value : ''
}
