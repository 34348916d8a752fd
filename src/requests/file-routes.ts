import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { mayRole } from '../staff/permissions.ts'
import type { StaffEnv } from '../staff/staff-viewer.ts'
import { takePhotoKey } from './photo-key-queries.ts'
import { sandboxedFile } from './sandboxed-file.ts'

const FILE = '/staff/requests/:id{[1-9][0-9]{0,14}}/files/:fileId{[1-9][0-9]{0,14}}'

/**
 * A file of a request. Documents that prove a claim are for those who may look at them; what came with a question is for
 * all who read requests. Each look stands in the audit log before the file is shown.
 */
export const requestFile = new Hono<StaffEnv>().get(FILE, async (c) => {
  const { db, staff, now } = c.var
  const { staffId, role } = staff
  const mayViewDocuments = mayRole(role, 'requests.view-files')
  const [requestId, fileId] = [Number(c.req.param('id')), Number(c.req.param('fileId'))]
  const file = await takePhotoKey(db, { requestId, fileId, staffId, mayViewDocuments }, now)
  if (!file) throw new HTTPException(404)
  return sandboxedFile(c, file)
})
