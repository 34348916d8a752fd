import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { staffActor } from '../audit/actions.ts'
import { writeAudit } from '../audit/audit-queries.ts'
import { standingOn } from '../certifications/standing.ts'
import { calendarDateIn } from '../core/calendar-date.ts'
import { csvHeaders, csvText } from '../import/csv-export.ts'
import type { StaffEnv } from '../staff/staff-viewer.ts'
import { findProposal, listNamedAwards } from './proposal-queries.ts'

const COLUMNS = ['certification', 'number', 'candidate_id', 'name', 'awarded_on', 'expires_on', 'standing']

/** The awards of a proposal, as they stand, as a table to keep. */
export const proposalCsv = new Hono<StaffEnv>().get(
  '/staff/acts/:id{[1-9][0-9]{0,14}}/certifications.csv',
  async (c) => {
    const { db, staff, now, program } = c.var
    const proposal = await findProposal(db, Number(c.req.param('id')))
    if (!proposal) throw new HTTPException(404)
    const details = { kind: 'proposal', proposalId: proposal.id }
    const event = { action: 'rows.exported', actor: staffActor(staff.staffId), details } as const
    if (c.req.method !== 'HEAD') await writeAudit(db, event, now)
    const today = calendarDateIn(program.settings.timeZone, now)
    const rows = (await listNamedAwards(db, proposal.awardIds)).map((award) => [
      award.certification,
      award.number,
      award.candidateId,
      award.fullName,
      award.awardedOn,
      award.expiresOn,
      standingOn(today, award),
    ])
    // Without the mark, spreadsheets take the text for their own old encoding.
    return c.body(`\uFEFF${csvText([COLUMNS, ...rows])}`, 200, csvHeaders(`proposal-${proposal.id}.csv`))
  },
)
