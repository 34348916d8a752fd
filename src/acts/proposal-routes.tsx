import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { tryKeepAwardsOf } from '../certifications/keep-awards.ts'
import { type CalendarDate, calendarDateIn } from '../core/calendar-date.ts'
import { readFormFields, withinFormLimit } from '../core/posted-form.ts'
import { render } from '../core/render.ts'
import { paths } from '../paths.ts'
import { noteListLook } from '../staff/note-look.ts'
import { requirePermission, type StaffEnv, staffChromeOf } from '../staff/staff-viewer.ts'
import { toldChanges } from './act-effect.ts'
import type { ActedAward } from './act-write-queries.ts'
import { actedRows, type BulkEffect, bulkDigest, bulkEffect } from './bulk-effect.ts'
import { actOf } from './bulk-form.ts'
import { confirmProposal, dropProposal } from './decision-queries.ts'
import { ProposalListPage } from './proposal-list-views.tsx'
import { listProposals, loadProposal, type Proposal } from './proposal-queries.ts'
import { ProposalPage } from './proposal-views.tsx'

/** Row ids only: anything else has no page. */
const PROPOSAL = '/staff/acts/:id{[1-9][0-9]{0,14}}'
const SHOWN = 100

/** What was proposed for many awards: the list, each with what it would change by now, and the second person's yes. */
export const proposals = new Hono<StaffEnv>()
  .get(paths.staff.acts, async (c) =>
    render(
      c,
      <ProposalListPage chrome={staffChromeOf(c)} proposals={await listProposals(c.var.db, SHOWN)} />,
    ),
  )

  .get(PROPOSAL, async (c) => renderProposal(c, await requireProposal(c, c.req.param('id')), {}))

  .post(PROPOSAL, requirePermission('awards.act'), withinFormLimit, async (c) => {
    const { db, staff, now } = c.var
    const loaded = await requireProposal(c, c.req.param('id'))
    const { proposal } = loaded
    const seen = (await readFormFields(c)).digest
    if (proposal.state !== 'proposed' || proposal.proposedById === staff.staffId)
      return c.redirect(paths.staff.proposal(proposal.id), 303)
    const today = todayOf(c)
    const effect = effectOfProposal(loaded, today)
    const acted = actedAwards(proposal, effect, today)
    const isSeen = acted.length > 0 && seen === (await bulkDigest(effect))
    if (!isSeen || !(await confirmProposal(db, proposal, acted, { staffId: staff.staffId, now })))
      return renderProposal(c, await requireProposal(c, c.req.param('id')), { isStale: true })
    await tryKeepAwardsOf(db, [...new Set(acted.map(({ candidateId }) => candidateId))], today, now)
    return c.redirect(paths.staff.proposal(proposal.id), 303)
  })

  .post(`${PROPOSAL}/drop`, requirePermission('awards.act'), async (c) => {
    const { proposal } = await requireProposal(c, c.req.param('id'))
    await dropProposal(c.var.db, proposal, { staffId: c.var.staff.staffId, now: c.var.now })
    return c.redirect(paths.staff.proposal(proposal.id), 303)
  })

type Loaded = NonNullable<Awaited<ReturnType<typeof loadProposal>>>

async function requireProposal(c: Context<StaffEnv>, id: string): Promise<Loaded> {
  const loaded = await loadProposal(c.var.db, Number(id))
  if (!loaded) throw new HTTPException(404)
  return loaded
}

function todayOf({ var: { program, now } }: Context<StaffEnv>) {
  return calendarDateIn(program.settings.timeZone, now)
}

function effectOfProposal({ proposal, rules, candidates }: Loaded, today: CalendarDate): BulkEffect {
  return bulkEffect(rules, candidates, proposal.awardIds, actOf(proposal), today)
}

function actedAwards({ submission }: Proposal, effect: BulkEffect, today: CalendarDate): ActedAward[] {
  return actedRows(effect).map(({ award: { id, certification, number }, candidate }) => ({
    awardId: id,
    candidateId: candidate.id,
    revision: candidate.revision,
    hasAddress: candidate.hasAddress,
    submission: `${submission}/${id}`,
    certification,
    number,
    besides: toldChanges(
      effect.others.filter(({ candidateId }) => candidateId === candidate.id),
      [],
      today,
    ),
  }))
}

async function renderProposal(c: Context<StaffEnv>, loaded: Loaded, { isStale = false }) {
  const { proposal, decided } = loaded
  noteListLook(c, 'acts.viewed', { proposalId: proposal.id })
  const today = todayOf(c)
  const effect = proposal.state === 'proposed' ? effectOfProposal(loaded, today) : null
  const open = effect && { effect, digest: await bulkDigest(effect) }
  const props = { proposal, open, awards: decided, today, isStale: isStale && open !== null }
  const isOwn = proposal.proposedById === c.var.staff.staffId
  return render(c, <ProposalPage chrome={staffChromeOf(c)} {...props} isOwn={isOwn} />)
}
