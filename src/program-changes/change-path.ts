import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { readFormFields, typedText } from '../core/posted-form.ts'
import type { StaffEnv } from '../staff/staff-viewer.ts'
import { findChange } from './change-queries.ts'

/** The address of one change; row ids only. */
export const CHANGE = '/staff/program/changes/:id{[1-9][0-9]{0,14}}'

export async function requireChange(c: Context<StaffEnv>) {
  const change = await findChange(c.var.db, Number(c.req.param('id')))
  if (!change) throw new HTTPException(404)
  return change
}

export function whoOf(c: Context<StaffEnv>) {
  return { staffId: c.var.staff.staffId, now: c.var.now }
}

/** Which version of a draft a button was pressed for; none that ever was, where the form does not say. */
export async function readSeen(c: Context<StaffEnv>) {
  const fields = await readFormFields(c)
  const version = typedText(fields, 'version')
  return { fields, version: /^[1-9]\d{0,8}$/.test(version) ? Number(version) : 0 }
}
